using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Sweeps;

/// <summary>A published map, under a name.</summary>
/// <param name="Name">The name, such as <c>fractal-tanh</c>.</param>
/// <param name="Data">The text of its data set, which <see cref="StepZero.Data.GeneratedSets.Parse"/> reads.</param>
/// <param name="Architecture">The network.</param>
/// <param name="Initializer">How its weights start.</param>
/// <param name="Training">How it is trained.</param>
/// <param name="X">What changes from left to right.</param>
/// <param name="Y">What changes from the bottom to the top.</param>
/// <param name="Measure">What is shown.</param>
/// <param name="WeightScales">The parametrization, as in <see cref="MapSpec.WeightScales"/>.</param>
public sealed record MapPreset(
    string Name, string Data, Architecture Architecture, Initializer Initializer, TrainingOptions Training, MapAxis X, MapAxis Y, MapMeasure Measure,
    IReadOnlyList<double> WeightScales)
{
    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["fractal-tanh", "fractal-relu", "fractal-linear", "fractal-offset"];

    /// <summary>The preset of a name.</summary>
    /// <exception cref="StepZeroException">There is none; the message names the nearest.</exception>
    public static MapPreset Parse(string name) => throw StepZeroException.UnknownName("preset", name, Names);

    /// <summary>The map of a size.</summary>
    /// <param name="columns">The pixels of a row, at least 1.</param>
    /// <param name="rows">The pixels of a column, at least 1.</param>
    /// <param name="seed">The seed of the weights; the data set takes its own.</param>
    public MapSpec SpecFor(int columns, int rows, uint seed = 1) =>
        new(new RunSpec(Architecture, Initializer, Training, seed), X, Y, columns, rows, Measure) { WeightScales = WeightScales };
}
