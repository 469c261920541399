using System.Globalization;
using System.Numerics.Tensors;

namespace StepZero.Files;

/// <summary>What becomes of features that are missing (nan) or infinite.</summary>
internal static class MissingFeatures
{
    private const int MostPlaces = 3;

    /// <summary>Refuses infinite values and, as the options say, refuses missing ones or names the samples to leave out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="values">The features, samples × features, row-major.</param>
    /// <param name="nameOf">What a feature is called, as in "column 'age'".</param>
    /// <param name="options">How missing values are treated.</param>
    /// <param name="incomplete">For each sample whether it lacks something else already; marked where it is to be left out.</param>
    /// <exception cref="StepZeroException">A value is infinite, or missing and refused; the message counts them and names the first places.</exception>
    public static void Settle(string path, double[] values, Func<int, string> nameOf, DataOptions options, bool[] incomplete)
    {
        if (options.AllowNaN || !HasNonFinite(values))
        {
            return;
        }

        int features = values.Length / incomplete.Length;
        Refuse(path, values, features, nameOf, double.IsInfinity, "infinite value(s)", "Correct them, or let them pass with --allow-nan.");
        switch (options.Missing)
        {
            case MissingValues.Refuse:
                Refuse(path, values, features, nameOf, double.IsNaN, "missing value(s)",
                    "Leave their rows out with --missing drop, fill in means with --missing mean, or let them pass as nan with --allow-nan.");
                break;
            case MissingValues.Drop:
                for (int row = 0; row < incomplete.Length; row++)
                {
                    incomplete[row] |= HasNonFinite(values.AsSpan(row * features, features));
                }

                break;
        }
    }

    /// <summary>The samples that are not left out; a note where there are others.</summary>
    /// <exception cref="StepZeroException">None is left.</exception>
    public static int[] Kept(string path, bool[] leftOut, string what, List<string> notes)
    {
        int[] kept = [.. Enumerable.Range(0, leftOut.Length).Where(sample => !leftOut[sample])];
        if (kept.Length == 0)
        {
            throw new StepZeroException($"{path}: each of the {leftOut.Length} {what} lacks a value. Fill in means with --missing mean, or leave features out.");
        }

        if (kept.Length < leftOut.Length)
        {
            notes.Add($"{path}: left out {leftOut.Length - kept.Length} of {leftOut.Length} {what}, which lack values.");
        }

        return kept;
    }

    /// <summary>What samples are called of which some were left out: their rows, from 1; null where all are there.</summary>
    public static IReadOnlyList<string>? NamesOf(int[] kept, int all) =>
        kept.Length == all ? null : Array.ConvertAll(kept, row => (row + 1).ToString(CultureInfo.InvariantCulture));

    private static void Refuse(string path, double[] values, int features, Func<int, string> nameOf, Predicate<double> isWrong, string what, string advice)
    {
        long count = 0;
        List<string> places = [];
        for (int i = 0; i < values.Length; i++)
        {
            if (isWrong(values[i]) && count++ < MostPlaces)
            {
                places.Add(string.Create(CultureInfo.InvariantCulture, $"row {(i / features) + 1}, {nameOf(i % features)}"));
            }
        }

        if (count > 0)
        {
            throw new StepZeroException($"{path}: {count} {what}: {string.Join("; ", places)}{(count > MostPlaces ? "; …" : "")}. {advice}");
        }
    }

    private static bool HasNonFinite(ReadOnlySpan<double> values) => !TensorPrimitives.IsFiniteAll(values);
}
