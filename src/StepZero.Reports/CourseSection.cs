using System.Text;
using StepZero.Diagnostics;

namespace StepZero.Reports;

/// <summary>A training that was watched to its end, as a part of a page.</summary>
internal static class CourseSection
{
    /// <summary>The part as HTML.</summary>
    /// <param name="seen">The diagnosis.</param>
    /// <param name="course">The training.</param>
    /// <param name="index">The place of the start, which gives the color.</param>
    public static string Write(Diagnosis seen, Course course, int index)
    {
        string name = seen.Spec.Initializer.Name;
        var html = new StringBuilder("<h3>During training</h3>");
        if (CourseCharts.Edge(seen, course, index) is not Chart stability)
        {
            return "<h3>During training</h3><p>There was no finite cost to watch.</p>";
        }

        string edge = ChartDrawing.Draw(stability, ChartDrawing.Wide, $"Sharpness along the training from {name}, {Range(course.Points.Select(point => point.Sharpness))}, beside the stable limit.");
        string costs = ChartDrawing.Draw(CourseCharts.Costs(course, index), ChartDrawing.Low, $"The cost along the training from {name}, {Range(course.Costs)}.");
        html.Append($"<figure>{edge}{costs}<figcaption>{Edge(seen, course)}</figcaption></figure>");
        string counts = Counts(course);
        if (CourseCharts.Spectrum(course) is Chart spectrum)
        {
            string drawing = ChartDrawing.Draw(spectrum, ChartDrawing.Wide, $"The sizes of the eigenvalues of the Hessian before and after training from {name}, the largest first.");
            html.Append($"<figure>{drawing}<figcaption>All eigenvalues of the Hessian by size: solid where the cost curves upwards, dashed where downwards. {counts}</figcaption></figure>");
        }
        else if (counts.Length > 0)
        {
            html.Append($"<p>Of the eigenvalues of the Hessian: {char.ToLowerInvariant(counts[0])}{counts[1..]}</p>");
        }

        string activity = ActivityDrawing.Draw(course, name, index);
        if (activity.Length > 0)
        {
            html.Append($"<figure>{activity}<figcaption>Each layer along the training; iterations on a logarithmic axis, values on one scale for each statistic.{Activity.Absent(course)}</figcaption></figure>");
        }

        return html.ToString();
    }

    private static string Edge(Diagnosis seen, Course course)
    {
        if (seen.SharpnessLimit is not double limit)
        {
            return "These updates rescale each coordinate, or are clipped: no sharpness is too large for them by itself.";
        }

        double rate = seen.Spec.Training.LearningRate;
        CoursePoint[] measured = [.. course.Points.Where(point => double.IsFinite(point.Sharpness))];
        CoursePoint[] beyond = [.. measured.Where(point => point.Sharpness > limit * rate / point.Rate)];
        return beyond is []
            ? $"The sharpness stays below the stable limit of {Figures.Brief(limit)} all along: the steps are stable."
            : $"The sharpness is above the stable limit at {beyond.Length} of the {measured.Length} places that were looked at, first after {Figures.Updates(beyond[0].Iteration)}. There each step goes further past the valley's floor than it came from.";
    }

    private static string Counts(Course course) => string.Join(" ", new[] { ("Before", course.SpectrumBefore), ("After", course.SpectrumAfter) }.Where(one => one.Item2 is not null).Select(one =>
    {
        double[] spectrum = one.Item2!;
        double least = 1e-6 * spectrum.Max(Math.Abs);
        return $"{one.Item1} training {Figures.Count(spectrum.Count(value => value > least))} of {Figures.Count(spectrum.Length)} are above a millionth of the largest and {Figures.Count(spectrum.Count(value => value < -least))} below minus that.";
    }));

    private static string Range(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        return finite is [] ? "nowhere finite" : $"from {Figures.Brief(finite[0])} at first to {Figures.Brief(finite[^1])} at last";
    }
}
