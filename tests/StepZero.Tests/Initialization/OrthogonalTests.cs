using StepZero.Initialization;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Initialization;

public sealed class OrthogonalTests
{
    public static TheoryData<string, int[], string, int> Convolutions => new()
    {
        { "orthogonal", [4, 3, 2, 2], "out,in,...", 1 },
        { "orthogonal", [20, 2, 3, 1], "out,in,...", 1 },
        { "orthogonal", [2, 3, 3, 5], "...,in,out", 1 },
        { "orthogonal:gain=2", [6, 2, 3, 3], "out,in,...", 3 },
        { "orthogonal", [12, 1, 3], "out,in,...", 2 },
        { "orthogonal", [2, 2, 3, 5], "h,w,group,out", 1 },
        { "orthogonal@pytorch", [6, 2, 3, 3], "out,in,...", 1 },
        { "orthogonal@keras", [2, 3, 3, 5], "...,in,out", 1 },
    };

    [Fact]
    public void Rows_or_columns_are_orthonormal_for_every_small_shape()
    {
        foreach (string name in (string[])["orthogonal", "orthogonal@pytorch", "orthogonal@keras", "orthogonal@jax", "orthogonal@flux"])
        {
            for (int outputs = 0; outputs <= 6; outputs++)
            {
                for (int inputs = 0; inputs <= 6; inputs++)
                {
                    double[] weights = new double[outputs * inputs];
                    Initializer.Parse(name).Fill(weights.AsSpan(), TensorShape.Dense(outputs, inputs), new PhiloxRandom(1, $"{outputs}×{inputs}"));
                    AssertOrthonormal(weights, outputs, inputs, 1);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void Each_group_of_a_convolution_is_orthogonal(string name, int[] sizes, string layout, int groups)
    {
        var shape = new TensorShape(sizes, layout, groups);
        double[] weights = new double[shape.ElementCount];
        Initializer.Parse(name).Fill(weights.AsSpan(), shape, new NumPyRandom(3));
        int field = (int)shape.ReceptiveField, columns = shape.InputsOfGroup * field;
        for (int group = 0; group < shape.Groups; group++)
        {
            double[] matrix = Matrix(weights, shape, group, Enumerable.Range(0, field));
            AssertOrthonormal(matrix, shape.OutputsOfGroup, columns, name.Contains("gain=2", StringComparison.Ordinal) ? 2 : 1);
        }

        // Each group has a matrix of its own.
        Assert.Equal(weights.Length, weights.Distinct().Count());
    }

    [Theory]
    [InlineData("orthogonal@pytorch", new[] { 6, 2, 3 }, "out,in,...", 3)]
    [InlineData("orthogonal@keras", new[] { 3, 4, 2 }, "w,group,out", 1)]
    [InlineData("delta_orthogonal@jax", new[] { 3, 2, 6 }, "w,in,out", 3)]
    public void Libraries_that_know_no_groups_make_one_matrix(string name, int[] sizes, string layout, int groups)
    {
        double[] weights = Filled(name, new TensorShape(sizes, layout, groups));
        Assert.Equal(Filled(name, new TensorShape(sizes, layout.Replace("group", "in", StringComparison.Ordinal))), weights);
    }

    [Fact]
    public void Single_precision_is_drawn_in_single_precision_and_as_orthogonal()
    {
        float[] weights = new float[20 * 30];
        Initializer.Parse("orthogonal").Fill(weights.AsSpan(), TensorShape.Dense(20, 30), new PhiloxRandom(1));
        AssertOrthonormal(Array.ConvertAll(weights, weight => (double)weight), 20, 30, 1, 1e-6);
    }

    /// <summary>Haar's measure: all elements have mean 0 and mean square 1/n. Without the signs of R the diagonal would be negative on the whole.</summary>
    [Fact]
    public void Matrices_are_uniform_over_all_orthogonal_ones()
    {
        const int Draws = 4096;
        double[] sums = new double[9], squares = new double[9], weights = new double[9];
        var random = new NumPyRandom(8);
        for (int draw = 0; draw < Draws; draw++)
        {
            Initializer.Parse("orthogonal").Fill(weights.AsSpan(), TensorShape.Dense(3, 3), random);
            for (int i = 0; i < 9; i++)
            {
                sums[i] += weights[i];
                squares[i] += weights[i] * weights[i];
            }
        }

        // An element is uniform on [−1, 1]: its variance is 1/3, that of its square 4/45.
        Assert.All(sums, sum => Assert.InRange(sum / Draws, -5 * Math.Sqrt(1.0 / 3 / Draws), 5 * Math.Sqrt(1.0 / 3 / Draws)));
        Assert.All(squares, square => Assert.InRange((square / Draws) - (1.0 / 3), -5 * Math.Sqrt(4.0 / 45 / Draws), 5 * Math.Sqrt(4.0 / 45 / Draws)));
    }

    [Theory]
    [InlineData("delta_orthogonal", new[] { 4, 3, 3, 3 }, "out,in,...", 1)]
    [InlineData("delta_orthogonal:gain=2", new[] { 3, 3, 4 }, "out,in,...", 1)]
    [InlineData("delta_orthogonal@jax", new[] { 2, 4, 3, 2, 5 }, "...,in,out", 1)]
    [InlineData("delta_orthogonal", new[] { 6, 2, 3, 3 }, "out,in,...", 3)]
    public void Delta_orthogonal_is_zero_but_at_the_center_and_keeps_norms(string name, int[] sizes, string layout, int groups)
    {
        var shape = new TensorShape(sizes, layout, groups);
        double[] weights = Filled(name, shape);
        int center = shape.Kernel.Aggregate(0, (place, size) => (place * size) + ((size + 1) / 2) - 1);
        for (int group = 0; group < shape.Groups; group++)
        {
            double[] matrix = Matrix(weights, shape, group, [center]);
            AssertOrthonormal(matrix, shape.OutputsOfGroup, shape.InputsOfGroup, name.Contains("gain=2", StringComparison.Ordinal) ? 2 : 1);
        }

        Assert.Equal(shape.Groups * shape.OutputsOfGroup * shape.InputsOfGroup, weights.Count(weight => weight != 0));
    }

    [Theory]
    [InlineData(new[] { 2, 3, 3, 3 }, "Initializer 'delta_orthogonal': the shape 2×3×3×3 is impossible; expected at least as many outputs as inputs, found 2 and 3. Use 'orthogonal'.")]
    [InlineData(new[] { 3, 2 }, "Initializer 'delta_orthogonal': the shape 3×2 is impossible; expected the three to five dimensions of a convolution. For a dense layer use 'identity' or 'orthogonal'.")]
    [InlineData(new[] { 3 }, "Initializer 'delta_orthogonal': the shape 3 is impossible; expected the three to five dimensions of a convolution.")]
    public void Delta_orthogonal_takes_convolutions_that_do_not_narrow(int[] sizes, string message) =>
        Assert.Equal(message, Assert.Throws<StepZeroException>(() => Filled("delta_orthogonal", new TensorShape(sizes))).Message);

    [Fact]
    public void Orthogonal_refuses_a_bias() => Assert.Equal(
        "Initializer 'orthogonal': the shape 4 is impossible; expected at least two dimensions. A bias takes 'zeros'.",
        Assert.Throws<StepZeroException>(() => Filled("orthogonal@keras", new TensorShape([4]))).Message);

    /// <summary>The matrix [outputs, inputs × places] of one group.</summary>
    private static double[] Matrix(double[] weights, TensorShape shape, int whichGroup, IEnumerable<int> places) =>
    [
        .. from output in Enumerable.Range(0, shape.OutputsOfGroup)
           from input in Enumerable.Range(0, shape.InputsOfGroup)
           from place in places
           select weights[shape.Offset(whichGroup, output, input, place)],
    ];

    private static double[] Filled(string name, TensorShape shape)
    {
        double[] weights = new double[shape.ElementCount];
        Initializer.Parse(name).Fill(weights.AsSpan(), shape, new NumPyRandom(5));
        return weights;
    }

    /// <summary>The rows have products 0 and 1 with each other, or the columns if these are fewer.</summary>
    private static void AssertOrthonormal(double[] matrix, int rows, int columns, double gain, double tolerance = 1e-14)
    {
        int count = Math.Min(rows, columns), length = Math.Max(rows, columns);
        for (int a = 0; a < count; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double product = 0;
                for (int i = 0; i < length; i++)
                {
                    product += rows <= columns ? matrix[(a * columns) + i] * matrix[(b * columns) + i] : matrix[(i * columns) + a] * matrix[(i * columns) + b];
                }

                Assert.Equal(a == b ? gain * gain : 0, product, tolerance * gain * gain);
            }
        }
    }
}
