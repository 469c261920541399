using System.Globalization;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Reports;

/// <summary>Sweeps in words.</summary>
internal static class SweepWords
{
    private const int LongNumber = 7;

    /// <summary>Whether more is better.</summary>
    public static bool IsAccuracy(SweepMeasure measure) => measure is SweepMeasure.TrainAccuracy or SweepMeasure.TestAccuracy;

    /// <summary>The name of a measure, as in "iterations to cost 0.1".</summary>
    public static string Of(SweepMeasure measure, TrainingTarget? target) => measure switch
    {
        SweepMeasure.Cost => "cost",
        SweepMeasure.Iterations => $"iterations to {Of(target!)}",
        SweepMeasure.TrainAccuracy => "training accuracy",
        SweepMeasure.TestCost => "test cost",
        _ => "test accuracy",
    };

    /// <summary>A target, as in "cost 0.1" or "training accuracy 95%".</summary>
    public static string Of(TrainingTarget target) => target.Quantity == TargetQuantity.Cost ? $"cost {Figures.Cost(target.Value)}" : $"training accuracy {Figures.Percent(target.Value)}";

    /// <summary>A value of a measure; a word where it has none.</summary>
    public static string Figure(SweepMeasure measure, double? value) => value switch
    {
        null => "–",
        double number when !double.IsFinite(number) => Lost(measure),
        double number when IsAccuracy(measure) => Figures.Percent(number),
        double number when measure == SweepMeasure.Iterations => number.ToString("#,0.#", CultureInfo.InvariantCulture),
        _ => Figures.Cost(value),
    };

    /// <summary>What a training without a finite value did.</summary>
    public static string Lost(SweepMeasure measure) => measure == SweepMeasure.Iterations ? "not reached" : "diverged";

    /// <summary>The value of an option, with three digits where it was drawn and has many.</summary>
    public static string Value(string text) =>
        (text.Length > LongNumber || text.Contains('E', StringComparison.Ordinal)) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? Figures.Brief(number) : OneLine.Of(text);

    /// <summary>A share of the variation: a tenth of a percent is the least that matters.</summary>
    public static string Share(double share) => share is > 0 and < 0.0005 ? "under 0.1%" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#}%");

    /// <summary>A setting, as in "he with hidden 5,5 and learning-rate 0.1".</summary>
    public static string Setting(IReadOnlyList<string> names, IReadOnlyList<string> values)
    {
        string[] others = [.. names.Zip(values).Where(option => option.First != "init").Select(option => $"{option.First} {Value(option.Second)}")];
        int start = Array.IndexOf([.. names], "init");
        return names.Count == 0 ? "the one setting" : start < 0 ? Listed(others) : others is [] ? Value(values[start]) : $"{Value(values[start])} with {Listed(others)}";
    }

    /// <summary>"one", "one and two", "one, two and three".</summary>
    public static string Listed(IReadOnlyList<string> parts) => parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}";

    /// <summary>"1 training", "1,000 trainings".</summary>
    public static string Count(long count, string what) => $"{Figures.Count(count)} {what}{(count == 1 ? "" : "s")}";

    /// <summary>Options as they are typed: a switch has no value.</summary>
    public static string Options(IEnumerable<(string Name, string Value)> options) =>
        string.Join(' ', options.Where(option => option.Value != "false").Select(option => option.Value == "true" ? $"--{option.Name}" : $"--{option.Name} {Quoted(option.Value)}"));

    private static string Quoted(string value) =>
        value.Length > 0 && value.All(letter => char.IsAsciiLetterOrDigit(letter) || "._-+=@%,:/".Contains(letter, StringComparison.Ordinal)) ? value : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
