using StepZero.Data;

namespace StepZero.Networks;

/// <summary>Whether a network fits data.</summary>
internal static class NetworkFit
{
    /// <summary>Refuses a network whose inputs, outputs or loss do not fit the data.</summary>
    /// <exception cref="ArgumentException">The inputs are not the data's features, or the outputs not their classes.</exception>
    /// <exception cref="StepZeroException">The loss does not fit the targets.</exception>
    public static void Check(Architecture architecture, Dataset data)
    {
        if (architecture.LayerSizes[0] != data.FeatureCount)
        {
            throw new ArgumentException(
                $"The network has {architecture.LayerSizes[0]} inputs; '{data.Name}' has {data.FeatureCount} features.", nameof(architecture));
        }

        Targets.Check(architecture.Loss, data);
        if (architecture.Loss == Loss.CrossEntropy && architecture.OutputCount != data.Classes.Count)
        {
            throw new ArgumentException($"The network has {architecture.OutputCount} outputs; '{data.Name}' has {data.Classes.Count} classes.", nameof(architecture));
        }
    }
}
