using StepZero.Recommendations;

namespace StepZero.Tests.Recommendations;

public sealed class HalvingTests
{
    private static readonly HalvingRound[] Rounds = [new(0.1, 1, 64, 1), new(0.3, 2, 16, 2), new(1, 8, 4, 1)];

    /// <summary>64 settings of which the n-th is the n-th best, seen through noise that halves with each round.</summary>
    [Fact]
    public void The_best_of_settings_of_known_order_comes_out_first()
    {
        var seen = new List<int>();
        IReadOnlyList<HalvingPlace<int>> places = Halving.Run([.. Enumerable.Range(0, 64).Reverse()], _ => 0, Rounds, (round, left) =>
        {
            seen.Add(left.Count);
            return [.. left.Select(n => n + (6 * Math.Sin(n * 12.9898) / (1 << round)))];
        });
        Assert.Equal([64, 16, 4], seen);
        Assert.Equal([0, 1, 2, 3], places.Where(place => place.Round == 2).Select(place => place.Candidate).Order());
        Assert.Equal(64, places.Count);
        Assert.Equal(12, places.Count(place => place.Round == 1));
        Assert.Equal(places.Where(place => place.Round == 2).OrderBy(place => place.Score), places.Take(4));
    }

    [Fact]
    public void Each_group_keeps_its_best_however_bad_that_is()
    {
        IReadOnlyList<HalvingPlace<int>> places = Halving.Run([.. Enumerable.Range(0, 64)], n => n >= 60, Rounds, (_, left) => [.. left.Select(n => (double)n)]);
        Assert.Equal([0, 1, 2, 3, 60], places.Where(place => place.Round == 2).Select(place => place.Candidate));
        Assert.Equal([61], places.Where(place => place.Round == 1 && place.Candidate >= 60).Select(place => place.Candidate));
    }

    [Fact]
    public void What_is_no_number_or_infinite_comes_last()
    {
        IReadOnlyList<HalvingPlace<int>> places = Halving.Run([0, 1, 2, 3], _ => 0, [new(1, 1, 4, 1), new(1, 1, 1, 1)], (_, left) => [.. left.Select(n => n == 0 ? double.NaN : n == 1 ? double.PositiveInfinity : n)]);
        Assert.Equal([2, 3, 0, 1], places.Select(place => place.Candidate));
    }

    [Fact]
    public void A_round_that_was_not_made_leaves_the_order_of_the_one_before()
    {
        IReadOnlyList<HalvingPlace<int>> places = Halving.Run([3, 1, 2, 0], _ => 0, Rounds, (round, left) => round > 0 ? null : [.. left.Select(n => (double)n)]);
        Assert.Equal([(0, 0), (1, 0), (2, 0), (3, 0)], places.Select(place => (place.Candidate, place.Round)));
    }

    [Fact]
    public void Settings_that_are_added_to_a_round_take_part_in_it()
    {
        IReadOnlyList<HalvingPlace<int>> places = Halving.Run(
            [10, 20], _ => 0, [new(1, 1, 2, 1), new(1, 1, 1, 1)], (_, left) => [.. left.Select(n => (double)n)], (round, left) => round == 1 ? [.. left, 5] : left);
        Assert.Equal([(5, 1), (10, 1), (20, 0)], places.Select(place => (place.Candidate, place.Round)));
    }

    /// <summary>One that went out and comes back stands where it came to last, and nowhere else.</summary>
    [Fact]
    public void Settings_that_come_back_are_told_once()
    {
        IReadOnlyList<HalvingPlace<int>> places = Halving.Run(
            [10, 20], _ => 0, [new(1, 1, 2, 1), new(1, 1, 1, 1), new(1, 1, 1, 1)], (_, left) => [.. left.Select(n => (double)n)], (round, left) => round == 2 ? [.. left, 20] : left);
        Assert.Equal([(10, 2), (20, 2)], places.Select(place => (place.Candidate, place.Round)));
    }
}
