using System.Globalization;
using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Recommendations;

/// <summary>How much of the space of settings is looked at. Less is looked at where a training takes longer.</summary>
internal enum SearchBreadth
{
    /// <summary>The best known starts, and rates three times apart.</summary>
    Narrow,

    /// <summary>Most starts, and rates three times apart.</summary>
    Middle,

    /// <summary>All starts, and rates twice apart.</summary>
    Wide,
}

/// <summary>A start under one scaling, and what the diagnosis says of it.</summary>
/// <param name="Initializer">How weights start.</param>
/// <param name="Scaling">How features are scaled.</param>
/// <param name="Library">The library whose default it is, or null.</param>
/// <param name="StableRate">The largest stable learning rate at the start; null where it is not known or there is none.</param>
/// <param name="Cause">The severe finding that rules it out; null where none does.</param>
internal sealed record ScreenedStart(Initializer Initializer, Scaling Scaling, Library? Library, double? StableRate, Finding? Cause);

/// <summary>The space of settings: sensible starts by gains, scalings that differ, and learning rates around what is stable.</summary>
internal static class Candidates
{
    /// <summary>Rates are tried from so small a part of the stable rate on, and up to so many times it: training raises the sharpness, or flees to where it is low.</summary>
    private const double LowestRate = 0.1, HighestRate = 5;

    /// <summary>The rates of optimizers that rescale each coordinate, and where no sharpness is known.</summary>
    private const double LowestRescaled = 1e-4, HighestRescaled = 0.3, LowestUnknown = 1e-3, HighestUnknown = 10;

    /// <summary>Severe findings at the untouched weights that no learning rate cures.</summary>
    private static readonly FindingRule[] Fatal =
    [
        FindingRule.BrokenWeights, FindingRule.Symmetry, FindingRule.DeadLayer, FindingRule.Saturation, FindingRule.ExplodingSignal, FindingRule.VanishingSignal,
        FindingRule.AlikeSamples, FindingRule.VanishingGradient, FindingRule.BeyondDepth,
    ];

    /// <summary>The libraries whose defaults every recommendation is held against.</summary>
    public static IReadOnlyList<Library> Libraries { get; } = [Library.Pytorch, Library.Keras, Library.Sklearn];

    /// <summary>The starts, the most promising first, after the defaults of the libraries.</summary>
    /// <param name="activation">The activation of the hidden layers.</param>
    /// <param name="breadth">How much is looked at.</param>
    public static IReadOnlyList<(Initializer Initializer, Library? Library)> Starts(Activation activation, SearchBreadth breadth)
    {
        string[] narrow = ["xavier", "he", "xavier:gain=2", "orthogonal", "orthogonal:gain=2", "glorot_uniform:gain=2"];
        string[] middle = ["he_uniform", "glorot_normal", "xavier:gain=0.5", "xavier:gain=4", "orthogonal:gain=0.5", "glorot_uniform:gain=0.5", "glorot_uniform:gain=4", .. OfGain(activation)];
        string[] wide = ["lecun_uniform", "lecun_uniform:gain=2", "glorot_normal:gain=2", "glorot_normal:gain=4", "orthogonal:gain=4", "he_uniform:gain=2", "xavier:gain=0.25", "orthogonal:gain=0.25", "glorot_uniform:gain=0.25"];
        string[] names = breadth switch
        {
            SearchBreadth.Narrow => narrow,
            SearchBreadth.Middle => [.. narrow, .. middle],
            _ => [.. narrow, .. middle, .. wide],
        };
        return
        [
            .. Libraries.Select(library => (DefaultOf(library, activation), (Library?)library)),
            .. names.Distinct().Select(name => (Initializer.Parse(name), (Library?)null)),
        ];
    }

    /// <summary>What a dense layer of a library starts with.</summary>
    /// <param name="library">One of <see cref="Libraries"/>.</param>
    /// <param name="activation">The activation of the hidden layers, by which scikit-learn goes.</param>
    public static Initializer DefaultOf(Library library, Activation activation) => Initializer.Parse(
        $"default{(library == Library.Sklearn && activation == Activation.Sigmoid ? ":activation=logistic" : "")}@{CanonicalText.Of(library)}");

    /// <summary>The scalings that make a difference for these data.</summary>
    /// <param name="data">The training samples.</param>
    public static IReadOnlyList<Scaling> Scalings(Dataset data)
    {
        FittedScaling centered = Scaling.Center.Fit(data), standardized = Scaling.Standardize.Fit(data);
        double[] means = centered.Means!, inverse = standardized.InverseDeviations!;
        const double Same = 0.05;
        bool isCentered = Enumerable.Range(0, means.Length).All(i => Math.Abs(means[i]) * inverse[i] <= Same);
        bool isScaled = Enumerable.Range(0, means.Length).All(i => inverse[i] == 0 || Math.Abs((inverse[i] * centered.Divisor) - 1) <= Same);
        return [Scaling.Auto, .. isCentered ? Array.Empty<Scaling>() : [Scaling.Center], .. isScaled ? Array.Empty<Scaling>() : [Scaling.Standardize]];
    }

    /// <summary>What the diagnosis of a start says to it.</summary>
    /// <param name="diagnosis">The diagnosis.</param>
    /// <param name="library">The library whose default it is, or null.</param>
    public static ScreenedStart Screen(Diagnosis diagnosis, Library? library) => new(
        diagnosis.Spec.Initializer, diagnosis.Spec.Training.Scaling, library, diagnosis.StableRate, diagnosis.Findings.FirstOrDefault(finding => Fatal.Contains(finding.Rule)));

    /// <summary>The settings of a start: the rates that are neither so small that nothing happens nor far beyond what is stable, those in the middle first, as where time is short these alone are looked at.</summary>
    /// <param name="start">The start.</param>
    /// <param name="training">The training that is asked about.</param>
    /// <param name="isFixed">Whether the rate is that of the training.</param>
    /// <param name="breadth">How much is looked at.</param>
    /// <param name="beyond">How many rates were left out as far beyond what is stable.</param>
    public static IEnumerable<Candidate> Of(ScreenedStart start, TrainingOptions training, bool isFixed, SearchBreadth breadth, out int beyond)
    {
        bool rescales = !training.Optimizer.HasDualForm;
        (double lowest, double highest) = rescales ? (LowestRescaled, HighestRescaled) : start.StableRate is double stable ? (stable * LowestRate, stable * HighestRate) : (LowestUnknown, HighestUnknown);
        double[] steps = breadth == SearchBreadth.Wide ? [1, 2, 5] : [1, 3];
        double[] rates = isFixed ? [training.LearningRate] : Rates(lowest, highest, steps);
        beyond = isFixed || rescales ? 0 : Rates(highest, Math.Max(highest, HighestUnknown), steps).Count(rate => rate > highest);
        double middle = Math.Sqrt(lowest * highest);
        return rates.OrderBy(rate => Math.Abs(Math.Log(rate / middle))).Select(rate => new Candidate(start.Initializer, rate, start.Scaling, start.Library));
    }

    /// <summary>The next lower and the next higher of the rates 1, 1.5, 2, 3, 5, 7, 10 and so on.</summary>
    /// <param name="rate">A rate, above 0.</param>
    public static double[] RatesBeside(double rate) => Beside(rate, [1, 1.5, 2, 3, 5, 7]);

    /// <summary>The setting with the next higher or lower of the rates 1, 1.2, 1.5, 1.7, 2, 2.5, 3, 4, 5, 6, 7, 8, 10 and so on; null where the rate is fixed.</summary>
    /// <param name="candidate">The setting.</param>
    /// <param name="higher">Whether it is the next higher one.</param>
    /// <param name="isFixed">Whether the rate is fixed.</param>
    public static Candidate? NextRate(Candidate candidate, bool higher, bool isFixed) =>
        isFixed ? null : candidate with { LearningRate = Beside(candidate.LearningRate, [1, 1.2, 1.5, 1.7, 2, 2.5, 3, 4, 5, 6, 7, 8])[higher ? 1 : 0] };

    private static double[] Beside(double rate, double[] steps)
    {
        double[] rates = Rates(rate / 3, rate * 3, steps);
        return [rates.Last(one => one < rate * 0.99), rates.First(one => one > rate * 1.01)];
    }

    /// <summary>Round numbers between two.</summary>
    private static double[] Rates(double lowest, double highest, double[] steps) =>
    [
        .. Enumerable.Range((int)Math.Floor(Math.Log10(lowest)), (int)(Math.Floor(Math.Log10(highest)) - Math.Floor(Math.Log10(lowest))) + 1)
            .SelectMany(power => steps.Select(step => double.Parse(string.Create(CultureInfo.InvariantCulture, $"{step}e{power}"), CultureInfo.InvariantCulture)))
            .Where(rate => rate >= lowest && rate <= highest),
    ];

    /// <summary>Starts whose gain is that of the activation, where it is another than those that stand there already.</summary>
    private static IEnumerable<string> OfGain(Activation activation)
    {
        double gain;
        try
        {
            gain = Gain.Of(activation);
        }
        catch (ArgumentException)
        {
            return [];
        }

        double[] known = [1, Math.Sqrt(2), 2, 4];
        return known.Any(one => Math.Abs(gain - one) < 0.05) ? [$"orthogonal:gain={activation}"] : [$"xavier:gain={activation}", $"orthogonal:gain={activation}"];
    }
}
