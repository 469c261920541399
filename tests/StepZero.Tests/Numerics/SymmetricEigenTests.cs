using System.Text.Json;
using StepZero.Numerics;
using StepZero.Tests.Diagnostics;

namespace StepZero.Tests.Numerics;

public sealed class SymmetricEigenTests
{
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
}
