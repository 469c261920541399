using System.Numerics;

namespace StepZero.Numerics;

/// <summary>Matrices and rows in another precision.</summary>
internal static class Conversion
{
    /// <summary>The matrix in precision T: itself where it is in that precision already.</summary>
    public static Matrix<T> To<T>(Matrix<double> source) where T : unmanaged, INumberBase<T>
    {
        if (source is Matrix<T> same)
        {
            return same;
        }

        Matrix<T> target = Matrix<T>.Allocate(source.Rows, source.Columns);
        for (int row = 0; row < source.Rows; row++)
        {
            Copy<double, T>(source[row], target[row]);
        }

        return target;
    }

    /// <summary>Copies a row, rounded to the target's precision.</summary>
    public static void Copy<TFrom, TTo>(ReadOnlySpan<TFrom> source, Span<TTo> target)
        where TFrom : INumberBase<TFrom>
        where TTo : INumberBase<TTo>
    {
        for (int i = 0; i < source.Length; i++)
        {
            target[i] = TTo.CreateTruncating(source[i]);
        }
    }
}
