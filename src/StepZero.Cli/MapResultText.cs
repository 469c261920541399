using System.Globalization;
using StepZero.Sweeps;

namespace StepZero.Cli;

/// <summary>A map as text on standard output.</summary>
internal static class MapResultText
{
    /// <summary>The question, what became of the trainings, the best of them, and what lies over the map.</summary>
    public static void Print(Map map, MapJob job, MapSettings settings, IReadOnlyList<MapGuide> guides, BoxDimension? dimension, MapWork work)
    {
        TextWriter output = Console.Out;
        MapSpec spec = map.Spec;
        var summary = MapSummary.Of(map);
        if (!settings.Job.Quiet)
        {
            QuestionText.Print(job.Data, spec.Run, new[] { spec.X, spec.Y }.Any(axis => axis is { Quantity: AxisQuantity.LearningRate, Layer: null }));
            output.WriteLine($"Start     {spec.Run.Initializer.Name}, one draw for all pixels");
            output.WriteLine($"Map       {spec.Columns} × {spec.Rows} pixels, {Axis(spec.X)} to the right, {Axis(spec.Y)} upwards");
            output.WriteLine();
        }

        (string Status, int Count)[] counts = [("converged", summary.Converged), ("did not converge", summary.Unconverged), ("diverged", summary.Diverged)];
        string[][] rows = [.. counts.Select(row => (string[])[row.Status, $"{row.Count}", FigureText.Percent((double)row.Count / spec.PixelCount)])];
        output.Write(TextTable.Format([$"{spec.PixelCount} trainings", "Number", "Share"], rows, leftAligned: [0]));
        if (!settings.Job.Quiet)
        {
            PrintBest(spec, summary, job, settings);
            PrintGuides(spec, guides);
        }

        if (settings.Dimension)
        {
            output.WriteLine(dimension is null
                ? "Dimension of the boundary: too few pixels lie on it to tell."
                : string.Create(CultureInfo.InvariantCulture, $"Dimension of the boundary, by counting boxes: {dimension.Value:F3} ± {dimension.Error:F3}"));
        }

        if (!settings.Job.Quiet && work.Trainings > 0)
        {
            string resumed = work.Trainings < spec.PixelCount ? $" ({spec.PixelCount - work.Trainings} were there)" : "";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Trained {work.Trainings} pixels in {work.Seconds:F2} s, {MapProgress.Rate(work.Trainings, work.Seconds)} trainings/s{resumed}"));
        }
    }

    private static void PrintBest(MapSpec spec, MapSummary summary, MapJob job, MapSettings settings)
    {
        if (summary.Best is not PlacedPixel best)
        {
            Console.Out.WriteLine(spec.Measure.Quantity == MapQuantity.Iterations
                ? string.Create(CultureInfo.InvariantCulture, $"No training came to a cost of {spec.Measure.Target}.")
                : "No training stayed finite.");
            return;
        }

        string title = spec.Measure.Quantity switch
        {
            MapQuantity.Cost => "Lowest cost",
            MapQuantity.Convergence => "Fastest convergence",
            MapQuantity.Accuracy => "Highest accuracy",
            MapQuantity.Iterations => string.Create(CultureInfo.InvariantCulture, $"Fewest iterations to a cost of {spec.Measure.Target}"),
            _ => "Sharpness at the lowest cost",
        };
        Console.Out.WriteLine($"{title}: {Value(best.Pixel.Value)} at {spec.X.Name} {Number(best.X)}, {spec.Y.Name} {Number(best.Y)}; all from {Value(summary.Lowest!.Value)} to {Value(summary.Highest!.Value)}");
        if (settings.Preset is null && PixelCommand.Of(spec, best, job.Spec) is (string command, string[] unsaid))
        {
            Console.Out.WriteLine($"Train it: {command}{(unsaid is [] ? "" : $" (which cannot set {string.Join(" and ", unsaid)})")}");
        }

        string Value(double value) => spec.Measure.Quantity == MapQuantity.Accuracy ? FigureText.Percent(value) : ShortNumber.Of(value);
    }

    private static void PrintGuides(MapSpec spec, IReadOnlyList<MapGuide> guides)
    {
        string[] lines = [.. guides.Select(guide => $"{guide.Label}{Where(guide)}")];
        if (lines is not [])
        {
            Console.Out.WriteLine($"Over it:  {string.Join("; ", lines)}");
        }

        string Where(MapGuide guide) => guide.IsOutside ? " (outside)"
            : guide.OtherEdge is not null || guide.Points is [] ? ""
            : guide.Points is [MapPlace one] ? $" at {Number(one.X)}, {Number(one.Y)}"
            : guide.Points.All(point => point.X == guide.Points[0].X) ? $" at {spec.X.Name} {ShortNumber.Of(guide.Points[0].X)}"
            : guide.Points.All(point => point.Y == guide.Points[0].Y) ? $" at {spec.Y.Name} {ShortNumber.Of(guide.Points[0].Y)}"
            : "";
    }

    private static string Axis(MapAxis axis) => $"{axis.Name} {Number(axis.From)} to {Number(axis.To)}{(axis.IsLogarithmic ? " (log)" : "")}";

    private static string Number(double value) => value.ToString(Math.Abs(value) is 0 or (>= 1e-4 and < 1e6) ? "G6" : "0.#####e0", CultureInfo.InvariantCulture);
}
