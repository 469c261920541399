using StepZero.RandomNumbers;
using StepZero.Sweeps;

namespace StepZero.Tests.Sweeps;

/// <summary>How often the 95% interval of a setting's median cost holds the median of what the costs are drawn from.</summary>
public sealed class IntervalCoverageTests
{
    private const int Sweeps = 4000;

    private static readonly string[] Distributions = ["lognormal", "two humps", "heavy tails", "a third diverges", "ties"];
    private static readonly int[] Seeds = [10, 13, 14, 21, 30, 100];

    public static TheoryData<string, int> Cases => [.. Distributions.SelectMany(name => Seeds.Select(seeds => new TheoryDataRow<string, int>(name, seeds)))];

    /// <summary>
    /// Of 4,000 settings, where 95% would come out between 93.6% and 96.4% in all but one of 10,000 tests. Thirteen seeds, of which the percentile bootstrap's
    /// interval holds the median in 91%, and 90% intervals fail.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Intervals_hold_the_median_in_93_to_97_of_100_sweeps(string name, int seeds)
    {
        (double median, Func<NumPyRandom, double> draw) = Distribution(name);
        var random = new NumPyRandom((uint)(seeds + (1000 * name.Length)));
        SweepPlan plan = SweptTrainings.Grid([Sweeps], seeds);
        SweepSummary summary = SweepSummary.Of(new SweepResults(plan, [.. Enumerable.Range(0, Sweeps * seeds).Select(i => SweptTrainings.Of(i, draw(random)))]));
        double held = summary.Best(Sweeps).Average(setting => setting.Cost.IntervalLow <= median && median <= setting.Cost.IntervalHigh ? 1.0 : 0);
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}, {seeds} seeds: {held:P1}");
        Assert.InRange(held, 0.93, 0.97);
    }

    /// <summary>Of fewer than 6 values no interval can: their range holds the median with a probability of 1 − 2^(1−n).</summary>
    [Theory]
    [InlineData(2, 0.5)]
    [InlineData(5, 0.9375)]
    public void The_range_of_few_values_holds_the_median_as_often_as_it_can(int seeds, double expected)
    {
        var random = new NumPyRandom(4);
        Assert.Equal(expected, Enumerable.Range(0, Sweeps).Average(_ =>
        {
            Summary summary = Statistics.Summarize([.. Enumerable.Range(0, seeds).Select(_ => random.StandardNormal())]);
            return summary.IntervalLow <= 0 && 0 <= summary.IntervalHigh ? 1.0 : 0;
        }), 0.03);
    }

    /// <summary>Where most trainings diverge the median is infinite, and the interval holds it where its upper end is.</summary>
    [Fact]
    public void An_infinite_median_is_held_too()
    {
        var random = new NumPyRandom(5);
        double held = Enumerable.Range(0, Sweeps).Average(_ =>
            double.IsInfinity(Statistics.Summarize([.. Enumerable.Range(0, 30).Select(_ => random.Uniform() < 0.52 ? double.PositiveInfinity : 1)]).IntervalHigh) ? 1.0 : 0);
        Assert.InRange(held, 0.97, 1);
    }

    /// <summary>Medians: e^0; where six tenths lie in the lower hump, the quantile 5/6 of it; that of |Cauchy|; the quantile 3/4 of what does not diverge; that of a geometric distribution.</summary>
    private static (double Median, Func<NumPyRandom, double> Draw) Distribution(string name) => name switch
    {
        "lognormal" => (1, random => Math.Exp(random.StandardNormal())),
        "two humps" => (Math.Exp(0.1 * 0.9674215661017014), random => Math.Exp((0.1 * random.StandardNormal()) + (random.Uniform() < 0.6 ? 0 : 5))),
        "heavy tails" => (1, random => Math.Abs(Math.Tan(Math.PI * (random.Uniform() - 0.5)))),
        "a third diverges" => (Math.Exp(0.6744897501960817), random => random.Uniform() < 1 / 3.0 ? double.PositiveInfinity : Math.Exp(random.StandardNormal())),
        _ => (139, random => Math.Ceiling(Math.Log(1 - random.Uniform()) / Math.Log(0.995))),
    };
}
