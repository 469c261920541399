using System.Globalization;
using StepZero.Data;

namespace StepZero.Files;

/// <summary>What a file says of the classes of its samples.</summary>
/// <param name="Labels">For each sample the index of its class.</param>
/// <param name="Classes">The names of the classes.</param>
internal sealed record ClassLabels(int[] Labels, IReadOnlyList<string> Classes)
{
    private const int MostClasses = 10_000;

    /// <summary>Names of which one says yes to the question that the other denies.</summary>
    private static readonly string[] Affirmative = ["true", "yes", "positive"];

    /// <summary>Whether the classes are known by numbers, of which the larger of two is the positive one.</summary>
    private bool ByNumber { get; init; }

    /// <summary>Reads labels that are numbers.</summary>
    /// <param name="place">Where they stand, for messages.</param>
    /// <param name="numbers">The labels.</param>
    /// <param name="names">The names of the classes 0, 1, …; null where the file gives none.</param>
    /// <param name="train">The training samples, when test samples are read.</param>
    /// <param name="rows">For each label its row, from 0; null where they are all rows.</param>
    /// <exception cref="StepZeroException">A label is no whole number or lies outside the named classes; the message names its row.</exception>
    public static ClassLabels OfNumbers(string place, ReadOnlySpan<double> numbers, IReadOnlyList<string>? names, Dataset? train, IReadOnlyList<int>? rows = null)
    {
        if (names is not null && names.Distinct().Count() < names.Count)
        {
            throw new StepZeroException($"{place}: two classes have the same name ({string.Join(", ", names)}); expected names that differ.");
        }

        int Row(int index) => (rows?[index] ?? index) + 1;
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] != Math.Floor(numbers[i]) || !double.IsFinite(numbers[i]))
            {
                throw new StepZeroException(
                    $"{place}: row {Row(i)} holds {Text(numbers[i])}; expected a whole number for each class. Choose another column or array as the target.");
            }
        }

        // Labels of test samples that nobody names are those of the training samples.
        string whose = "named in the file";
        if (names is null && train is not null && !train.Classes.All(name => double.TryParse(name, CultureInfo.InvariantCulture, out _)))
        {
            names = train.Classes;
            whose = $"of '{train.Name}'";
        }

        int[] labels = new int[numbers.Length];
        if (names is not null)
        {
            for (int i = 0; i < labels.Length; i++)
            {
                labels[i] = numbers[i] >= 0 && numbers[i] < names.Count
                    ? (int)numbers[i]
                    : throw new StepZeroException(
                        $"{place}: row {Row(i)} holds the label {Text(numbers[i])}; expected 0 to {names.Count - 1}, the {names.Count} classes {whose} ({string.Join(", ", names.Take(5))}{(names.Count > 5 ? ", …" : "")}).");
            }

            return new ClassLabels(labels, names) { ByNumber = true };
        }

        double[] classes = [.. new HashSet<double>(numbers.ToArray()).Order()];
        if (classes.Length > MostClasses)
        {
            throw new StepZeroException(
                $"{place}: holds {classes.Length} different numbers; expected at most {MostClasses} classes. Choose another column or array as the target.");
        }

        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = Array.BinarySearch(classes, numbers[i]);
        }

        return new ClassLabels(labels, [.. classes.Select(Text)]) { ByNumber = true };
    }

    /// <summary>Reads labels that are the names of the classes, which stand in ordinal order.</summary>
    /// <param name="place">Where they stand, for messages.</param>
    /// <param name="texts">The labels; none is missing.</param>
    public static ClassLabels OfTexts(string place, IReadOnlyList<string> texts)
    {
        string[] classes = [.. texts.Distinct().Order(StringComparer.Ordinal)];
        if (classes.Length > MostClasses)
        {
            throw new StepZeroException(
                $"{place}: holds {classes.Length} different texts; expected at most {MostClasses} classes. Choose another column or array as the target.");
        }

        Dictionary<string, int> indices = classes.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        return new ClassLabels([.. texts.Select(text => indices[text])], classes);
    }

    /// <summary>The samples with the positive class that follows from the names: of two the larger number, the one that says yes, or the first.</summary>
    public Dataset Complete(Dataset data) => Classes.Count != 2 ? data
        : data.WithPositive(ByNumber ? Classes[1] : Classes.FirstOrDefault(name => Affirmative.Contains(name.ToLowerInvariant())) ?? Classes[0]);

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();
}
