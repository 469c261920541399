using System.Numerics;

namespace StepZero.Numerics;

/// <summary>Matrices and rows in another precision.</summary>
internal static class Conversion
{
    /// <summary>The matrix in precision T: itself where it is in that precision already.</summary>
    public static Matrix<T> To<T>(Matrix<double> source) where T : unmanaged, INumberBase<T> => To<T, double>(source);

    /// <inheritdoc cref="To{T}(Matrix{double})"/>
    public static Matrix<TTo> To<TTo, TFrom>(Matrix<TFrom> source)
        where TTo : unmanaged, INumberBase<TTo>
        where TFrom : unmanaged, INumberBase<TFrom>
    {
        if (source is Matrix<TTo> same)
        {
            return same;
        }

        Matrix<TTo> target = Matrix<TTo>.Allocate(source.Rows, source.Columns);
        for (int row = 0; row < source.Rows; row++)
        {
            Copy<TFrom, TTo>(source[row], target[row]);
        }

        return target;
    }

    /// <summary>A matrix of values that lie row after row.</summary>
    public static Matrix<double> FromRows(int rows, int columns, double[] values)
    {
        Matrix<double> matrix = Matrix<double>.Allocate(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            values.AsSpan(row * columns, columns).CopyTo(matrix[row]);
        }

        return matrix;
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
