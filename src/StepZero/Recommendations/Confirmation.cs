using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Recommendations;

/// <summary>A setting of the final.</summary>
/// <param name="Candidate">The setting.</param>
/// <param name="Cost">Its final cost, by the trainings that went to their end.</param>
/// <param name="Whole">Their number; those after them ended at a target.</param>
/// <param name="Runs">Its trainings, by seed.</param>
internal sealed record Finalist(Candidate Candidate, double Cost, int Whole, IReadOnlyList<CandidateRun> Runs)
{
    /// <summary>The costs that its trainings end with.</summary>
    public double[] Costs => [.. Runs.Select(run => run.Cost)];
}

/// <summary>
/// The last look at finalists before one of them is recommended. What would be recommended gets higher rates beside it, as long as they are better. Few seeds say little of how surely a target is
/// reached, so it gets twice as many, until something would be that reached the target from 64 more than it came with, or missed it from one of 128, or has 192 more: the seeds that a setting was chosen by flatter it. What turns out to miss the target too often gets a
/// setting with a lower rate beside it. A default that is not clearly slower gets as many seeds: few may have slandered it.
/// </summary>
/// <param name="target">What trainings are to come to.</param>
/// <param name="limit">What the target is at most, where it is a cost that nobody gave and may be loosened; null where it stands.</param>
/// <param name="most">So many further trainings are enough, however many settings fail one after another.</param>
/// <param name="more">Trains a setting from seeds more, up to a target: the first of them, and how many; null where nothing more is to begin.</param>
/// <param name="beside">The setting with the next higher rate, or the next lower one, trained to the end from so many seeds; null where there is none, and where nothing more is to begin.</param>
internal sealed class Confirmation(
    TrainingTarget target, double? limit, int most, Func<Candidate, int, int, TrainingTarget, IReadOnlyList<CandidateRun>?> more, Func<Candidate, bool, int, Finalist?> beside)
{
    /// <summary>One seed in so many may miss the target.</summary>
    private const int SeedsOfOneMiss = 64;

    /// <summary>The target is one that what is recommended reaches from all seeds but one in so many beyond the first so many.</summary>
    private const int SeedsOfOneBeyond = 192;

    /// <summary>A target is loosened to no more than so many times what it was.</summary>
    private const double MostLoosened = 3;

    /// <summary>What beats a default of a library in fewer of all pairs is not worth another name.</summary>
    private const double WorthAName = 0.55;

    /// <summary>A default may miss one seed in so many where the best misses none, and one more than what others may at most.</summary>
    private const int SeedsOfOneMore = 8;

    private readonly double tightest = target.Value;

    /// <summary>The target; looser than at first where more seeds showed that final costs are higher than was thought.</summary>
    public TrainingTarget Target { get; private set; } = target;

    /// <summary>Whether the target is looser than at first.</summary>
    public bool IsLoosened => Target.Value > tightest;

    /// <summary>Confirms.</summary>
    /// <param name="finalists">The finalists, with equally many seeds.</param>
    /// <param name="round">The number of their round.</param>
    /// <returns>The settings in order: what is recommended first; then those with enough seeds that missed at most those that may, before all others.</returns>
    public ScreenedSetting[] Rank(IReadOnlyList<Finalist> finalists, int round)
    {
        List<Finalist> settings = [.. finalists];
        var climbed = new HashSet<Candidate>();
        int end = finalists.Sum(setting => setting.Runs.Count) + most, chosen;
        while (true)
        {
            // Where no setting reaches the target surely, final costs were taken for lower than they are.
            if (!settings.Any(IsSure))
            {
                Loosen(settings.Min(setting => setting.Runs.Count == setting.Whole ? setting.Cost : AdviceTarget.WorstBut(Spared(setting.Runs.Count), setting.Costs)));
            }

            chosen = Chosen(settings);
            Finalist leader = settings[chosen];
            bool isOver = settings.Sum(setting => setting.Runs.Count) >= end;
            if (!isOver && IsSure(leader) && leader.Runs.Count == leader.Whole && climbed.Add(leader.Candidate) && Add(leader, higher: true))
            {
                continue;
            }

            if (IsBelieved(leader) && Loosen(AdviceTarget.WorstBut((leader.Runs.Count - 1) / SeedsOfOneBeyond, leader.Costs)))
            {
                continue;
            }

            int next = IsBelieved(leader) ? Rival(settings, chosen) : chosen;
            if (next < 0 || isOver || !Continue(settings, next))
            {
                break;
            }

            // Either its final cost was taken for lower than it is, or it fails now and then.
            if (next == chosen && !IsSure(settings[next]) && !Loosen(AdviceTarget.WorstBut(Spared(settings[next].Runs.Count), settings[next].Costs)))
            {
                Add(leader, higher: false);
            }
        }

        // Where it was broken off, what would be recommended by fewer seeds than others have is not.
        Finalist? first = IsBelieved(settings[chosen]) || settings[chosen].Runs.Count == settings.Max(setting => setting.Runs.Count) ? settings[chosen] : null;
        return
        [
            .. settings.OrderBy(setting => setting == first ? 0 : IsBelieved(setting) && IsSure(setting) ? 1 : 2).ThenBy(setting => RankOf(ReachedAt(setting), setting.Cost))
                .Select(setting => new ScreenedSetting(setting.Candidate, round, setting.Cost, ReachedAt(setting))),
        ];

        bool Add(Finalist leader, bool higher)
        {
            if (beside(leader.Candidate, higher, leader.Whole) is not Finalist other || settings.Any(setting => setting.Candidate == other.Candidate))
            {
                return false;
            }

            settings.Add(other);
            return true;
        }
    }

    /// <summary>The seeds of so many that may miss a target: of few one, which may be chance, and of many one in 64. One that misses so seldom reaches it from 30 of 32 fresh seeds or more in 98 cases of 100.</summary>
    public static int Spared(int seeds) => Math.Max(1, seeds / SeedsOfOneMiss);

    /// <summary>
    /// The lower, the better: first by the share of the seeds that missed the target, where they are more than may; then by the median of the iterations, or where half of the seeds missed it by the cost.
    /// </summary>
    /// <param name="reachedAt">The iterations to the target, or null, of each seed.</param>
    /// <param name="cost">What the seeds end with, one way or another.</param>
    public static double RankOf(IReadOnlyList<int?> reachedAt, double cost)
    {
        const double Never = 1e10, ByShare = 1e15;
        int missed = Missed(reachedAt);
        double median = IterationsToTarget.MedianOf(reachedAt);
        return ((missed <= Spared(reachedAt.Count) ? 0 : missed / (double)reachedAt.Count) * ByShare)
            + (double.IsFinite(median) ? median : Never * (double.IsFinite(cost) ? 1 + (cost / (1 + cost)) : 2));
    }

    private static int Missed(IEnumerable<int?> reachedAt) => reachedAt.Count(at => at is null);

    private int?[] ReachedAt(Finalist setting) => [.. setting.Runs.Select(run => run.At(Target, isGiven: limit is null))];

    /// <summary>What would be recommended by what is known: the best, or the best default of a library where that misses no more seeds but for one, and is not worth another name.</summary>
    private int Chosen(List<Finalist> settings)
    {
        int?[][] reachedAt = [.. settings.Select(ReachedAt)];
        int[] ranked = [.. Enumerable.Range(0, settings.Count).OrderBy(i => RankOf(reachedAt[i], settings[i].Cost))];
        int best = ranked[0];
        return settings[best].Candidate.Library is not null || reachedAt[best].All(at => at is null) ? best : ranked.Where(i => settings[i].Candidate.Library is not null && IsAsGood(reachedAt[i])).FirstOrDefault(best);

        bool IsAsGood(int?[] other) => Missed(other) <= Math.Max(Missed(reachedAt[best]), Math.Min(other.Length / SeedsOfOneMore, Spared(other.Length) + 1))
            && Statistics.ChanceOfLess(IterationsToTarget.Of(reachedAt[best]), IterationsToTarget.Of(other)) < WorthAName;
    }

    /// <summary>The best default that few seeds alone keep from being recommended: it reaches the target surely, and is not clearly slower. Below 0 where there is none.</summary>
    private int Rival(List<Finalist> settings, int chosen)
    {
        double[] best = [.. IterationsToTarget.Of(ReachedAt(settings[chosen]))];
        return Enumerable.Range(0, settings.Count)
            .Where(i => i != chosen && settings[i].Candidate.Library is not null && !IsBelieved(settings[i]) && IsSure(settings[i]) && !Recommendation.IsClearlyLess(best, [.. IterationsToTarget.Of(ReachedAt(settings[i]))]))
            .OrderBy(i => RankOf(ReachedAt(settings[i]), settings[i].Cost)).FirstOrDefault(-1);
    }

    /// <summary>Trains a setting from as many seeds more as it has, up to those that it is believed with; false where nothing more is to begin.</summary>
    private bool Continue(List<Finalist> settings, int one)
    {
        Finalist setting = settings[one];
        int seeds = setting.Runs.Count;
        if (more(setting.Candidate, seeds, Math.Min(seeds, Enough(setting) - seeds), Target) is not IReadOnlyList<CandidateRun> found)
        {
            return false;
        }

        settings[one] = setting with { Runs = [.. setting.Runs, .. found] };
        return true;
    }

    /// <summary>
    /// The seeds that a setting is believed with: 64 more than it came to the final with, 128 where one of these missed the target, and 192 where more did. What misses it from none of 64 reaches it from 30 of 32
    /// fresh seeds or more in 98.8 cases of 100, from one of 128 in 98.5 (by the distribution of Jeffreys).
    /// </summary>
    private int Enough(Finalist setting) => setting.Whole + (SeedsOfOneMiss * (1 + Math.Min(2, Missed(ReachedAt(setting).Skip(setting.Whole)))));

    private bool IsBelieved(Finalist setting) => setting.Runs.Count >= Enough(setting);

    private bool IsSure(Finalist setting) => Missed(ReachedAt(setting)) <= Spared(setting.Runs.Count);

    /// <summary>The target becomes that of a final cost, where it is more than it was, but not more than it may become.</summary>
    private bool Loosen(double final)
    {
        if (limit is not double most || !double.IsFinite(final) || AdviceTarget.Of(final, most) is var loosened && (loosened.Value <= Target.Value || loosened.Value > tightest * MostLoosened))
        {
            return false;
        }

        Target = loosened;
        return true;
    }
}
