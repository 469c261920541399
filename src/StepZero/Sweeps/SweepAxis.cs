using System.Globalization;
using StepZero.RandomNumbers;

namespace StepZero.Sweeps;

/// <summary>An option that takes several values in turn.</summary>
/// <param name="Name">The option's name without dashes, as in <c>learning-rate</c>.</param>
/// <param name="Values">Its values as on a command line, each another; at least one.</param>
public sealed record SweepAxis(string Name, IReadOnlyList<string> Values)
{
    /// <summary>An axis of numbers from one to another.</summary>
    /// <param name="name">The option's name without dashes.</param>
    /// <param name="from">The first value, finite; above 0 where steps are of equal ratio.</param>
    /// <param name="to">The last value, above the first.</param>
    /// <param name="points">The number of values, at least 2.</param>
    /// <param name="isLogarithmic">Whether neighbours have the same ratio, and not the same difference.</param>
    public static SweepAxis Range(string name, double from, double to, int points, bool isLogarithmic) => new(
        name, [.. Enumerable.Range(0, points).Select(i => i == 0 ? SweepDraw.Text(from) : i == points - 1 ? SweepDraw.Text(to)
            : Rounded(SweepDraw.Between(from, to, (double)i / (points - 1), isLogarithmic)))]);

    /// <summary>Whether another has the same name and values.</summary>
    public bool Equals(SweepAxis? other) => other is not null && Name == other.Name && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Values.Count);

    /// <summary>With 13 digits, so that logarithmic steps from 0.001 to 1 come to 0.1, and not to 0.09999999999999998.</summary>
    private static string Rounded(double value) => SweepDraw.Text(double.Parse(value.ToString("G13", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
}

/// <summary>An option whose value is drawn anew in each trial of a random search.</summary>
/// <param name="Name">The option's name without dashes.</param>
/// <param name="From">The smallest value, finite; above 0 where logarithmic.</param>
/// <param name="To">The value that all lie below, above the smallest.</param>
/// <param name="IsLogarithmic">Whether the logarithm is uniform, and not the value.</param>
public sealed record SweepDraw(string Name, double From, double To, bool IsLogarithmic)
{
    /// <summary>The value of a trial. It depends on nothing else: no number of trials, threads or shards changes it.</summary>
    /// <param name="trial">The trial, from 0.</param>
    /// <param name="seed">The seed of the sweep.</param>
    public double At(long trial, ulong seed)
    {
        double[] uniform = new double[1];
        new PhiloxRandom(seed, $"sweep {Name}").At(trial).FillUniform(uniform, 0, 1);
        return Between(From, To, uniform[0], IsLogarithmic);
    }

    /// <summary>The shortest text that gives the same number again.</summary>
    internal static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    internal static double Between(double from, double to, double share, bool isLogarithmic) => share switch
    {
        0 => from,
        1 => to,
        _ => isLogarithmic ? Math.Exp(Math.Log(from) + (share * (Math.Log(to) - Math.Log(from)))) : from + (share * (to - from)),
    };
}
