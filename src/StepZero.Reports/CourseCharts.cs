using StepZero.Diagnostics;

namespace StepZero.Reports;

/// <summary>The charts of a training that was watched to its end.</summary>
internal static class CourseCharts
{
    /// <summary>Eigenvalues smaller than this share of the largest are rounding, and left out.</summary>
    private const double SmallestShare = 1e-9;

    /// <summary>The margins that both charts over the updates have.</summary>
    private static readonly (int Ticks, int Names) Letters = (5, 12);

    /// <summary>The sharpness along the training, against what the steps allow; null where there is none.</summary>
    public static Chart? Edge(Diagnosis seen, Course course, int color)
    {
        if (!course.Points.Any(point => double.IsFinite(point.Sharpness)))
        {
            return null;
        }

        double atFirst = seen.Spec.Training.LearningRate;
        ChartLine[] lines =
        [
            new("sharpness", color, [.. course.Points.Select(point => (point.Iteration + 1.0, point.Sharpness))], Marked: true),
            .. seen.SharpnessLimit is double limit
                ? [new ChartLine("stable limit", Dark, [.. course.Points.Select(point => (point.Iteration + 1.0, limit * atFirst / point.Rate))], LineKind.Dashed)] : Array.Empty<ChartLine>(),
        ];
        bool wide = Chart.IsWide(lines.SelectMany(line => line.Points).Select(point => point.Item2).Where(value => value > 0));
        return new Chart("The edge of stability", "update (logarithmic)", wide ? "sharpness (logarithmic)" : "sharpness", lines) { LogX = true, LogY = wide, XRange = Updates(course), Letters = Letters };
    }

    /// <summary>The cost along the training, over the axis of <see cref="Edge"/>.</summary>
    public static Chart Costs(Course course, int color)
    {
        (double, double)[] points = [.. DiagnosisCharts.Thin(course.Costs.Count, logarithmic: true).Select(t => (t + 1.0, course.Costs[t]))];
        bool wide = Chart.IsWide(points.Select(point => point.Item2));
        return new Chart("The cost", "update (logarithmic)", wide ? "cost (logarithmic)" : "cost", [new ChartLine("cost", color, points)]) { LogX = true, LogY = wide, XRange = Updates(course), Letters = Letters };
    }

    /// <summary>The sizes of all eigenvalues before and after, the largest first; null where there are too few to draw.</summary>
    public static Chart? Spectrum(Course course)
    {
        ChartLine[] lines = [.. Sizes("before", course.SpectrumBefore, 0), .. Sizes("after", course.SpectrumAfter, 1)];
        double largest = lines.SelectMany(line => line.Points).Select(point => point.Y).DefaultIfEmpty(0).Max();
        if (lines.SelectMany(line => line.Points).Count(point => point.Y >= SmallestShare * largest) <= FewEigenvalues || largest <= 0)
        {
            return null;
        }

        double least = lines.SelectMany(line => line.Points).Select(point => point.Y).Where(size => size >= SmallestShare * largest).Min();
        return new Chart("The curvature in all directions", "rank (logarithmic)", "size of the eigenvalue (log)", lines)
        {
            LogX = true,
            LogY = true,
            YRange = (Math.Min(least, largest / 10), largest),
            XRange = (1, Math.Max(2, lines.Max(line => line.Points.Count(point => point.Y >= least)))),
        };
    }

    private const int Dark = 4, FewEigenvalues = 4;

    private static IEnumerable<ChartLine> Sizes(string name, double[]? spectrum, int color)
    {
        if (spectrum is null)
        {
            yield break;
        }

        double[] up = [.. spectrum.Where(value => value > 0).OrderDescending()], down = [.. spectrum.Where(value => value < 0).Select(value => -value).OrderDescending()];
        yield return new ChartLine(name, color, [.. up.Select((size, i) => (i + 1.0, size))], Marked: up.Length < 40);
        yield return new ChartLine("", color, [.. down.Select((size, i) => (i + 1.0, size))], LineKind.Dashed);
    }

    private static (double, double) Updates(Course course) => (1, Math.Max(2, Math.Max(course.Costs.Count, course.Points.Select(point => point.Iteration + 1).DefaultIfEmpty(1).Max())));
}
