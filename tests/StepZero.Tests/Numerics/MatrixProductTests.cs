using System.Numerics;
using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Numerics;

public sealed class MatrixProductTests
{
    // Around every tile boundary: 5 rows, 4 vectors of 8 (double) or 16 (single) columns.
    private static readonly int[] Sizes = [1, 2, 4, 5, 6, 8, 9, 11, 16, 17, 33, 65, 100];

    [Fact]
    public void Products_in_double_equal_the_scalar_sums() => CheckAll<double>(1e-13);

    [Fact]
    public void Products_in_single_equal_the_scalar_sums() => CheckAll<float>(1e-4);

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Matrix<double> a = Matrix<double>.Allocate(2, 3);
        Matrix<double> b = Matrix<double>.Allocate(2, 3);
        Assert.Throws<ArgumentException>(() => MatrixProduct.Add(a, b, Matrix<double>.Allocate(2, 3)));
        Assert.Throws<ArgumentException>(() => MatrixProduct.AddTransposedLeft(a, b, Matrix<double>.Allocate(2, 3)));
        Assert.Throws<ArgumentException>(() => MatrixProduct.AddTransposedRight(a, b, Matrix<double>.Allocate(3, 3)));
    }

    private static void CheckAll<T>(double tolerance) where T : unmanaged, INumberBase<T>
    {
        var random = new NumPyRandom(1);
        foreach (int rows in Sizes)
        {
            foreach (int inner in Sizes)
            {
                foreach (int columns in Sizes)
                {
                    Check<T>(random, rows, inner, columns, tolerance);
                }
            }
        }
    }

    private static void Check<T>(NumPyRandom random, int rows, int inner, int columns, double tolerance) where T : unmanaged, INumberBase<T>
    {
        Matrix<T> a = Fill<T>(random, rows, inner);
        Matrix<T> b = Fill<T>(random, inner, columns);
        Matrix<T> start = Fill<T>(random, rows, columns);

        Matrix<T> plain = Copy(start);
        MatrixProduct.Add(a, b, plain);
        Matrix<T> left = Copy(start);
        MatrixProduct.AddTransposedLeft(Transpose(a), b, left);
        Matrix<T> right = Copy(start);
        MatrixProduct.AddTransposedRight(a, Transpose(b), right);

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double expected = double.CreateChecked(start[i][j]);
                for (int k = 0; k < inner; k++)
                {
                    expected += double.CreateChecked(a[i][k]) * double.CreateChecked(b[k][j]);
                }

                foreach (Matrix<T> product in (Matrix<T>[])[plain, left, right])
                {
                    Assert.True(Math.Abs(expected - double.CreateChecked(product[i][j])) <= tolerance * (1 + inner), $"{rows}×{inner}×{columns} at {i}, {j}: expected {expected}, found {product[i][j]}");
                }
            }
        }
    }

    private static Matrix<T> Fill<T>(NumPyRandom random, int rows, int columns) where T : unmanaged, INumberBase<T>
    {
        Matrix<T> matrix = Matrix<T>.Allocate(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            foreach (ref T value in matrix[i])
            {
                value = T.CreateTruncating(random.StandardNormal());
            }
        }

        return matrix;
    }

    private static Matrix<T> Copy<T>(Matrix<T> source) where T : unmanaged
    {
        Matrix<T> copy = Matrix<T>.Allocate(source.Rows, source.Columns);
        for (int i = 0; i < source.Rows; i++)
        {
            source[i].CopyTo(copy[i]);
        }

        return copy;
    }

    private static Matrix<T> Transpose<T>(Matrix<T> source) where T : unmanaged
    {
        Matrix<T> transposed = Matrix<T>.Allocate(source.Columns, source.Rows);
        for (int i = 0; i < source.Rows; i++)
        {
            for (int j = 0; j < source.Columns; j++)
            {
                transposed[j][i] = source[i][j];
            }
        }

        return transposed;
    }
}
