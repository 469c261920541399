using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>
/// All eigenvalues of a symmetric matrix, and its eigenvectors where wanted: Householder's reflections make it tridiagonal, and implicit QL steps with
/// Wilkinson's shift make that diagonal. Backward stable: each value is within a small multiple of 1e-16·‖A‖.
/// </summary>
internal static unsafe class SymmetricEigen
{
    /// <summary>Three steps a value are usual.</summary>
    private const int MostSteps = 60;

    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>The eigenvalues, the largest first.</summary>
    /// <param name="a">[n, n], symmetric and finite; destroyed.</param>
    /// <param name="vectors">[n, n]: receives in row i the eigenvector of value i, of length 1; empty where they are not wanted.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static double[] Decompose(Matrix<double> a, Matrix<double> vectors = default, CancellationToken cancellation = default)
    {
        int n = a.Rows;
        double[] diagonal = new double[n], beside = new double[n];
        double scale = 0;
        for (int row = 0; row < n; row++)
        {
            scale = Math.Max(scale, Math.Abs(TensorPrimitives.MaxMagnitude<double>(a[row])));
        }

        // Divided by the largest element, no square overflows, and none that matters underflows.
        for (int row = 0; row < n && scale != 0; row++)
        {
            TensorPrimitives.Divide(a[row], scale, a[row]);
        }

        MakeTridiagonal(a, diagonal, beside, vectors, cancellation);
        MakeDiagonal(diagonal, beside, vectors);
        TensorPrimitives.Multiply(diagonal, scale, diagonal);
        Sort(diagonal, vectors);
        return diagonal;
    }

    /// <summary>A = Q·T·Qᵀ, with the columns of Q in the rows of <paramref name="vectors"/>.</summary>
    private static void MakeTridiagonal(Matrix<double> a, double[] diagonal, double[] beside, Matrix<double> vectors, CancellationToken cancellation)
    {
        int n = a.Rows;
        double[] factors = new double[n], products = new double[n];
        for (int k = 0; k < n - 1; k++)
        {
            cancellation.ThrowIfCancellationRequested();

            // Row k right of the diagonal becomes the vector of the reflection that maps it to one number.
            Span<double> v = a[k][(k + 1)..], p = products.AsSpan(k + 1);
            double tail = MatrixProduct.Dot(v[1..], v[1..]), head = v[0];
            if (tail == 0)
            {
                beside[k] = head;
                continue;
            }

            beside[k] = -Math.CopySign(Math.Sqrt(tail + (head * head)), head);
            v[0] = head - beside[k];
            double tau = factors[k] = 2 / (tail + (v[0] * v[0]));
            for (int row = 0; row < p.Length; row++)
            {
                p[row] = tau * MatrixProduct.Dot(a[k + 1 + row][(k + 1)..], v);
            }

            TensorPrimitives.MultiplyAdd(v, -tau / 2 * MatrixProduct.Dot(p, v), p, p);
            for (int row = 0; row < p.Length; row++)
            {
                Span<double> target = a[k + 1 + row][(k + 1)..];
                TensorPrimitives.MultiplyAdd(p, -v[row], target, target);
                TensorPrimitives.MultiplyAdd(v, -p[row], target, target);
            }
        }

        for (int k = n - 1; k >= 0; k--)
        {
            diagonal[k] = a[k][k];
            for (int row = k; row < n && !vectors.IsEmpty; row++)
            {
                if (row == k)
                {
                    vectors[row].Clear();
                    vectors[row][row] = 1;
                }
                else if (factors[k] != 0)
                {
                    Span<double> v = a[k][(k + 1)..], column = vectors[row][(k + 1)..];
                    TensorPrimitives.MultiplyAdd(v, -factors[k] * MatrixProduct.Dot(v, column), column, column);
                }
            }
        }
    }

    /// <summary>Replaces the diagonal by the eigenvalues, and turns the rows of the vectors along.</summary>
    private static void MakeDiagonal(double[] diagonal, double[] beside, Matrix<double> vectors)
    {
        int n = diagonal.Length;
        double negligible = 0;
        for (int i = 0; i < n; i++)
        {
            negligible = Math.Max(negligible, Epsilon * (Math.Abs(diagonal[i]) + Math.Abs(beside[i])));
        }

        for (int first = 0; first < n; first++)
        {
            for (int step = 0; ; step++)
            {
                int last = first;
                while (last < n - 1 && Math.Abs(beside[last]) > negligible)
                {
                    last++;
                }

                if (last == first)
                {
                    break;
                }

                if (step == MostSteps)
                {
                    throw new InvalidOperationException("The eigenvalues of the matrix were not found.");
                }

                TakeStep(diagonal, beside, first, last, vectors);
            }
        }
    }

    /// <summary>One QL step, shifted, on the rows from first to last: rotations chase an element up from the bottom of the block.</summary>
    private static void TakeStep(double[] diagonal, double[] beside, int first, int last, Matrix<double> vectors)
    {
        double half = (diagonal[first + 1] - diagonal[first]) / (2 * beside[first]);
        double shift = diagonal[first] - (beside[first] / (half + Math.CopySign(double.Hypot(half, 1), half)));
        double g = diagonal[last] - shift, sine = 1, cosine = 1, moved = 0;
        for (int i = last - 1; i >= first; i--)
        {
            double f = sine * beside[i], b = cosine * beside[i];
            double length = beside[i + 1] = double.Hypot(f, g);
            if (length == 0)
            {
                // The block falls apart here; the next step takes the upper part.
                diagonal[i + 1] -= moved;
                beside[last] = 0;
                return;
            }

            sine = f / length;
            cosine = g / length;
            g = diagonal[i + 1] - moved;
            double r = ((diagonal[i] - g) * sine) + (2 * cosine * b);
            moved = sine * r;
            diagonal[i + 1] = g + moved;
            g = (cosine * r) - b;
            if (!vectors.IsEmpty)
            {
                Rotate(vectors.RowRange(i, 2), cosine, sine);
            }
        }

        diagonal[first] -= moved;
        beside[first] = g;
        beside[last] = 0;
    }

    /// <summary>Turns two rows (u, v) to (cosine·u − sine·v, sine·u + cosine·v).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rotate(Matrix<double> rows, double cosine, double sine)
    {
        Vector512<double> c = Vector512.Create(cosine), s = Vector512.Create(sine);
        double* upper = rows.Data, lower = rows.Data + rows.Stride;
        int length = rows.VectorsPerRow * Vector512<double>.Count;
        for (int i = 0; i < length; i += Vector512<double>.Count)
        {
            Vector512<double> u = Vector512.Load(upper + i), v = Vector512.Load(lower + i);
            Vector512.FusedMultiplyAdd(c, u, -(s * v)).Store(upper + i);
            Vector512.FusedMultiplyAdd(s, u, c * v).Store(lower + i);
        }

        rows.KeepAlive();
    }

    private static void Sort(double[] values, Matrix<double> vectors)
    {
        for (int i = 0; i < values.Length - 1; i++)
        {
            int largest = i;
            for (int j = i + 1; j < values.Length; j++)
            {
                largest = values[j] > values[largest] ? j : largest;
            }

            (values[i], values[largest]) = (values[largest], values[i]);
            for (int column = 0; column < values.Length && largest != i && !vectors.IsEmpty; column++)
            {
                (vectors[i][column], vectors[largest][column]) = (vectors[largest][column], vectors[i][column]);
            }
        }
    }
}
