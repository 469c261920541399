using System.Text.Json;
using StepZero.Initialization;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Initialization;

public sealed class StructureTests
{
    [Theory]
    [InlineData("identity", 3, 5)]
    [InlineData("identity@pytorch", 5, 3)]
    [InlineData("identity@keras", 4, 4)]
    [InlineData("identity@flux", 5, 3)]
    [InlineData("identity", 0, 3)]
    public void The_identity_is_1_on_the_diagonal_cut_off_where_one_side_is_longer(string name, int outputs, int inputs)
    {
        double[] weights = Filled(name, TensorShape.Dense(outputs, inputs));
        for (int i = 0; i < weights.Length; i++)
        {
            Assert.Equal(i / inputs == i % inputs ? 1 : 0, weights[i]);
        }
    }

    [Theory]
    [InlineData("identity", "identity")]
    [InlineData("sparse", "sparse")]
    public void What_takes_two_dimensions_refuses_others(string name, string said)
    {
        string advice = name == "identity" ? " For a convolution use 'dirac'." : "";
        Assert.Equal($"Initializer '{said}': the shape 4×3×3 is impossible; expected two dimensions.{advice}", Refusal(name, new TensorShape([4, 3, 3])));
        Assert.Equal($"Initializer '{said}': the shape 4 is impossible; expected two dimensions.{advice}", Refusal(name, new TensorShape([4])));
    }

    [Fact]
    public void Every_group_of_a_grouped_matrix_gets_its_identity()
    {
        // Two groups of 2 outputs and 3 inputs, [4, 3]: rows 0 and 2 begin their group.
        var shape = new TensorShape([4, 3], groups: 2);
        Assert.Equal([1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0], Filled("identity", shape));
        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0], Filled("identity@pytorch", shape));
        Assert.Equal(4.0 / 12, Initializer.Parse("identity").Expected(shape).Mean, 1e-15);
        Assert.Equal(3.0 / 12, Initializer.Parse("identity@pytorch").Expected(shape).Mean, 1e-15);
    }

    /// <summary>Of an even kernel the later middle, as in the paper's ⌊k/2⌋.</summary>
    [Fact]
    public void Hadamard_of_a_convolution_stands_in_the_later_middle() =>
        Assert.Equal([0, 1, 0, 0, 0, 0, 0, 1], Filled("hadamard", new TensorShape([2, 2, 2])));

    [Fact]
    public void Dirac_puts_its_ones_where_PyTorch_puts_them()
    {
        foreach (JsonElement item in Repository.Golden("initializers.json").GetProperty("dirac").EnumerateArray())
        {
            int[] sizes = item.GetProperty("shape").Integers();
            int groups = item.GetProperty("groups").GetInt32();
            double[] ours = Filled("dirac", new TensorShape(sizes, groups: groups));
            Assert.Equal(item.GetProperty("ones").Integers(), Enumerable.Range(0, ours.Length).Where(i => ours[i] != 0));
            Assert.Equal(item.GetProperty("sum").GetDouble(), ours.Sum());
            Assert.Equal(ours, Filled($"dirac:groups={groups}@pytorch", new TensorShape(sizes)));
        }
    }

    [Fact]
    public void Dirac_hands_a_signal_on_in_any_layout()
    {
        var shape = new TensorShape([3, 3, 2, 2], "h,w,in,out");
        double[] weights = Filled("dirac:gain=2", shape);
        Assert.Equal([2, 2], weights.Where(weight => weight != 0));
        Assert.Equal((2, 2), (weights[shape.Offset(0, 0, 0, 4)], weights[shape.Offset(0, 1, 1, 4)]));
    }

    [Theory]
    [InlineData(new[] { 3, 2 }, "Initializer 'dirac': the shape 3×2 is impossible; expected the three to five dimensions of a convolution. For a dense layer use 'identity' or 'orthogonal'.")]
    [InlineData(new[] { 2, 2, 1, 1, 1, 1 }, "Initializer 'dirac': the shape 2×2×1×1×1×1 is impossible; expected the three to five dimensions of a convolution.")]
    public void Dirac_takes_convolutions_only(int[] sizes, string message)
    {
        Assert.Equal(message, Refusal("dirac", new TensorShape(sizes)));
        Assert.Equal(message, Refusal("dirac@pytorch", new TensorShape(sizes)));
    }

    [Fact]
    public void Groups_of_PyTorchs_dirac_must_divide_the_outputs() =>
        Assert.Equal("Shape 6×2×3: cannot have 4 groups; expected a divisor of the 6 outputs.", Refusal("dirac:groups=4@pytorch", new TensorShape([6, 2, 3])));

    [Fact]
    public void The_identity_of_Flux_takes_the_earlier_middle_of_an_even_kernel()
    {
        var even = new TensorShape([4, 3, 2, 2], "h,w,in,out");
        double[] weights = Filled("identity:gain=3@flux", even);
        Assert.Equal(2, weights.Count(weight => weight != 0));

        // Rows 0 … 3 have the middles 1 and 2, columns 0 … 2 the middle 1.
        Assert.Equal((3, 3), (weights[even.Offset(0, 0, 0, (1 * 3) + 1)], weights[even.Offset(0, 1, 1, (1 * 3) + 1)]));
        Assert.Equal([0, 0, 0], Filled("identity@flux", new TensorShape([3])));
        Assert.Equal(2 * 3 + 1, Array.FindIndex(Filled("dirac", even), weight => weight != 0) / 4);
    }

    [Fact]
    public void Hadamards_matrix_widens_a_layer()
    {
        // Sylvester by Kronecker products, and SciPy's.
        double[] sylvester = [1];
        int m = 0;
        foreach (JsonElement golden in Repository.Golden("initializers.json").GetProperty("hadamard").EnumerateArray())
        {
            int size = 1 << m;
            Assert.Equal(golden.Numbers(), sylvester);
            for (int outputs = Math.Max(2, (size / 2) + 1); outputs <= size; outputs++)
            {
                for (int inputs = 1; inputs < outputs; inputs++)
                {
                    double scale = Math.Pow(2, -(m - 1) / 2.0);
                    double[] weights = Filled("hadamard", TensorShape.Dense(outputs, inputs));
                    for (int i = 0; i < weights.Length; i++)
                    {
                        Assert.Equal(scale * sylvester[(i / inputs * size) + (i % inputs)], weights[i], 1e-15);
                    }
                }
            }

            sylvester = Kronecker(sylvester, size);
            m++;
        }
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(3, 5)]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    public void Hadamards_matrix_is_the_identity_where_a_layer_does_not_widen(int outputs, int inputs) =>
        Assert.Equal(Filled("identity", TensorShape.Dense(outputs, inputs)), Filled("zero_init", TensorShape.Dense(outputs, inputs)));

    [Fact]
    public void Hadamards_matrix_stands_at_the_center_of_a_kernel_in_each_group()
    {
        var shape = new TensorShape([6, 2, 3, 3], groups: 2);
        double[] weights = Filled("hadamard", shape), matrix = Filled("hadamard", TensorShape.Dense(3, 2));
        Assert.Equal(12, weights.Count(weight => weight != 0));
        for (int group = 0; group < 2; group++)
        {
            for (int i = 0; i < matrix.Length; i++)
            {
                Assert.Equal(matrix[i], weights[shape.Offset(group, i / 2, i % 2, 4)]);
            }
        }

        Assert.Equal("Initializer 'hadamard': the shape 4 is impossible; expected at least two dimensions. A bias takes 'zeros'.", Refusal("hadamard", new TensorShape([4])));
    }

    [Theory]
    [InlineData("dirac")]
    [InlineData("identity@flux")]
    [InlineData("hadamard")]
    [InlineData("orthogonal")]
    [InlineData("delta_orthogonal")]
    public void A_kernel_without_elements_stays_so(string name) => Assert.Empty(Filled(name, new TensorShape([4, 2, 0, 3])));

    [Theory]
    [InlineData("sparse", 0.1)]
    [InlineData("sparse", 0.34)]
    [InlineData("sparse@pytorch", 0.5)]
    [InlineData("sparse@flux", 1)]
    [InlineData("sparse", 0)]
    public void Sparse_leaves_the_same_number_of_zeros_in_each_column(string name, double sparsity)
    {
        string[] parts = name.Split('@');
        string text = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{parts[0]}:{sparsity}{(parts.Length > 1 ? "@" + parts[1] : "")}");
        foreach (RandomSource random in (RandomSource[])[new NumPyRandom(1), new PhiloxRandom(1), new PyTorchRandom(1), new NumPyGenerator(1)])
        {
            double[] weights = Filled(text, TensorShape.Dense(7, 5), random);
            int[] zeros = [.. Enumerable.Range(0, 5).Select(column => Enumerable.Range(0, 7).Count(row => weights[(row * 5) + column] == 0))];
            Assert.All(zeros, count => Assert.Equal((int)Math.Ceiling(sparsity * 7), count));
        }
    }

    [Fact]
    public void Every_group_of_a_sparse_matrix_gets_its_zeros()
    {
        double[] weights = Filled("sparse:0.5", new TensorShape([8, 3], groups: 2));
        for (int column = 0; column < 3; column++)
        {
            Assert.Equal(2, Enumerable.Range(0, 4).Count(row => weights[(row * 3) + column] == 0));
            Assert.Equal(2, Enumerable.Range(4, 4).Count(row => weights[(row * 3) + column] == 0));
        }
    }

    [Fact]
    public void Sparse_chooses_other_zeros_in_each_column()
    {
        double[] weights = Filled("sparse:0.5", TensorShape.Dense(40, 30), new PhiloxRandom(2));
        HashSet<string> columns = [.. Enumerable.Range(0, 30).Select(column => string.Concat(Enumerable.Range(0, 40).Select(row => weights[(row * 30) + column] == 0 ? "0" : "1")))];
        Assert.Equal(30, columns.Count);
    }

    private static double[] Kronecker(double[] matrix, int size)
    {
        double[] twice = new double[4 * matrix.Length];
        for (int i = 0; i < matrix.Length; i++)
        {
            (int row, int column) = (i / size, i % size);
            twice[(row * 2 * size) + column] = twice[(row * 2 * size) + size + column] = twice[((row + size) * 2 * size) + column] = matrix[i];
            twice[((row + size) * 2 * size) + size + column] = -matrix[i];
        }

        return twice;
    }

    private static double[] Filled(string name, TensorShape shape, RandomSource? random = null)
    {
        double[] weights = [.. Enumerable.Repeat(7.0, shape.ElementCount)];
        Initializer.Parse(name).Fill(weights.AsSpan(), shape, random ?? new NumPyRandom(1));
        return weights;
    }

    private static string Refusal(string name, TensorShape shape) => Assert.Throws<StepZeroException>(() => Filled(name, shape)).Message;
}
