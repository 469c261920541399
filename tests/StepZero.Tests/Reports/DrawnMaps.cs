using StepZero.Data;
using StepZero.Initialization;
using StepZero.Maps;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Reports;

/// <summary>Maps for pictures, whose pixels are given by a formula in place of a training.</summary>
internal static class DrawnMaps
{
    public static Dataset Data { get; } = GeneratedSets.Parse("moons:40:0.1", 1);

    public static MapSpec Spec(string x = "gain:0.01..100:log", string y = "learning-rate:0.001..1000:log", int columns = 32, int rows = 24, string measure = "cost", int[]? hidden = null) => new(
        new RunSpec(new Architecture(2, hidden ?? [5, 5], Activation.Tanh), Initializer.Parse("xavier"), new TrainingOptions { LearningRate = 0.1, Iterations = 200 }),
        MapAxis.Parse(x), MapAxis.Parse(y), columns, rows, MapMeasure.Parse(measure));

    /// <summary>A map all of whose pixels are done.</summary>
    /// <param name="spec">The map.</param>
    /// <param name="pixel">The pixel at a column and a row.</param>
    public static Map Of(MapSpec spec, Func<int, int, MapPixel> pixel)
    {
        var map = new Map(spec);
        foreach (MapBlock block in MapBlock.Of(spec))
        {
            map.Enter(block, [.. block.Pixels.Select(i => pixel(i % spec.Columns, i / spec.Columns))]);
        }

        return map;
    }

    /// <summary>A map whose pixels converge below a line that falls to the right, the better the lower the cost.</summary>
    public static Map Falling(MapSpec spec) => Of(spec, (column, row) =>
    {
        double above = ((double)column / spec.Columns) + ((double)row / spec.Rows) - 1;
        return above > 0 ? Diverged(100 - (90 * above)) : Converged(0.1 - above);
    });

    public static MapPixel Converged(double value, double? cost = null) => new(PixelStatus.Converged, value, cost ?? value, 0.75, -100);

    public static MapPixel Diverged(double heldOut) => new(PixelStatus.Diverged, double.NaN, double.NaN, double.NaN, heldOut);
}
