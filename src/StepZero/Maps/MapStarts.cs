using StepZero.Diagnostics;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Maps;

/// <summary>The starts along the axes of a map: what is drawn once for each network, and what a pixel makes of it.</summary>
/// <param name="spec">The map.</param>
/// <param name="data">The training samples, prepared for the spec's run; null where no initializer needs them.</param>
internal sealed class MapStarts(MapSpec spec, PreparedData? data)
{
    private readonly RecentNetworks<(Parameters Drawn, Parameters Normals)> draws = new(architecture => Draw(spec, data, architecture));

    /// <summary>What all pixels of a network start from: the drawn parameters, and standard normal draws in the place of the biases.</summary>
    public static (Parameters Drawn, Parameters Normals) Draw(MapSpec spec, PreparedData? data, Architecture architecture)
    {
        RunSpec run = spec.Run with { Architecture = architecture };
        return (run.DrawParameters(data), MapPoint.NormalBiases(run, architecture));
    }

    /// <summary>The parameters that a pixel's training starts from.</summary>
    public Parameters StartOf(MapPoint point)
    {
        (Parameters drawn, Parameters normals) = draws.Of(point.Architecture);
        return point.Start(drawn, normals);
    }

    /// <summary>For each layer of a network the root mean square of the weights at gain 1: that of all draws where it is known, or else of this one.</summary>
    public double[] SizesOf(Architecture architecture) =>
        [.. Enumerable.Range(0, architecture.LayerCount).Select(layer => spec.Run.Initializer.SizeOf(architecture, layer) ?? RootMeanSquare(draws.Of(architecture).Drawn.Weights[layer]))];

    /// <summary>The biases of a network as the initializer draws them.</summary>
    public IReadOnlyList<double[]> BiasesOf(Architecture architecture) => draws.Of(architecture).Drawn.Biases;

    private static double RootMeanSquare(double[] values) => Scaled.Norm(values) / Math.Sqrt(values.Length);
}
