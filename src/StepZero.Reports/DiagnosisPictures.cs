using ScottPlot;
using SkiaSharp;
using StepZero.Diagnostics;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>The pictures of a checkup.</summary>
public static class DiagnosisPictures
{
    private const int Width = 900, SheetRow = 300;
    private static readonly PixelPadding Padding = new(92, 18, 56, 40);

    /// <summary>
    /// Draws them one by one, and leaves out those that there is nothing for: first-costs, sharpness, signal, gradients and likeness of all starts; for each start
    /// that was watched edge-of-stability, spectrum and activity; horizon; for each that was treated before-and-after.
    /// </summary>
    /// <param name="checkup">The checkup.</param>
    public static IEnumerable<PictureFile> Draw(Checkup checkup)
    {
        bool alone = checkup.Starts.Count == 1, deep = checkup.Starts[0].Diagnosis.Signal.Layers.Count > 1;
        DrawnStart[] starts = [.. checkup.Starts.Select((start, i) => new DrawnStart(start.Diagnosis, i, alone ? "" : start.Diagnosis.Spec.Initializer.Name))];
        (string Name, Chart Chart)[] shared =
        [
            ("first-costs", DiagnosisCharts.Costs(starts)), ("sharpness", DiagnosisCharts.Sharpness(starts)),
            .. deep ? [("signal", DiagnosisCharts.Signal(starts)), ("gradients", DiagnosisCharts.Gradients(starts)), ("likeness", DiagnosisCharts.Likeness(starts))]
                : Array.Empty<(string, Chart)>(),
            ("horizon", HorizonSection.Deviations(checkup)),
        ];
        foreach ((string name, Chart chart) in shared.Where(one => !one.Chart.IsEmpty))
        {
            yield return new PictureFile($"{name}.png", Plots.ToPng(ChartPlot.Draw(chart)));
        }

        string[] names = ComparisonPictures.FileNames([.. checkup.Starts.Select(start => start.Diagnosis.Spec.Initializer.Name)]);
        for (int i = 0; i < names.Length; i++)
        {
            foreach ((string name, byte[] content) in Of(checkup.Starts[i], i))
            {
                yield return new PictureFile($"{name}-{names[i]}.png", content);
            }
        }
    }

    private static IEnumerable<(string Name, byte[] Content)> Of(CheckedStart start, int color)
    {
        if (start.Course is Course course)
        {
            if (CourseCharts.Edge(start.Diagnosis, course, color) is Chart edge)
            {
                yield return ("edge-of-stability", Sheet([ChartPlot.Draw(edge, ChartPlot.LowNameDistance), ChartPlot.Draw(CourseCharts.Costs(course, color), ChartPlot.LowNameDistance)]));
            }

            if (CourseCharts.Spectrum(course) is Chart spectrum)
            {
                yield return ("spectrum", Plots.ToPng(ChartPlot.Draw(spectrum)));
            }

            IReadOnlyList<Activity> activities = Activity.Of(course);
            if (activities is not [] && course.Points.Count > 1)
            {
                yield return ("activity", Sheet([.. activities.Select(activity => ActivityPlot.Draw(activity, [.. course.Points.Select(point => point.Iteration)]))]));
            }
        }

        if (start.Treatment is Treatment treatment && TreatmentSection.Costs(treatment) is { IsEmpty: false } costs)
        {
            yield return ("before-and-after", Plots.ToPng(ChartPlot.Draw(costs)));
        }
    }

    /// <summary>Plots under each other.</summary>
    private static byte[] Sheet(IReadOnlyList<Plot> plots)
    {
        using var sheet = new PictureSheet(Width, SheetRow * plots.Count);
        for (int row = 0; row < plots.Count; row++)
        {
            plots[row].Layout.Fixed(Padding);
            using SKBitmap picture = SKBitmap.Decode(Plots.ToPng(plots[row], Width, SheetRow));
            sheet.Draw(picture, SKRect.Create(0, row * SheetRow, Width, SheetRow));
        }

        return sheet.ToPng();
    }
}
