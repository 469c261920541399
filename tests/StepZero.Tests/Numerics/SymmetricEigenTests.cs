using System.Text.Json;
using StepZero.Numerics;
using StepZero.Tests.Diagnostics;

namespace StepZero.Tests.Numerics;

public sealed class SymmetricEigenTests
{
    /// <summary>Those of Hilbert's matrix, 1/(i + j + 1), by arithmetic of 40 digits (mpmath).</summary>
    [Fact]
    public void Hilberts_matrix_has_its_eigenvalues()
    {
        Matrix<double> matrix = Make(6, (i, j) => 1.0 / (i + j + 1));
        double[] expected = [1.618899858924339, 0.24236087057520955, 0.016321521319875822, 0.0006157483541826576, 1.2570757122625194e-05, 1.0827994845655498e-07];
        Assert.All(expected.Zip(SymmetricEigen.Decompose(matrix)), pair => Assert.Equal(pair.First, pair.Second, 2e-15));
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
        double[] found = SymmetricEigen.Decompose(Make(n, (i, j) => i == j ? 2 : Math.Abs(i - j) == 1 ? -1 : 0));
        Assert.All(found.Index(), entry => Assert.Equal(2 - (2 * Math.Cos((n - entry.Index) * Math.PI / (n + 1))), entry.Item, 1e-13));
    }

    private static readonly JsonElement Matrices = Repository.Golden("curvature.json").GetProperty("matrices");

    public static TheoryData<string> Names => [.. Matrices.EnumerateArray().Select(golden => golden.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Eigenvalues_are_those_of_NumPy_and_vectors_belong_to_them(string name)
    {
        JsonElement golden = Matrices.EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
        double[] expected = golden.GetProperty("eigenvalues").Numbers();
        Matrix<double> a = DenseMap.Read(golden.GetProperty("rows")), vectors = Matrix<double>.Allocate(a.Rows, a.Rows);
        double[] values = SymmetricEigen.Decompose(DenseMap.Read(golden.GetProperty("rows")), vectors);
        Assert.Equal(values, SymmetricEigen.Decompose(DenseMap.Read(golden.GetProperty("rows"))));
        double tolerance = 1e-14 * expected.Max(Math.Abs);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(expected[^(i + 1)], values[i], tolerance);
            for (int row = 0; row < values.Length; row++)
            {
                Assert.Equal(values[i] * vectors[i][row], MatrixProduct.Dot(a[row], vectors[i]), tolerance);
                Assert.Equal(i == row ? 1 : 0, MatrixProduct.Dot(vectors[i], vectors[row]), 1e-14);
            }
        }
    }

    private static Matrix<double> Make(int n, Func<int, int, double> element)
    {
        Matrix<double> matrix = Matrix<double>.Allocate(n, n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                matrix[i][j] = element(i, j);
            }
        }

        return matrix;
    }
}
