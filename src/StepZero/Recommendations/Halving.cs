namespace StepZero.Recommendations;

/// <summary>A round of successive halving.</summary>
/// <param name="Share">The share of the whole training that each candidate gets, above 0 and up to 1.</param>
/// <param name="Seeds">The trainings of each candidate.</param>
/// <param name="Most">How many candidates take part, of all groups together.</param>
/// <param name="Fewest">How many of each group take part at least, where there are so many.</param>
internal sealed record HalvingRound(double Share, int Seeds, int Most, int Fewest);

/// <summary>What a candidate came to in the last round that it took part in.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Round">That round, from 0.</param>
/// <param name="Score">Its score there: the lower, the better.</param>
internal sealed record HalvingPlace<T>(T Candidate, int Round, double Score);

/// <summary>
/// Successive halving (Karnin, Koren and Somekh 2013; Jamieson and Talwalkar 2016, arXiv:1502.07943): all candidates get a little, the better part of them more, the best all.
/// Candidates stand in groups, each of which keeps its best, so that groups can be held against each other at the end.
/// </summary>
internal static class Halving
{
    /// <summary>Goes through the rounds.</summary>
    /// <param name="candidates">The candidates; of equal ones the first goes on.</param>
    /// <param name="groupOf">The group of a candidate.</param>
    /// <param name="rounds">The rounds; the first one takes all candidates.</param>
    /// <param name="score">Scores candidates in a round: the lower, the better. Null ends it with the rounds before.</param>
    /// <param name="grow">Adds candidates to those that are left for a round.</param>
    /// <returns>All candidates, each with the last round that it took part in: those of the last round first, the best of each round first.</returns>
    public static IReadOnlyList<HalvingPlace<T>> Run<T>(
        IReadOnlyList<T> candidates, Func<T, object> groupOf, IReadOnlyList<HalvingRound> rounds, Func<int, IReadOnlyList<T>, IReadOnlyList<double>?> score,
        Func<int, IReadOnlyList<T>, IReadOnlyList<T>>? grow = null)
    {
        var places = new List<HalvingPlace<T>>();
        IReadOnlyList<T> left = candidates;
        for (int round = 0; round < rounds.Count; round++)
        {
            left = grow?.Invoke(round, left) ?? left;
            if (score(round, left) is not IReadOnlyList<double> scores)
            {
                break;
            }

            HalvingPlace<T>[] ranked = [.. left.Select((candidate, i) => new HalvingPlace<T>(candidate, round, double.IsNaN(scores[i]) ? double.PositiveInfinity : scores[i])).OrderBy(place => place.Score)];
            HashSet<HalvingPlace<T>> next = round + 1 < rounds.Count ? Next(ranked, groupOf, rounds[round + 1]) : [];
            places.RemoveAll(place => ranked.Any(now => Equals(now.Candidate, place.Candidate)));
            places.AddRange(ranked);
            left = [.. ranked.Where(next.Contains).Select(place => place.Candidate)];
        }

        return [.. places.OrderByDescending(place => place.Round).ThenBy(place => place.Score)];
    }

    /// <summary>Each group sends its best, as many as its share of all, but at least the fewest.</summary>
    private static HashSet<HalvingPlace<T>> Next<T>(HalvingPlace<T>[] ranked, Func<T, object> groupOf, HalvingRound round) =>
    [
        .. ranked.GroupBy(place => groupOf(place.Candidate)).SelectMany(group =>
            group.Take(Math.Max(round.Fewest, (int)Math.Round((double)round.Most * group.Count() / ranked.Length)))),
    ];
}
