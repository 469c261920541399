using StepZero.Diagnostics;
using StepZero.Networks;

namespace StepZero.Maps;

/// <summary>The line of the gains at which layers of infinite width are critical, χ₁ = 1: where the gain of all layers is one axis.</summary>
internal static class CriticalLine
{
    private const int MostSteps = 60;
    private const double Tolerance = 1e-6;

    /// <summary>How far from 1 χ₁ may be at what was found: it jumps over 1 where the length does.</summary>
    private const double Jump = 1e-2;

    /// <summary>The line, or band where the layers differ; none where there is no such gain, or no layer that it is about: hidden ones behind the first.</summary>
    public static IEnumerable<MapGuide> Of(MapSpec spec, MapStarts starts, CancellationToken cancellation)
    {
        bool along = IsGain(spec.X);
        MapAxis axis = along ? spec.Y : spec.X;

        // The theory is one of weights of mean 0, and of layers that are alike.
        if (along == IsGain(spec.Y) || axis.Quantity is AxisQuantity.Gain or AxisQuantity.Offset)
        {
            return [];
        }

        double gain = along ? spec.X.From : spec.Y.From;
        bool varies = axis.Quantity == AxisQuantity.BiasStd || axis.ChangesNetwork;
        var deviations = new Dictionary<double, double?>();
        var line = new List<(double, double, double)>();
        foreach (double value in varies ? MapGuides.ValuesOf(axis, along ? spec.Rows : spec.Columns) : [axis.From, axis.To])
        {
            cancellation.ThrowIfCancellationRequested();
            MapPoint point = along ? spec.At(gain, value) : spec.At(value, gain);
            Architecture architecture = point.Architecture;
            int[] layers = [.. Enumerable.Range(1, Math.Max(0, architecture.LayerCount - 2))];
            if (layers is [])
            {
                continue;
            }

            double bias = point.BiasStd is double std ? std * std : MeanSquare(layers.SelectMany(layer => starts.BiasesOf(architecture)[layer]));
            if (!deviations.TryGetValue(bias, out double? critical))
            {
                critical = Critical(architecture.HiddenActivation, bias);
                deviations.Add(bias, critical);
            }

            double[] sizes = starts.SizesOf(architecture);
            double[] gains = [.. layers.Select(layer => critical / (sizes[layer] * Math.Sqrt(architecture.LayerSizes[layer])) ?? double.NaN)];
            if (gains.All(double.IsFinite))
            {
                line.Add((value, gains.Min(), gains.Max()));
            }
        }

        return line.Count < 2 ? [] : [MapGuides.Along(spec, MapGuideKind.CriticalLine, "critical line χ₁ = 1", along, line)];
    }

    /// <summary>σw at which χ₁ is 1, for a variance of the biases; null where there is none.</summary>
    internal static double? Critical(Activation activation, double biasVariance)
    {
        try
        {
            double low = 1e-3, high = 1e3;
            for (int step = 0; step < MostSteps && high > low * (1 + Tolerance); step++)
            {
                double middle = Math.Sqrt(low * high);
                (low, high) = Factor(middle) < 1 ? (middle, high) : (low, middle);
            }

            return Math.Abs(Factor(low) - 1) < Jump && Math.Abs(Factor(high) - 1) < Jump ? Math.Sqrt(low * high) : null;
        }
        catch (ArgumentException)
        {
            // An activation that oscillates too fast for lengths so large.
            return null;
        }

        double Factor(double deviation) => MeanFieldTheory.GradientFactorOf(activation, deviation * deviation, biasVariance).GradientFactor;
    }

    private static bool IsGain(MapAxis axis) => axis.Quantity == AxisQuantity.Gain && axis.Layer is null;

    private static double MeanSquare(IEnumerable<double> values) => values.Average(value => value * value);
}
