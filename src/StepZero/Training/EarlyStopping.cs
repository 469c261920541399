using System.Globalization;
using StepZero.Data;

namespace StepZero.Training;

/// <summary>
/// Ends a training when its cost on samples held out of it no longer falls; the weights are then those after the epoch of the lowest held-out cost. It is
/// looked at after each epoch, which in full-batch training is each update.
/// </summary>
public sealed record EarlyStopping
{
    /// <summary>The epochs without a new lowest cost after which the training ends, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public required int Patience
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected at least 1 epoch.");
    }

    /// <summary>The share of the training samples that is held out, above 0 and below 1. Default 0.1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Held
    {
        get;
        init => field = value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a share above 0 and below 1.");
    } = 0.1;

    /// <summary>Reads the patience, as in <c>10</c>, with the held-out share if wished, as in <c>10:held=0.2</c>.</summary>
    /// <exception cref="StepZeroException">The text is neither.</exception>
    public static EarlyStopping Parse(string text)
    {
        string[] parts = text.Split(':');
        var given = new ParameterText(text, "Early stopping", ["held"]);
        var stopping = new EarlyStopping
        {
            Patience = (int)given.Number("patience", parts[0], "a whole number of epochs, 1 and above", number => number is >= 1 and <= int.MaxValue && number == Math.Floor(number)),
        };
        foreach ((_, string value) in given.Read(parts.AsSpan(1)))
        {
            stopping = stopping with { Held = given.Number("held", value, "a share above 0 and below 1", share => share is > 0 and < 1) };
        }

        return stopping;
    }

    /// <summary>Divides training samples, as <see cref="Split.Random(Dataset, double, uint)"/> does.</summary>
    /// <param name="all">The samples.</param>
    /// <param name="seed">The seed of the permutation.</param>
    /// <exception cref="StepZeroException">No samples would be left to train on, or only those of one class.</exception>
    public (Dataset Train, Dataset Held) Divide(Dataset all, uint seed) => Split.Random(all, Held, seed, "A held-out share");

    /// <summary>The canonical text, which <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Patience}:held={Held}");
}
