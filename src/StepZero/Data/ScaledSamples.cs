using System.Numerics;
using System.Numerics.Tensors;
using StepZero.Numerics;

namespace StepZero.Data;

/// <summary>The scaled samples, read one by one.</summary>
internal static class ScaledSamples
{
    /// <summary>Hands out each sample in turn, scaled; the array is used again.</summary>
    public static void ForEach(Dataset data, FittedScaling scaling, Action<int, double[]> use)
    {
        double[] row = new double[data.FeatureCount];
        for (int sample = 0; sample < data.SampleCount; sample++)
        {
            scaling.Read(data, sample, 0, row);
            if (scaling.Divisor != 1)
            {
                TensorPrimitives.Divide(row, scaling.Divisor, row);
            }

            use(sample, row);
        }
    }

    /// <summary>All of them, X, [samples, features].</summary>
    public static Matrix<T> Rows<T>(Dataset data, FittedScaling scaling) where T : unmanaged, INumberBase<T>
    {
        Matrix<T> rows = Matrix<T>.Allocate(data.SampleCount, data.FeatureCount);
        ForEach(data, scaling, (sample, row) => Conversion.Copy<double, T>(row, rows[sample]));
        return rows;
    }
}
