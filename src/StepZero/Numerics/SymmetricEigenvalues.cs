using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>
/// The eigenvalues of symmetric matrices: Householder's reflections to three diagonals, then Givens' rotations of the implicit QL method (Martin, Reinsch,
/// Wilkinson 1968; Bowdler et al. 1968). Backward stable: the error is a small multiple of 1e-16 of the largest eigenvalue.
/// </summary>
internal static class SymmetricEigenvalues
{
    private const double Epsilon = 2.220446049250313e-16;
    private const int MostRotations = 60;

    /// <summary>The eigenvalues in descending order.</summary>
    /// <param name="matrix">[n, n], at least [1, 1], finite; only its lower triangle is read, and destroyed.</param>
    public static double[] Of(Matrix<double> matrix)
    {
        int n = matrix.Rows;
        double[] diagonal = new double[n], beside = new double[n], v = new double[n], w = new double[n];
        for (int k = n - 1; k > 0; k--)
        {
            Span<double> row = matrix[k];
            diagonal[k] = row[k];
            beside[k] = Reflect(row[..k], v.AsSpan(0, k));
            double square = MatrixProduct.Dot(v.AsSpan(0, k), v.AsSpan(0, k));
            if (square > 0)
            {
                Apply(matrix, v.AsSpan(0, k), w.AsSpan(0, k), 2 / square);
            }
        }

        diagonal[0] = matrix[0][0];
        return OfTridiagonal(diagonal, [.. beside.AsSpan(1), 0]);
    }

    /// <summary>The eigenvalues of a matrix of three diagonals, in descending order.</summary>
    /// <param name="diagonal">n numbers; destroyed.</param>
    /// <param name="beside">The n − 1 numbers beside the diagonal, and one more; destroyed.</param>
    public static double[] OfTridiagonal(double[] diagonal, double[] beside)
    {
        double[] d = diagonal, e = beside;
        for (int low = 0; low < d.Length; low++)
        {
            for (int rotation = 0; rotation < MostRotations; rotation++)
            {
                int end = low;
                while (end < d.Length - 1 && Math.Abs(e[end]) > Epsilon * (Math.Abs(d[end]) + Math.Abs(d[end + 1])))
                {
                    end++;
                }

                if (end == low)
                {
                    break;
                }

                Rotate(d, e, low, end);
            }
        }

        Array.Sort(d);
        Array.Reverse(d);
        return d;
    }

    /// <summary>The reflection vector v that makes all of x but its last number 0, 0 where that is so already; returns what the last number becomes.</summary>
    private static double Reflect(ReadOnlySpan<double> x, Span<double> v)
    {
        x.CopyTo(v);
        double rest = MatrixProduct.Dot(x[..^1], x[..^1]), last = x[^1];
        if (rest == 0)
        {
            v.Clear();
            return last;
        }

        double length = -Math.CopySign(Math.Sqrt(rest + (last * last)), last);
        v[^1] -= length;
        return length;
    }

    /// <summary>A ← H·A·H with H = I − scale·v·vᵀ on the leading rows and columns, in the lower triangle.</summary>
    private static void Apply(Matrix<double> a, ReadOnlySpan<double> v, Span<double> w, double scale)
    {
        w.Clear();
        for (int i = 0; i < v.Length; i++)
        {
            ReadOnlySpan<double> row = a[i][..i];
            w[i] += MatrixProduct.Dot(row, v[..i]) + (a[i][i] * v[i]);
            AddScaled(w[..i], v[i], row);
        }

        double share = 0.5 * scale * scale * MatrixProduct.Dot(w, v);
        for (int i = 0; i < v.Length; i++)
        {
            w[i] = (scale * w[i]) - (share * v[i]);
        }

        for (int i = 0; i < v.Length; i++)
        {
            Span<double> row = a[i][..(i + 1)];
            AddScaled(row, -v[i], w);
            AddScaled(row, -w[i], v);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> addend)
    {
        Vector512<double> times = Vector512.Create(factor);
        int i = 0;
        for (; i + Vector512<double>.Count <= target.Length; i += Vector512<double>.Count)
        {
            Vector512.FusedMultiplyAdd(times, Vector512.Create(addend[i..]), Vector512.Create<double>(target[i..])).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = Math.FusedMultiplyAdd(factor, addend[i], target[i]);
        }
    }

    /// <summary>One step of QL with implicit shift on the rows from <paramref name="low"/> to <paramref name="end"/>.</summary>
    private static void Rotate(double[] d, double[] e, int low, int end)
    {
        double g = (d[low + 1] - d[low]) / (2 * e[low]);
        g = d[end] - d[low] + (e[low] / (g + Math.CopySign(double.Hypot(g, 1), g)));
        double sine = 1, cosine = 1, p = 0;
        for (int i = end - 1; i >= low; i--)
        {
            double f = sine * e[i], b = cosine * e[i], r = double.Hypot(f, g);
            e[i + 1] = r;
            if (r == 0)
            {
                d[i + 1] -= p;
                e[end] = 0;
                return;
            }

            sine = f / r;
            cosine = g / r;
            g = d[i + 1] - p;
            r = ((d[i] - g) * sine) + (2 * cosine * b);
            p = sine * r;
            d[i + 1] = g + p;
            g = (cosine * r) - b;
        }

        d[low] -= p;
        e[low] = g;
        e[end] = 0;
    }
}
