using StepZero.Data;

namespace StepZero.Diagnostics;

/// <summary>What is computed from the scaled samples, read one by one.</summary>
internal static class ScaledSamples
{
    /// <summary>The moments of all scaled features, and the mean cosine between two samples.</summary>
    public static (Moments Features, double? Cosine) LookAt(Dataset data, FittedScaling scaling)
    {
        Moments all = default;
        var cosine = new MeanCosine(data.FeatureCount);
        ForEach(data, scaling, (_, row) =>
        {
            all = all.With(Moments.Of(row));
            cosine.Add(row);
        });
        return (all, cosine.Value);
    }

    /// <summary>Hands out each sample in turn, scaled; the array is used again.</summary>
    public static void ForEach(Dataset data, FittedScaling scaling, Action<int, double[]> use)
    {
        double[] row = new double[data.FeatureCount];
        for (int sample = 0; sample < data.SampleCount; sample++)
        {
            scaling.Read(data, sample, 0, row);
            for (int i = 0; i < row.Length && scaling.Divisor != 1; i++)
            {
                row[i] /= scaling.Divisor;
            }

            use(sample, row);
        }
    }
}
