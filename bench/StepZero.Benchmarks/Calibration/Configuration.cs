using System.Globalization;
using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Benchmarks.Calibration;

/// <summary>One network with its start, data and training, as a user would ask for it.</summary>
/// <param name="Set">The name of the data set.</param>
/// <param name="Data">The data set.</param>
/// <param name="Spec">All else.</param>
internal sealed record Configuration(string Set, Dataset Data, RunSpec Spec)
{
    /// <summary>The training of most work that is drawn, in multiply-adds: about 40 seconds on one core.</summary>
    public const double MostWork = 2e12;

    /// <summary>The data sets with their weights: on spirals and pets few networks train within 2,000 updates.</summary>
    private static readonly (string Name, double Weight)[] Sets =
        [("moons", 3), ("circles", 3), ("xor", 3), ("blobs", 3), ("digits", 3), ("breast-cancer", 3), ("pets", 1.5), ("spirals", 1.2)];

    /// <summary>Starts that are meant to train, and such as are not.</summary>
    private static readonly string[] Good = ["he", "xavier", "glorot_normal", "glorot_uniform", "lecun_normal", "he_uniform", "orthogonal", "default@pytorch"];

    private static readonly string[] Bad = ["random:1", "random:10", "normal:std=0.05", "zeros", "constant:0.1"];

    /// <summary>The work of its whole training, in multiply-adds.</summary>
    public double Work
    {
        get
        {
            int samples = Data.SampleCount;
            return Spec.Training.Iterations * Probing.WorkOf(Spec.Architecture, samples, samples, FormChoice.Choose(Spec.Training, samples, Spec.Architecture));
        }
    }

    /// <summary>Draws configurations, redrawing those of too much work.</summary>
    /// <param name="seed">The seed of the draw.</param>
    /// <param name="count">How many.</param>
    /// <param name="redrawn">How many were redrawn.</param>
    public static Configuration[] Draw(uint seed, int count, out int redrawn)
    {
        var loaded = Sets.ToDictionary(set => set.Name, set => DataSource.Load(set.Name, 1, new DataOptions()).Data);
        var random = new NumPyRandom(seed);
        var drawn = new Configuration[count];
        redrawn = 0;
        for (int i = 0; i < count; i++)
        {
            while ((drawn[i] = One(random, loaded)).Work > MostWork)
            {
                redrawn++;
            }
        }

        return drawn;
    }

    private static Configuration One(NumPyRandom random, Dictionary<string, Dataset> loaded)
    {
        string set = Weighted(random.Uniform() * Sets.Sum(one => one.Weight));
        Dataset data = loaded[set];
        string activation = Any(Activation.Names);
        string start = random.Uniform() < 0.9 ? Any(Good) : Any(Bad);
        string gain = random.Uniform() < 0.8 ? "" : string.Create(CultureInfo.InvariantCulture, $"gain={Between(0.01, 100):G3}");
        int depth = (int)Math.Round(Between(1, 20)), width = (int)Math.Round(Between(2, 128));
        var training = new TrainingOptions
        {
            LearningRate = double.Parse((random.Uniform() < 0.8 ? Between(0.05, 1.5) : Between(1e-5, 10)).ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            Iterations = (int)Math.Round(200 * Math.Pow(10, Math.Sqrt(random.Uniform()))),
            Scaling = random.Uniform() < 0.8 ? Scaling.Standardize : Scaling.Auto,
        };
        Loss loss = data.Classes.Count > 2 ? Loss.CrossEntropy : Loss.BinaryCrossEntropy;
        var network = new Architecture(
            data.FeatureCount, [.. Enumerable.Repeat(width, depth)], Activation.Parse(activation), loss, loss == Loss.CrossEntropy ? data.Classes.Count : 1);
        return new Configuration(set, data, new RunSpec(network, Initializer.Parse(With(start, gain)), training, random.NextUInt32()));

        double Between(double low, double high) => low * Math.Pow(high / low, random.Uniform());

        string Any(IReadOnlyList<string> of) => of[(int)(random.Uniform() * of.Count)];
    }

    private static string Weighted(double place)
    {
        int i = 0;
        for (; i < Sets.Length - 1 && place >= Sets[i].Weight; i++)
        {
            place -= Sets[i].Weight;
        }

        return Sets[i].Name;
    }

    /// <summary>The parameter stands before the library: default:gain=2@pytorch.</summary>
    private static string With(string start, string gain)
    {
        int library = start.IndexOf('@', StringComparison.Ordinal);
        return gain == "" ? start : start.Insert(library < 0 ? start.Length : library, ":" + gain);
    }
}
