using StepZero.Diagnostics;

namespace StepZero.Reports;

/// <summary>One statistic of every layer along a training.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Values">For each layer its value at each point; nan where there is none.</param>
/// <param name="IsShare">Whether it lies from 0 to 1.</param>
internal sealed record Activity(string Name, double[][] Values, bool IsShare)
{
    /// <summary>The statistics of a course that say something: those that some layer has, and that are not 0 all along.</summary>
    public static IReadOnlyList<Activity> Of(Course course) => [.. All(course).Where(activity => activity.Shown.Any(value => value != 0))];

    /// <summary>The kinds of units that were looked for and never seen, in words.</summary>
    public static string Absent(Course course)
    {
        string[] none = [.. All(course).Where(activity => activity.IsShare && activity.Shown.Any() && activity.Shown.All(value => value == 0)).Select(activity => activity.Name.Split(' ')[0])];
        return none is [] ? "" : $" No {(none.Length == 1 ? none[0] : $"{string.Join(", ", none[..^1])} or {none[^1]}")} unit was seen at any point.";
    }

    /// <summary>All values that can be drawn.</summary>
    public IEnumerable<double> Shown => Values.SelectMany(values => values).Where(double.IsFinite);

    /// <summary>Whether a logarithmic axis shows more.</summary>
    public bool IsWide => !IsShare && Chart.IsWide(Shown.Where(value => value > 0));

    private static Activity[] All(Course course)
    {
        int layers = course.Points.Select(point => point.Layers.Count).FirstOrDefault();
        return
        [
            Along("saturated share", (point, layer) => point.Layers[layer].SaturatedShare, isShare: true),
            Along("dead share", (point, layer) => point.Layers[layer].DeadShare, isShare: true),
            Along("near-linear share", (point, layer) => point.Layers[layer].LinearShare, isShare: true),
            Along("deviation of activations", (point, layer) => point.Layers[layer].Activations.Deviation),
            Along("rms of ∂cost/∂z", (point, layer) => point.Layers[layer].Gradients.RootMeanSquare),
            Along("update over weights", (point, layer) => point.UpdateShares[layer]),
        ];

        Activity Along(string name, Func<CoursePoint, int, double?> figure, bool isShare = false) =>
            new(name, [.. Enumerable.Range(0, layers).Select(layer => course.Points.Select(point => figure(point, layer) ?? double.NaN).ToArray())], isShare);
    }
}
