using StepZero.Initialization;
using StepZero.Maps;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Maps;

public sealed class MapSummaryTests
{
    private const double None = double.NaN;

    [Theory]
    [InlineData("cost", 1)]
    [InlineData("accuracy", 2)]
    [InlineData("convergence", 0)]
    [InlineData("iterations:0.5", 1)]
    [InlineData("sharpness", 1)]
    public void It_counts_and_finds_the_best(string measure, int best)
    {
        // Of 2 × 3: three that converged, one that did not, one that diverged, one that is missing.
        MapSpec spec = Spec(measure);
        (double Cost, double Accuracy, double Convergence, double Iterations, double Sharpness)[] numbers =
            [(0.4, 0.9, -20, 50, 1), (0.1, 0.8, -30, 40, 9), (0.3, 1, -90, None, 5), (0.8, 1, 70, None, 0.1), (None, None, 2, None, None)];
        var map = new Map(spec);
        for (int i = 0; i < numbers.Length; i++)
        {
            (double cost, double accuracy, double convergence, double iterations, double sharpness) = numbers[i];
            double value = measure[0] switch { 'a' => accuracy, 'i' => iterations, 's' => sharpness, _ => measure == "cost" ? cost : convergence };
            map.Enter(new MapBlock([i]), [new MapPixel(i < 3 ? PixelStatus.Converged : i == 3 ? PixelStatus.Unconverged : PixelStatus.Diverged, value, cost, accuracy, convergence)]);
        }

        var summary = MapSummary.Of(map);
        Assert.Equal((3, 1, 1), (summary.Converged, summary.Unconverged, summary.Diverged));
        Assert.Equal((best % 2, best / 2, map.X[best % 2], map.Y[best / 2]), (summary.Best!.Column, summary.Best.Row, summary.Best.X, summary.Best.Y));
        Assert.Equal(map.Pixels[best], summary.Best.Pixel);
        (double, double) range = measure switch { "cost" => (0.1, 0.8), "accuracy" => (0.8, 1), "convergence" => (-90, 70), "sharpness" => (0.1, 9), _ => (40, 50) };
        Assert.Equal(range, (summary.Lowest!.Value, summary.Highest!.Value));
    }

    [Fact]
    public void Of_several_that_are_as_good_the_lowest_cost_and_then_the_first_is_best()
    {
        var map = new Map(Spec("accuracy"));
        foreach ((int place, double cost) in ((int, double)[])[(0, 0.3), (1, 0.2), (2, 0.2)])
        {
            map.Enter(new MapBlock([place]), [new MapPixel(PixelStatus.Converged, 1, cost, 1, -1)]);
        }

        Assert.Equal((1, 0), (MapSummary.Of(map).Best!.Column, MapSummary.Of(map).Best!.Row));
    }

    [Fact]
    public void Where_all_diverged_there_is_no_best()
    {
        var map = new Map(Spec("cost"));
        map.Enter(new MapBlock([0, 1, 2, 3, 4, 5]), [.. Enumerable.Repeat(new MapPixel(PixelStatus.Diverged, None, None, None, 3), 6)]);
        Assert.Equal(new MapSummary(0, 0, 6, null, null, null), MapSummary.Of(map));
    }

    private static MapSpec Spec(string measure) => new(
        new RunSpec(new Architecture(2, [3], Activation.Tanh), Initializer.Xavier, new TrainingOptions()), MapAxis.Parse("gain:1..2"), MapAxis.Parse("learning-rate:1..2"), 2, 3,
        MapMeasure.Parse(measure));
}
