using System.Globalization;
using StepZero.Maps;
using StepZero.Reports;

namespace StepZero.Cli;

/// <summary>A map as text on standard output.</summary>
internal static class MapResultText
{
    private const int Width = 100;
    private const int PictureWidth = 72;
    private const string Indent = "          ";

    /// <summary>The characters of a line of the picture: a line that is broken is no picture.</summary>
    private static int Room => Console.IsOutputRedirected || Console.WindowWidth <= 1 ? PictureWidth : Math.Min(PictureWidth, Console.WindowWidth - 1);

    /// <summary>Whether the terminal says that it shows colors of 24 bits.</summary>
    private static bool HasColors => !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("COLORTERM") is ("truecolor" or "24bit");

    /// <summary>The question, what became of the trainings, the best of them, and what lies over the map.</summary>
    public static void Print(Map map, MapJob job, MapSettings settings, IReadOnlyList<MapGuide> guides, BoxDimension? dimension, MapWork work, CancellationToken cancellation)
    {
        TextWriter output = Console.Out;
        MapSpec spec = map.Spec;
        var summary = MapSummary.Of(map);
        if (!settings.Job.Quiet)
        {
            QuestionText.Print(job.Data, spec.Run, spec);
            output.WriteLine($"Start     {spec.Run.Initializer.Name}, one draw for all pixels");
            output.WriteLine($"Map       {spec.Columns} × {spec.Rows} pixels{(settings.Preset is null ? "" : $", {settings.Preset.Name}")}");
            output.WriteLine($"Across    {Axis(spec.X)}");
            output.WriteLine($"Up        {Axis(spec.Y)}");
            output.WriteLine();
            output.WriteLine(MapTextPicture.Of(map, Room, HasColors));
        }

        (string Status, int Count)[] counts = [("converged", summary.Converged), ("did not converge", summary.Unconverged), ("diverged", summary.Diverged)];
        string[][] rows = [.. counts.Select(row => (string[])[row.Status, $"{row.Count}", FigureText.Percent((double)row.Count / spec.PixelCount)])];
        output.Write(TextTable.Format([$"{spec.PixelCount} trainings", "Number", "Share"], rows, leftAligned: [0]));
        if (!settings.Job.Quiet)
        {
            PrintBest(spec, summary, job, settings, cancellation);
            PrintGuides(spec, guides);
        }

        if (settings.Dimension)
        {
            output.WriteLine(dimension is null
                ? "Dimension of the boundary of what converged: not measured, there is no boundary, or the map has fewer than 57 pixels a side."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"Dimension of the boundary of what converged: {dimension.Value:F2} ± {dimension.Error:F2}, from boxes of {dimension.Counts[0].Size} to {dimension.Counts[^1].Size} pixels; a smooth line has 1, an area 2"));
        }

        if (!settings.Job.Quiet && work.Trainings > 0)
        {
            string resumed = work.Trainings < spec.PixelCount ? $" ({spec.PixelCount - work.Trainings} were there)" : "";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Trained {work.Trainings} pixels in {work.Seconds:F2} s, {MapProgress.Rate(work.Trainings, work.Seconds)} trainings/s{resumed}"));
        }
    }

    private static void PrintBest(MapSpec spec, MapSummary summary, MapJob job, MapSettings settings, CancellationToken cancellation)
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
            MapQuantity.Convergence => "Fastest convergence, as −Σ cost/first cost",
            MapQuantity.Accuracy => "Highest accuracy",
            MapQuantity.Iterations => string.Create(CultureInfo.InvariantCulture, $"Fewest iterations to a cost of {spec.Measure.Target}"),
            _ => "Sharpness at the lowest cost",
        };
        Console.Out.WriteLine($"{title}: {Value(best.Pixel.Value)} at {spec.X.Name} {Number(spec.X, best.X)}, {spec.Y.Name} {Number(spec.Y, best.Y)}; all from {Value(summary.Lowest!.Value)} to {Value(summary.Highest!.Value)}");
        if (settings.Preset is null)
        {
            var command = PixelCommand.Of(spec, best, job.Spec);
            Console.Out.WriteLine($"Train it  {command.Text}{(command.Unsaid is [] ? "" : $" (which cannot set {string.Join(" and ", command.Unsaid)})")}");
            if (command.OtherCost(best.Pixel, job, settings.Job.Threads, cancellation) is double other)
            {
                Console.Out.WriteLine($"{Indent}By itself it {(double.IsFinite(other) ? $"ends at a cost of {ShortNumber.Of(other)}" : "diverges")}: updates overshoot there, and rounding decides where");
                Console.Out.WriteLine($"{Indent}they lead ('stepzero compare --horizon'). What neighbors agree on holds, a single pixel does not.");
            }
        }

        string Value(double value) => spec.Measure.Quantity == MapQuantity.Accuracy ? FigureText.Percent(value) : ShortNumber.Of(value);
    }

    private static void PrintGuides(MapSpec spec, IReadOnlyList<MapGuide> guides)
    {
        string line = "";
        foreach (MapGuide guide in guides)
        {
            string one = $"{guide.Label}{Where(spec, guide)}";
            if (line.Length > 0 && Indent.Length + line.Length + one.Length + 3 > Width)
            {
                Console.Out.WriteLine($"{(line[0] == ' ' ? "" : "Over it   ")}{line};");
                line = Indent + one;
            }
            else
            {
                line = line.Length == 0 ? one : $"{line}; {one}";
            }
        }

        if (line.Length > 0)
        {
            Console.Out.WriteLine($"{(line[0] == ' ' ? "" : "Over it   ")}{line}");
        }
    }

    /// <summary>Where a guide lies, if it is at one value of an axis, at one place or between two values.</summary>
    private static string Where(MapSpec spec, MapGuide guide)
    {
        if (guide.IsOutside)
        {
            return " (outside)";
        }

        return guide.Points is [MapPlace one] ? $" at {spec.X.Name} {Number(spec.X, one.X)}, {spec.Y.Name} {Number(spec.Y, one.Y)}"
            : Along(spec.X, point => point.X) ?? Along(spec.Y, point => point.Y) ?? "";

        string? Along(MapAxis axis, Func<MapPlace, double> of)
        {
            double first = of(guide.Points[0]), other = guide.OtherEdge is [MapPlace place, ..] ? of(place) : first;
            return !guide.Points.All(point => of(point) == first) || guide.OtherEdge?.All(point => of(point) == other) == false ? null
                : first == other ? $" at {axis.Name} {ShortNumber.Of(first)}"
                : $" at {axis.Name} {ShortNumber.Of(Math.Min(first, other))} to {ShortNumber.Of(Math.Max(first, other))}";
        }
    }

    private static string Axis(MapAxis axis) => $"{axis.Name} from {Number(axis, axis.From)} to {Number(axis, axis.To)}{(axis.IsLogarithmic ? " (log)" : "")}";

    /// <summary>A value on an axis: six digits, or as many as tell a thousandth of the axis.</summary>
    private static string Number(MapAxis axis, double value)
    {
        double least = (axis.IsLogarithmic ? value * (Math.Log(axis.To) - Math.Log(axis.From)) : axis.To - axis.From) / 1000;
        int digits = 6;
        while (digits < 17 && Math.Abs(double.Parse(value.ToString($"G{digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) - value) > least)
        {
            digits++;
        }

        string places = new('#', digits - 1);
        return value.ToString(Math.Abs(value) is 0 or (>= 1e-4 and < 1e6) ? $"G{digits}" : $"0.{places}e0", CultureInfo.InvariantCulture);
    }
}
