using System.Text.Json;
using StepZero.Diagnostics;
using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Diagnostics;

public sealed class LanczosTests
{
    private static readonly JsonElement Golden = Repository.Golden("curvature.json");

    public static TheoryData<string> Matrices => [.. Golden.GetProperty("matrices").EnumerateArray().Select(golden => golden.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Matrices))]
    public void The_largest_and_the_smallest_eigenvalues_are_those_of_NumPy(string name)
    {
        (DenseMap map, double[] expected) = Read(name);
        double most = expected.Max(Math.Abs);
        foreach (int count in (int[])[1, 2, 3, 5, 8])
        {
            Extremes found = new Lanczos(map, count, wantsSmallest: true).Find(1e-6, 2000, startsFromFirst: false, CancellationToken.None);
            Assert.True(found.Converged);
            Assert.InRange(found.Residual, 0, 2e-6 * most);
            Assert.Equal(Math.Min(count, expected.Length), found.Largest.Length);
            Assert.Equal(expected[0], found.Smallest, 1e-6 * most);
            for (int i = 0; i < found.Largest.Length; i++)
            {
                Assert.Equal(expected[^(i + 1)], found.Largest[i], 1e-6 * most);
            }
        }
    }

    [Fact]
    public void A_full_basis_is_restarted()
    {
        // 1,000 eigenvalues, the largest of them near each other: far more products than vectors are kept.
        const int Size = 1000;
        var map = new DenseMap(Matrix<double>.Allocate(Size, Size));
        for (int i = 0; i < Size; i++)
        {
            map.Rows[i][i] = Math.Cos(Math.PI * i / Size);
        }

        Extremes found = new Lanczos(map, 2, wantsSmallest: true).Find(1e-6, 5000, startsFromFirst: false, CancellationToken.None);
        Assert.True(found.Converged);
        Assert.True(found.Products > 150, $"{found.Products} products");
        Assert.Equal(1, found.Largest[0], 1e-9);
        Assert.Equal(Math.Cos(Math.PI / Size), found.Largest[1], 1e-9);
        Assert.Equal(Math.Cos(Math.PI * (Size - 1) / Size), found.Smallest, 1e-9);
    }

    [Fact]
    public void A_search_that_is_cut_short_says_so_and_knows_how_far_it_is_off()
    {
        (DenseMap map, double[] expected) = Read("random_large");
        Extremes found = new Lanczos(map, 1, wantsSmallest: true).Find(1e-6, 8, startsFromFirst: false, CancellationToken.None);
        Assert.False(found.Converged);
        Assert.True(found.Residual > 1e-3);
        Assert.Contains(expected, value => Math.Abs(value - found.Largest[0]) <= found.Residual);
        Assert.True(found.Largest[0] < expected[^1] + 1e-12);
    }

    [Fact]
    public void The_same_search_gives_the_same_bits_and_a_known_vector_saves_products()
    {
        (DenseMap map, double[] expected) = Read("random_large");
        var search = new Lanczos(map, 1, wantsSmallest: false);
        Extremes first = search.Find(1e-6, 500, startsFromFirst: false, CancellationToken.None);
        Extremes again = search.Find(1e-6, 500, startsFromFirst: false, CancellationToken.None);
        Assert.Equal(first.Largest[0], again.Largest[0]);
        Assert.Equal(first.Residual, again.Residual);
        Extremes warm = search.Find(1e-6, 500, startsFromFirst: true, CancellationToken.None);
        Assert.Equal(expected[^1], warm.Largest[0], 1e-9);
        Assert.True(warm.Products < first.Products, $"{warm.Products} and {first.Products} products");
    }

    [Fact]
    public void A_start_that_is_an_eigenvector_does_not_hide_a_larger_eigenvalue()
    {
        var map = new DenseMap(Matrix<double>.Allocate(6, 6));
        for (int i = 0; i < 6; i++)
        {
            map.Rows[i][i] = i == 2 ? 3 : 0.1 * i;
        }

        var search = new Lanczos(map, 1, wantsSmallest: false);
        Assert.Equal(3, search.Find(1e-6, 500, startsFromFirst: false, CancellationToken.None).Largest[0], 1e-12);
        map.Rows[4][4] = 5;
        Assert.Equal(5, search.Find(1e-6, 500, startsFromFirst: true, CancellationToken.None).Largest[0], 1e-9);
    }

    [Fact]
    public void Numbers_that_are_not_finite_end_the_search()
    {
        (DenseMap map, _) = Read("random");
        map.Rows[3][4] = double.NaN;
        Extremes found = new Lanczos(map, 2, wantsSmallest: true).Find(1e-6, 500, startsFromFirst: false, CancellationToken.None);
        Assert.False(found.Converged);
        Assert.Equal([double.NaN, double.NaN, double.NaN], [.. found.Largest, found.Smallest]);
        Assert.Equal(1, found.Products);
    }

    [Fact]
    public void A_search_can_be_ended_early()
    {
        (DenseMap map, _) = Read("random");
        Assert.Throws<OperationCanceledException>(() => new Lanczos(map, 2, wantsSmallest: true).Find(1e-6, 500, startsFromFirst: false, new CancellationToken(canceled: true)));
    }

    private static (DenseMap Map, double[] Eigenvalues) Read(string name)
    {
        JsonElement golden = Golden.GetProperty("matrices").EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
        return (new DenseMap(DenseMap.Read(golden.GetProperty("rows"))), golden.GetProperty("eigenvalues").Numbers());
    }
}

/// <summary>A matrix that is there as numbers.</summary>
internal sealed class DenseMap(Matrix<double> rows) : ISymmetricMap
{
    public Matrix<double> Rows => rows;

    public int Length => rows.Columns;

    public int Dimension => rows.Columns;

    public static Matrix<double> Read(JsonElement json)
    {
        double[][] numbers = [.. json.EnumerateArray().Select(row => row.Numbers())];
        Matrix<double> matrix = Matrix<double>.Allocate(numbers.Length, numbers.Length);
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row].CopyTo(matrix[row]);
        }

        return matrix;
    }

    public void Multiply(Matrix<double> vector, Matrix<double> product)
    {
        Elementwise.Clear(product);
        MatrixProduct.AddTransposedRight(vector, rows, product);
    }

    public void Fill(Matrix<double> vector, NumPyRandom random) => random.FillStandardNormal(vector[0]);
}
