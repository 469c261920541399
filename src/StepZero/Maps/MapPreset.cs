using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Maps;

/// <summary>
/// A map under a name. The presets are the experiment of "The boundary of neural network trainability is fractal" (Sohl-Dickstein 2024, arXiv:2402.06184, and
/// its notebook): 16 inputs, 16 hidden units, one output, no biases, weights and data from N(0, 1), 500 steps of gradient descent on the mean squared error.
/// </summary>
/// <param name="Name">The name, such as <c>fractal-tanh</c>.</param>
/// <param name="Data">The text of its data set, which <see cref="StepZero.Data.GeneratedSets.Parse"/> reads.</param>
/// <param name="Architecture">The network.</param>
/// <param name="Initializer">How its weights start.</param>
/// <param name="Training">How it is trained.</param>
/// <param name="X">What changes from left to right.</param>
/// <param name="Y">What changes from the bottom to the top.</param>
/// <param name="Measure">What is shown.</param>
/// <param name="WeightScales">The parametrization, as in <see cref="MapSpec.WeightScales"/>.</param>
/// <remarks>
/// The published network computes h = φ(X·W₀/√n) and f = h·W₁/n with n = 16, φ(z) being tanh(√2·z), √2·relu(z) or z. Ours has weights w = s·W in its place:
/// s = √(2/n), or √(1/n) for z, in the first layer and 1/n in the second. Rates and offsets on the axes are those of W, as published. There are as many samples
/// as weights of a width of 16, 272; for z as many as inputs.
/// <para>
/// <c>fractal-offset</c> adds a number to all W₀ before the first step and gives both layers one rate. The published map of that kind adds it in every step, so
/// that its axis is a drift and no start; this one is not that map.
/// </para>
/// </remarks>
/// <example><code>MapSpec map = MapPreset.Parse("fractal-tanh").SpecFor(256, 256);</code></example>
public sealed record MapPreset(
    string Name, string Data, Architecture Architecture, Initializer Initializer, TrainingOptions Training, MapAxis X, MapAxis Y, MapMeasure Measure,
    IReadOnlyList<double> WeightScales)
{
    private const int Width = 16;
    private const int Steps = 500;
    private const int SamplesOfBentNetworks = (Width * Width) + Width;

    private static readonly MapPreset[] All =
    [
        Fractal("fractal-tanh", Activation.Tanh, 2, SamplesOfBentNetworks, "learning-rate.1:1e-3..1e6:log", "learning-rate.2:1e-3..1e6:log"),
        Fractal("fractal-relu", Activation.Relu, 2, SamplesOfBentNetworks, "learning-rate.1:1e-3..1e6:log", "learning-rate.2:1e-3..1e6:log"),
        Fractal("fractal-linear", Activation.Identity, 1, Width, "learning-rate.1:1e-3..1e6:log", "learning-rate.2:1e-3..1e6:log"),
        Fractal("fractal-offset", Activation.Tanh, 2, SamplesOfBentNetworks, "offset.1:-3..3", "learning-rate:10..1000:log"),
    ];

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(preset => preset.Name)];

    /// <summary>The preset of a name.</summary>
    /// <exception cref="StepZeroException">There is none; the message names the nearest.</exception>
    public static MapPreset Parse(string name) => Array.Find(All, preset => preset.Name == name) ?? throw StepZeroException.UnknownName("preset", name, Names);

    /// <summary>The map of a size.</summary>
    /// <param name="columns">The pixels of a row, at least 1.</param>
    /// <param name="rows">The pixels of a column, at least 1.</param>
    /// <param name="seed">The seed of the weights. The data set is made with a seed of its own, usually the same: its stream is another one.</param>
    public MapSpec SpecFor(int columns, int rows, uint seed = 1) =>
        new(new RunSpec(Architecture, Initializer, Training, seed), X, Y, columns, rows, Measure) { WeightScales = WeightScales };

    private static MapPreset Fractal(string name, Activation activation, double variance, int samples, string x, string y)
    {
        double[] scales = [Math.Sqrt(variance / Width), 1.0 / Width];
        return new MapPreset(
            name, $"noise:{samples}:{Width}", new Architecture(Width, [Width], activation, Loss.Mse),
            Initializer.PerLayer([.. scales.Select(Initializer.RandomNormal)]), new TrainingOptions { Iterations = Steps, FixedBiases = true },
            MapAxis.Parse(x), MapAxis.Parse(y), new MapMeasure(MapQuantity.Convergence), scales);
    }
}
