using System.Globalization;
using StepZero.Data;

namespace StepZero.Files;

/// <summary>What a file says of the targets of its samples: a class each, or a number each.</summary>
/// <param name="Labels">The classes; a nameless one where there are numbers, or nothing is said.</param>
/// <param name="Numbers">The numbers to predict; null where there are classes.</param>
/// <param name="Note">A line on how the targets were understood, where that is not plain; null otherwise.</param>
internal sealed record SampleTargets(ClassLabels Labels, double[]? Numbers, string? Note)
{
    /// <summary>More different whole numbers are rather counted than named.</summary>
    private const int MostLikelyClasses = 100;

    /// <summary>As many different whole numbers are classes without a doubt.</summary>
    private const int MostPlainClasses = 10;

    /// <summary>Nothing is said, or it does not matter.</summary>
    /// <param name="samples">The number of samples.</param>
    public static SampleTargets None(int samples) => new(ClassLabels.Nameless(samples), null, null);

    /// <summary>Reads targets that are numbers: to predict, or of classes.</summary>
    /// <param name="place">Where they stand, for messages.</param>
    /// <param name="numbers">The targets.</param>
    /// <param name="names">The names of the classes 0, 1, …; null where the file gives none.</param>
    /// <param name="wished">What they are taken for; the targets of the training samples, where there are any, go before.</param>
    /// <param name="train">The training samples, when test samples are read.</param>
    /// <param name="leftOut">For each sample whether it does not count and may have any target.</param>
    /// <exception cref="StepZeroException">A target is no class, or no number that can be predicted; the message names its row.</exception>
    public static SampleTargets OfNumbers(
        string place, double[] numbers, IReadOnlyList<string>? names, TargetKind wished, Dataset? train, bool[] leftOut)
    {
        (TargetKind kind, string? note) = KindOf(wished, train) is not TargetKind.Auto and TargetKind known ? (known, null) : Judge(place, numbers, names, leftOut);
        if (kind == TargetKind.Numbers)
        {
            CheckNumbers(place, numbers, leftOut);
            return new SampleTargets(ClassLabels.Nameless(numbers.Length), Named(numbers, names, leftOut), note);
        }

        var labels = ClassLabels.OfNumbers(place, numbers, names, train, leftOut);
        return new SampleTargets(labels, null, note ?? labels.Note);
    }

    /// <summary>Reads targets that are texts, which can be classes only.</summary>
    /// <param name="place">Where they stand, for messages.</param>
    /// <param name="texts">The targets.</param>
    /// <param name="wished">What they are taken for; the targets of the training samples, where there are any, go before.</param>
    /// <param name="train">The training samples, when test samples are read.</param>
    /// <param name="leftOut">For each sample whether it does not count and may lack a target.</param>
    /// <exception cref="StepZeroException">Numbers to predict are expected, or there are too many different texts.</exception>
    public static SampleTargets OfTexts(string place, IReadOnlyList<string?> texts, TargetKind wished, Dataset? train, bool[] leftOut)
    {
        if (KindOf(wished, train) == TargetKind.Numbers)
        {
            int row = Array.IndexOf(leftOut, false);
            throw new StepZeroException(
                $"{place}: row {row + 1} holds the text '{OneLine.Of(texts[row]!, 40)}'; expected numbers to predict{(train is null ? "" : $" as in '{train.Name}'")}. Choose another column or array as the target.");
        }

        return new SampleTargets(ClassLabels.OfTexts(place, texts, leftOut), null, null);
    }

    /// <summary>What targets are to be taken for.</summary>
    public static TargetKind KindOf(TargetKind wished, Dataset? train) =>
        train is null ? wished : train.Targets is null ? TargetKind.Classes : TargetKind.Numbers;

    /// <summary>The samples with these targets, and the positive class that follows from them.</summary>
    /// <param name="data">The samples, made with <see cref="Labels"/>.</param>
    public Dataset Complete(Dataset data) => Numbers is null ? Labels.Complete(data) : data.WithTargets(Numbers);

    private static (TargetKind Kind, string? Note) Judge(string place, double[] numbers, IReadOnlyList<string>? names, bool[] leftOut)
    {
        int noClass = FirstOf(numbers, leftOut, number => double.IsFinite(number) && !ClassLabels.IsWhole(number));
        if (noClass >= 0)
        {
            return (TargetKind.Numbers, $"{place}: row {noClass + 1} holds {ClassLabels.Text(numbers[noClass])}, so it was taken for numbers to predict.");
        }

        int different = names is not null ? 0 : numbers.Where((_, i) => !leftOut[i]).Distinct().Count();
        return different switch
        {
            > MostLikelyClasses => (TargetKind.Numbers, $"{place}: its {different} different whole numbers were taken for numbers to predict; --loss cross_entropy takes them for classes."),
            > MostPlainClasses => (TargetKind.Classes, $"{place}: its {different} different whole numbers were taken for classes; --loss mse takes them for numbers to predict."),
            _ => (TargetKind.Classes, null),
        };
    }

    private static void CheckNumbers(string place, double[] numbers, bool[] leftOut)
    {
        int missing = FirstOf(numbers, leftOut, double.IsNaN);
        if (missing >= 0)
        {
            throw new StepZeroException(
                $"{place}: lacks {numbers.Where((number, i) => !leftOut[i] && double.IsNaN(number)).Count()} value(s), the first in row {missing + 1}. Leave such samples out with --missing drop.");
        }

        int infinite = FirstOf(numbers, leftOut, double.IsInfinity);
        if (infinite >= 0)
        {
            throw new StepZeroException($"{place}: row {infinite + 1} holds {ClassLabels.Text(numbers[infinite])}; expected finite numbers to predict. Correct it.");
        }
    }

    /// <summary>Where the targets count classes whose names are numbers, as in a file that was converted, those are meant.</summary>
    private static double[] Named(double[] numbers, IReadOnlyList<string>? names, bool[] leftOut) =>
        names is not null && ClassLabels.AreNumbers(names) && FirstOf(numbers, leftOut, number => !(double.IsInteger(number) && number >= 0 && number < names.Count)) < 0
            ? [.. numbers.Select((number, i) => leftOut[i] ? number : double.Parse(names[(int)number], CultureInfo.InvariantCulture))]
            : numbers;

    private static int FirstOf(double[] numbers, bool[] leftOut, Predicate<double> isWrong) =>
        Enumerable.Range(0, numbers.Length).FirstOrDefault(i => !leftOut[i] && isWrong(numbers[i]), -1);
}
