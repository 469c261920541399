using StepZero.Data;

namespace StepZero.Reports;

/// <summary>The classes of a data set with the number of their samples, as text.</summary>
public static class ClassCounts
{
    private const int MostClasses = 12;
    private const int LongestName = 40;

    /// <summary>Every class, as in "3 classes: 50 × cat, 50 × dog, 1 × owl"; of two the one that is label 1 is marked.</summary>
    /// <param name="data">The samples.</param>
    public static string Text(Dataset data)
    {
        int[] counts = data.CountClasses();
        IEnumerable<string> classes = data.Classes.Take(MostClasses).Select(
            (name, label) => $"{Figures.Count(counts[label])} × {OneLine.Of(name, LongestName)}{(data.Classes.Count == 2 && name == data.Positive ? " (label 1)" : "")}");
        string rest = data.Classes.Count > MostClasses ? ", …" : "";
        return $"{(data.Classes.Count == 2 ? "" : $"{data.Classes.Count} class{(data.Classes.Count == 1 ? "" : "es")}: ")}{string.Join(", ", classes)}{rest}";
    }

    /// <summary>What a network of one output tells apart: both classes, or the positive one and the rest.</summary>
    /// <param name="data">The samples.</param>
    public static string OneAgainstRest(Dataset data)
    {
        if (data.Classes.Count == 2)
        {
            return Text(data);
        }

        int positives = Enumerable.Range(0, data.SampleCount).Count(data.IsPositive);
        return $"{Figures.Count(positives)} × {OneLine.Of(data.Positive, LongestName)} (label 1), {Figures.Count(data.SampleCount - positives)} of {data.Classes.Count - 1} other classes";
    }
}
