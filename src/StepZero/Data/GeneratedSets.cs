using System.Globalization;
using StepZero.RandomNumbers;

namespace StepZero.Data;

/// <summary>
/// Sets made from a seed: drawn pets and points of two dimensions, each of two classes, and noise with numbers to predict. Coordinates are rounded to 2⁻²⁴,
/// so that the last bit of a platform's sine or logarithm does not show and every machine makes the same set.
/// </summary>
public static class GeneratedSets
{
    private const string Pets = "pets";
    private const string Noise = "noise";
    private const int NoiseFeatures = 16;

    /// <summary>Parts the stream of noise from that of weights drawn with the same seed, which would be the same numbers.</summary>
    private const uint NoiseStream = 0x6E6F6973;

    /// <summary>The default number of points of a set of two dimensions.</summary>
    public const int DefaultSamples = 500;

    private delegate (double X, double Y) Shape(double position, int label, NumPyRandom random);

    /// <summary>Name, default noise, and where a sample lies before the noise: position runs over [0, 1) within its class.</summary>
    private static readonly (string Name, double Noise, Shape Shape)[] Sets =
    [
        ("moons", 0.2, (position, label, _) => Moon(Math.PI * position, label)),
        ("circles", 0.1, (position, label, _) => Polar(label == 0 ? 1 : 0.5, Math.Tau * position)),
        ("spirals", 0.1, (position, label, _) => Polar(0.25 + (1.75 * position), (1.75 * Math.Tau * position) + (Math.PI * label))),
        ("xor", 0.1, (_, label, random) => Quadrants(label, random)),
        ("blobs", 1, (_, label, _) => label == 0 ? (-2, 0) : (2, 0)),
    ];

    /// <summary>The names of the sets.</summary>
    public static IReadOnlyList<string> Names { get; } = [Pets, .. Sets.Select(set => set.Name), Noise];

    /// <summary>
    /// Makes a set from its text: <c>moons</c>, <c>moons:500</c> or <c>moons:500:0.2</c> (name, samples, noise); <c>pets</c>, <c>pets:100</c> or
    /// <c>pets:100:7</c> (name, samples, seed); <c>noise</c>, <c>noise:272</c> or <c>noise:272:16</c> (name, samples, features).
    /// </summary>
    /// <param name="text">The set's text.</param>
    /// <param name="seed">The seed of its noise, or of its pictures where the text names none.</param>
    /// <returns>
    /// A set named by its canonical text. Points have classes "0" and "1", of which "1" is positive; pets are pictures of 150×150 pixels of classes
    /// "cat", the positive one, and "dog". Features and targets of noise are drawn from N(0, 1): there is nothing to learn but the samples themselves.
    /// </returns>
    /// <exception cref="StepZeroException">The name is unknown or a parameter impossible.</exception>
    public static Dataset Parse(string text, uint seed)
    {
        string[] parts = text.Split(':');
        if (parts[0] == Pets)
        {
            return ParsePets(text, parts, seed);
        }

        if (parts[0] == Noise)
        {
            return ParseNoise(text, parts, seed);
        }

        (string name, double noise, _) = Array.Find(Sets, set => set.Name == parts[0]);
        if (name is null)
        {
            throw StepZeroException.UnknownName("data set", parts[0], Names);
        }

        int samples = DefaultSamples;
        if (parts.Length > 1 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out samples) || samples < 2))
        {
            throw new StepZeroException($"Data set '{text}': expected at least 2 samples as in '{name}:500', found '{parts[1]}'.");
        }

        if (parts.Length > 2
            && (!double.TryParse(parts[2], NumberStyles.Float, CultureInfo.InvariantCulture, out noise) || !double.IsFinite(noise) || noise < 0))
        {
            throw new StepZeroException($"Data set '{text}': expected a noise of 0 or more as in '{name}:{samples}:0.2', found '{parts[2]}'.");
        }

        return parts.Length <= 3
            ? Make(name, samples, noise, seed)
            : throw new StepZeroException($"Data set '{text}': expected name, samples and noise as in '{name}:500:0.2'.");
    }

    /// <summary>Makes a set of two dimensions.</summary>
    /// <param name="name">One of <see cref="Names"/> but pets and noise.</param>
    /// <param name="samples">The number of samples, at least 2; the classes take turns.</param>
    /// <param name="noise">The standard deviation of the normal noise on each coordinate, 0 or more.</param>
    /// <param name="seed">The seed of the noise.</param>
    /// <returns>As <see cref="Parse"/>.</returns>
    /// <exception cref="StepZeroException">The name is unknown.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Dataset Make(string name, int samples, double noise, uint seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(noise);
        Shape shape = Array.Find(Sets, set => set.Name == name).Shape ?? throw StepZeroException.UnknownName("data set", name, Names);
        var random = new NumPyRandom(seed);
        double[] features = new double[2 * samples];
        int[] labels = new int[samples];
        for (int i = 0; i < samples; i++)
        {
            labels[i] = i % 2;
            int ofClass = (samples + 1 - labels[i]) / 2;
            (double x, double y) = shape((double)(i / 2) / ofClass, labels[i], random);
            features[2 * i] = Round(x + (noise * random.StandardNormal()));
            features[(2 * i) + 1] = Round(y + (noise * random.StandardNormal()));
        }

        string canonical = string.Create(CultureInfo.InvariantCulture, $"{name}:{samples}:{noise}");
        return Dataset.FromValues(canonical, features, 2, labels, ["0", "1"]).WithPositive("1");
    }

    private static Dataset ParsePets(string text, string[] parts, uint seed)
    {
        int samples = DrawnPets.DefaultSamples;
        if (parts.Length > 1 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out samples)
            || samples < 2 || samples > DrawnPets.MostSamples))
        {
            throw new StepZeroException($"Data set '{text}': expected 2 to {DrawnPets.MostSamples} pictures as in 'pets:100', found '{parts[1]}'.");
        }

        if (parts.Length > 2 && !uint.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out seed))
        {
            throw new StepZeroException($"Data set '{text}': expected a seed from 0 to {uint.MaxValue} as in 'pets:{samples}:7', found '{parts[2]}'.");
        }

        return parts.Length <= 3
            ? DrawnPets.Make(samples, seed)
            : throw new StepZeroException($"Data set '{text}': expected name, pictures and seed as in 'pets:100:7'.");
    }

    private static Dataset ParseNoise(string text, string[] parts, uint seed)
    {
        int samples = DefaultSamples, features = NoiseFeatures;
        if (parts.Length > 1 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out samples) || samples < 2))
        {
            throw new StepZeroException($"Data set '{text}': expected at least 2 samples as in 'noise:272:16', found '{parts[1]}'.");
        }

        if (parts.Length > 2 && (!int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out features) || features < 1))
        {
            throw new StepZeroException($"Data set '{text}': expected at least 1 feature as in 'noise:{samples}:16', found '{parts[2]}'.");
        }

        if ((long)samples * features > Array.MaxLength / 2)
        {
            throw new StepZeroException($"Data set '{text}': {samples} samples of {features} features; expected at most {Array.MaxLength / 2} numbers in all. Use fewer.");
        }

        return parts.Length <= 3
            ? MakeNoise(samples, features, seed)
            : throw new StepZeroException($"Data set '{text}': expected name, samples and features as in 'noise:272:16'.");
    }

    /// <summary>All features first, row after row, then all targets.</summary>
    private static Dataset MakeNoise(int samples, int features, uint seed)
    {
        var random = new NumPyRandom(seed ^ NoiseStream);
        double[] x = [.. Draws(samples * features)], y = [.. Draws(samples)];
        return Dataset.FromValues(string.Create(CultureInfo.InvariantCulture, $"noise:{samples}:{features}"), x, features, new int[samples], [""]).WithTargets(y);

        IEnumerable<double> Draws(int count) => Enumerable.Range(0, count).Select(_ => Round(random.StandardNormal()));
    }

    private static (double X, double Y) Polar(double radius, double angle) => (radius * Math.Cos(angle), radius * Math.Sin(angle));

    private static (double X, double Y) Moon(double angle, int label) =>
        label == 0 ? (Math.Cos(angle), Math.Sin(angle)) : (1 - Math.Cos(angle), 0.5 - Math.Sin(angle));

    private static (double X, double Y) Quadrants(int label, NumPyRandom random)
    {
        double x = (2 * random.Uniform()) - 1;
        double y = (2 * random.Uniform()) - 1;
        return x * y > 0 == (label == 0) ? (x, y) : (x, -y);
    }

    private static double Round(double value) => Math.Round(value * 16777216) / 16777216;
}
