using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Numerics;

public sealed class SymmetricEigenvaluesTests
{
    /// <summary>Those of Hilbert's matrix, 1/(i + j + 1), by arithmetic of 40 digits (mpmath).</summary>
    [Fact]
    public void Hilberts_matrix_has_its_eigenvalues()
    {
        Matrix<double> matrix = Make(6, (i, j) => 1.0 / (i + j + 1));
        double[] expected = [1.618899858924339, 0.24236087057520955, 0.016321521319875822, 0.0006157483541826576, 1.2570757122625194e-05, 1.0827994845655498e-07];
        Assert.All(expected.Zip(SymmetricEigenvalues.Of(matrix)), pair => Assert.Equal(pair.First, pair.Second, 2e-15));
    }

    /// <summary>2 on the diagonal and −1 beside it: 2 − 2·cos(kπ/(n + 1)).</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(301)]
    public void Second_differences_have_theirs(int n)
    {
        double[] found = SymmetricEigenvalues.Of(Make(n, (i, j) => i == j ? 2 : Math.Abs(i - j) == 1 ? -1 : 0));
        Assert.All(found.Index(), entry => Assert.Equal(2 - (2 * Math.Cos((n - entry.Index) * Math.PI / (n + 1))), entry.Item, 1e-13));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(50)]
    [InlineData(130)]
    public void A_turned_diagonal_matrix_has_its_diagonal(int n)
    {
        var random = new NumPyRandom(2);
        double[] turn = new double[n * n], diagonal = [.. Enumerable.Range(0, n).Select(i => i % 3 == 0 ? 0 : i % 3 == 1 ? 1 : (double)(i - 5))];
        random.FillStandardNormal(turn);
        OrthogonalMatrix.Replace(turn, n, n);
        double[] found = SymmetricEigenvalues.Of(Make(n, (i, j) => Enumerable.Range(0, n).Sum(k => turn[(i * n) + k] * diagonal[k] * turn[(j * n) + k])));
        Assert.All(diagonal.OrderDescending().Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-13 * n));
    }

    [Fact]
    public void Zeros_and_ones_are_no_special_case()
    {
        Assert.Equal([0, 0, 0, 0], SymmetricEigenvalues.Of(Make(4, (_, _) => 0)));
        Assert.Equal([1, 1, 1], SymmetricEigenvalues.Of(Make(3, (i, j) => i == j ? 1 : 0)));
        double[] ones = SymmetricEigenvalues.Of(Make(12, (_, _) => 1));
        Assert.Equal(12, ones[0], 1e-14);
        Assert.All(ones.Skip(1), value => Assert.Equal(0, value, 1e-14));
    }

    /// <summary>The upper triangle is left as nan: it must not be read.</summary>
    private static Matrix<double> Make(int n, Func<int, int, double> element)
    {
        Matrix<double> matrix = Matrix<double>.Allocate(n, n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                matrix[i][j] = j > i ? double.NaN : element(i, j);
            }
        }

        return matrix;
    }
}
