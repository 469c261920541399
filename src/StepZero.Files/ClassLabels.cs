using System.Globalization;
using StepZero.Data;

namespace StepZero.Files;

/// <summary>What a file says of the classes of its samples.</summary>
/// <param name="Labels">For each sample the index of its class.</param>
/// <param name="Classes">The names of the classes.</param>
internal sealed record ClassLabels(int[] Labels, IReadOnlyList<string> Classes)
{
    private const int MostClasses = 10_000;

    /// <summary>2⁵³: beyond it doubles skip whole numbers.</summary>
    private const double MostExact = 9_007_199_254_740_992;

    /// <summary>Names of which one says yes to the question that the other denies.</summary>
    private static readonly string[] Affirmative = ["true", "yes", "positive"];

    /// <summary>Whether the classes are known by numbers, of which the larger of two is the positive one.</summary>
    private bool ByNumber { get; init; }

    /// <summary>A line on how the labels were understood, where that is not plain; null otherwise.</summary>
    public string? Note { get; private init; }

    /// <summary>One class without a name, for samples of which none is known.</summary>
    /// <param name="samples">The number of samples.</param>
    public static ClassLabels Nameless(int samples) => new(new int[samples], [""]);

    /// <summary>Whether a number can stand for a class: it is whole, and no neighbour of it was rounded to it.</summary>
    public static bool IsWhole(double number) => number == Math.Floor(number) && Math.Abs(number) <= MostExact;

    /// <summary>Whether the names of classes are numbers, so that they were read as such.</summary>
    public static bool AreNumbers(IReadOnlyList<string> classes) => classes.All(name => double.TryParse(name, CultureInfo.InvariantCulture, out _));

    /// <summary>Reads labels that are numbers.</summary>
    /// <param name="place">Where they stand, for messages.</param>
    /// <param name="numbers">The labels.</param>
    /// <param name="names">The names of the classes 0, 1, …; null where the file gives none.</param>
    /// <param name="train">The training samples, when test samples are read.</param>
    /// <param name="leftOut">For each sample whether it does not count and may have any label.</param>
    /// <exception cref="StepZeroException">A label is no whole number or lies outside the named classes; the message names its row.</exception>
    public static ClassLabels OfNumbers(string place, double[] numbers, IReadOnlyList<string>? names, Dataset? train, bool[] leftOut)
    {
        int wrong = FirstOf(number => !IsWhole(number));
        if (wrong >= 0)
        {
            throw new StepZeroException(
                $"{place}: row {wrong + 1} holds {Text(numbers[wrong])}; expected a whole number for each class{(Math.Abs(numbers[wrong]) > MostExact ? ", of at most 2^53" : "")}. Choose another column or array as the target.");
        }

        if (names is not null)
        {
            return Named(names, null);
        }

        if (train is not null && !AreNumbers(train.Classes))
        {
            return train.Classes.Count == 2 && FirstOf(number => number is not (0 or 1)) < 0
                ? Named([train.Classes.First(name => name != train.Positive), train.Positive], $"{place}: took 1 for '{train.Positive}' and 0 for '{train.Classes.First(name => name != train.Positive)}', the classes of '{train.Name}'.")
                : throw new StepZeroException(
                    $"{place}: holds numbers, but the classes of '{train.Name}' have names ({string.Join(", ", train.Classes.Take(5))}{(train.Classes.Count > 5 ? ", …" : "")}). Name the classes in this file too, in an array 'classes'.");
        }

        double[] classes = [.. new HashSet<double>(numbers.Where((_, i) => !leftOut[i])).Order()];
        if (classes.Length > MostClasses)
        {
            throw new StepZeroException(
                $"{place}: holds {classes.Length} different numbers; expected at most {MostClasses} classes. Choose another column or array as the target.");
        }

        int[] labels = [.. numbers.Select((number, i) => leftOut[i] ? 0 : Array.BinarySearch(classes, number))];
        return new ClassLabels(labels, [.. classes.Select(Text)]) { ByNumber = true };

        int FirstOf(Predicate<double> isWrong) => Enumerable.Range(0, numbers.Length).FirstOrDefault(i => !leftOut[i] && isWrong(numbers[i]), -1);

        ClassLabels Named(IReadOnlyList<string> known, string? note)
        {
            if (known.Distinct().Count() < known.Count)
            {
                throw new StepZeroException($"{place}: two classes have the same name ({string.Join(", ", known)}); expected names that differ.");
            }

            int outside = FirstOf(number => !(number >= 0 && number < known.Count));
            return outside < 0
                ? new ClassLabels([.. numbers.Select((number, i) => leftOut[i] ? 0 : (int)number)], known) { ByNumber = true, Note = note }
                : throw new StepZeroException(
                    $"{place}: row {outside + 1} holds the label {Text(numbers[outside])}; expected 0 to {known.Count - 1}, the {known.Count} classes named in the file ({string.Join(", ", known.Take(5))}{(known.Count > 5 ? ", …" : "")}).");
        }
    }

    /// <summary>Reads labels that are the names of the classes, which stand in ordinal order.</summary>
    /// <param name="place">Where they stand, for messages.</param>
    /// <param name="texts">The labels.</param>
    /// <param name="leftOut">For each sample whether it does not count and may lack a label.</param>
    /// <exception cref="StepZeroException">There are too many different ones.</exception>
    public static ClassLabels OfTexts(string place, IReadOnlyList<string?> texts, bool[] leftOut)
    {
        string[] classes = [.. texts.Where((_, i) => !leftOut[i]).Select(text => text!).Distinct().Order(StringComparer.Ordinal)];
        if (classes.Length > MostClasses)
        {
            throw new StepZeroException(
                $"{place}: holds {classes.Length} different texts; expected at most {MostClasses} classes. Choose another column or array as the target.");
        }

        Dictionary<string, int> indices = classes.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        return new ClassLabels([.. texts.Select((text, i) => leftOut[i] ? 0 : indices[text!])], classes);
    }

    /// <summary>The samples with the positive class that follows from the names: of two the larger number, the one that says yes, or the first.</summary>
    public Dataset Complete(Dataset data) => Classes.Count != 2 ? data
        : data.WithPositive(ByNumber ? Classes[1] : Classes.FirstOrDefault(name => Affirmative.Contains(name.ToLowerInvariant())) ?? Classes[0]);

    /// <summary>A number as messages and names of classes show it.</summary>
    public static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();
}
