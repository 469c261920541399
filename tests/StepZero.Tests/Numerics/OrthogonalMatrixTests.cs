using System.Text.Json;
using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Numerics;

/// <summary>Rows or columns, whichever are fewer, become orthonormal; for a tall matrix A = Q·R with a positive diagonal of the triangle R.</summary>
public sealed class OrthogonalMatrixTests
{
    public static TheoryData<int, int> Shapes
    {
        get
        {
            // Around a block of 32 columns, several blocks, and every small shape.
            TheoryData<int, int> shapes = new() { { 70, 33 }, { 33, 70 }, { 257, 257 }, { 31, 31 }, { 32, 32 }, { 33, 33 }, { 64, 65 }, { 300, 2 }, { 2, 300 } };
            foreach (int rows in Enumerable.Range(0, 7))
            {
                foreach (int columns in Enumerable.Range(0, 7))
                {
                    shapes.Add(rows, columns);
                }
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Becomes_orthonormal_and_spans_what_it_spanned(int rows, int columns)
    {
        double[] matrix = new double[rows * columns];
        new NumPyRandom(7).FillStandardNormal(matrix);
        double[][] a = Vectors(matrix, rows, columns);
        OrthogonalMatrix.Replace(matrix, rows, columns);
        double[][] q = Vectors(matrix, rows, columns);
        double tolerance = 1e-15 * (10 + Math.Sqrt(rows * columns));
        AssertOrthonormal(q, tolerance);
        for (int j = 0; j < a.Length; j++)
        {
            // R = QᵀA: nothing below the diagonal, something positive on it; and Q·R gives back column j.
            double[] r = [.. q.Select(vector => Dot(vector, a[j]))];
            double length = Math.Sqrt(Dot(a[j], a[j]));
            Assert.True(r[j] > 0, $"the diagonal element {j} of R is {r[j]}");
            Assert.All(r[(j + 1)..], below => Assert.Equal(0, below / length, tolerance));
            for (int i = 0; i < a[j].Length; i++)
            {
                double product = 0;
                for (int k = 0; k <= j; k++)
                {
                    product += q[k][i] * r[k];
                }

                Assert.Equal(a[j][i] / length, product / length, tolerance);
            }
        }
    }

    [Fact]
    public void Is_the_Q_of_NumPy_with_the_signs_of_the_diagonal_of_R()
    {
        foreach (JsonElement golden in Repository.Golden("orthogonal.json").GetProperty("cases").EnumerateArray())
        {
            double[] matrix = golden.GetProperty("matrix").Numbers(), expected = golden.GetProperty("orthogonal").Numbers();
            OrthogonalMatrix.Replace(matrix, golden.GetProperty("rows").GetInt32(), golden.GetProperty("columns").GetInt32());
            Precision.AssertBelow(1e-14, expected.Zip(matrix), pair => Math.Abs(pair.First - pair.Second));
        }
    }

    [Theory]
    [InlineData(40, 35)]
    [InlineData(35, 40)]
    [InlineData(4, 4)]
    public void A_matrix_without_full_rank_becomes_orthonormal_too(int rows, int columns)
    {
        double[] zeros = new double[rows * columns], ones = [.. Enumerable.Repeat(1.0, rows * columns)], identity = new double[rows * columns];
        for (int i = 0; i < Math.Min(rows, columns); i++)
        {
            identity[(i * columns) + i] = -2;
        }

        foreach (double[] matrix in new[] { zeros, ones, identity })
        {
            OrthogonalMatrix.Replace(matrix, rows, columns);
            AssertOrthonormal(Vectors(matrix, rows, columns), 1e-14);
        }

        Assert.Equal(-1, identity[0]);
    }

    private static void AssertOrthonormal(double[][] q, double tolerance)
    {
        for (int i = 0; i < q.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                Assert.Equal(i == j ? 1 : 0, Dot(q[i], q[j]), tolerance);
            }
        }
    }

    /// <summary>The columns of a tall matrix, the rows of a wide one.</summary>
    private static double[][] Vectors(double[] matrix, int rows, int columns) => rows < columns
        ? [.. matrix.Chunk(columns)]
        : [.. Enumerable.Range(0, columns).Select(column => Enumerable.Range(0, rows).Select(row => matrix[(row * columns) + column]).ToArray())];

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
