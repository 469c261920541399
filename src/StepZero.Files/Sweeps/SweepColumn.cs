using System.Globalization;
using StepZero.Sweeps;

namespace StepZero.Files;

/// <summary>A row of an exported sweep.</summary>
/// <param name="Training">The training.</param>
/// <param name="Setting">The number of its setting.</param>
/// <param name="Values">What differs between settings, in the order of the plan's names.</param>
/// <param name="Seed">The seed of its weights.</param>
internal readonly record struct SweepLine(SweptTraining Training, long Setting, IReadOnlyList<string> Values, long Seed);

/// <summary>A column of an exported sweep: whole numbers, numbers or texts; one of the three is there. A cell that is null, or not finite, is empty.</summary>
internal sealed record SweepColumn(string Name, Func<SweepLine, long?>? Whole = null, Func<SweepLine, double?>? Number = null, Func<SweepLine, string>? Text = null)
{
    private const string Ending = "_option";

    /// <summary>The columns of a sweep. An option that has the name of a column of its own gets an ending: <c>iterations_option</c>.</summary>
    public static IReadOnlyList<SweepColumn> Of(SweepPlan plan)
    {
        SweepColumn[] front =
        [
            new("index", Whole: line => line.Training.Index), new("setting", Whole: line => line.Setting), new("seed", Whole: line => line.Seed),
        ];
        SweepColumn[] back =
        [
            new("status", Text: line => CanonicalText.Of(line.Training.Status)),
            new("cost", Number: line => line.Training.Cost),
            new("train_accuracy", Number: line => line.Training.TrainAccuracy),
            new("test_cost", Number: line => line.Training.TestCost),
            new("test_accuracy", Number: line => line.Training.TestAccuracy),
            new("reached_at", Whole: line => line.Training.ReachedAt),
            new("iterations", Whole: line => line.Training.Iterations),
            new("made", Whole: line => line.Training.Made),
            new("seconds", Number: line => line.Training.Seconds),
        ];
        HashSet<string> taken = [.. front.Concat(back).Select(column => column.Name), CurveName];
        return [.. front, .. plan.Names.Select((name, i) => OfOption(taken.Contains(name) ? name + Ending : name, i, i < plan.Axes.Count ? plan.Axes[i].Values : null)), .. back];
    }

    /// <summary>The name of the column of curves, in files that can hold lists.</summary>
    public const string CurveName = "curve";

    /// <summary>The rows of a sweep.</summary>
    public static IEnumerable<SweepLine> Lines(SweepResults results)
    {
        var texts = new SettingTexts(results.Plan);
        return results.Trainings.Select(training =>
            new SweepLine(training, results.Plan.SettingOf(training.Index), texts.ValuesOf(training.Index), texts.SeedOf(training.Index)));
    }

    /// <summary>A column of numbers where all values are numbers; values that are drawn are.</summary>
    private static SweepColumn OfOption(string name, int place, IReadOnlyList<string>? values) =>
        values?.All(value => Whole64(value) is not null) == true ? new SweepColumn(name, Whole: line => Whole64(line.Values[place]))
        : values?.All(value => SweepRows.Number(value) is not null) != false ? new SweepColumn(name, Number: line => SweepRows.Number(line.Values[place]))
        : new SweepColumn(name, Text: line => line.Values[place]);

    private static long? Whole64(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;
}
