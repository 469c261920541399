using System.Numerics.Tensors;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Initialization;

public sealed class FillTests
{
    private static readonly Initializer He = Initializer.Parse("he_normal");

    /// <summary>Every entry that fills a single tensor, on a shape that it takes.</summary>
    public static TheoryData<string, int[]> Parts
    {
        get
        {
            var cases = new TheoryData<string, int[]>();
            foreach (string key in ExpectedLaws.Table.Keys.Where(key => key.Split('@')[0] is not ("lsuv" or "autoinit")))
            {
                string name = key.Split('@')[0];
                cases.Add(ExpectedLaws.Text(key, $"{(key is "bias@pytorch" ? ":fan_in=11" : key is "bias@sklearn" ? ":fan_in=11:fan_out=13" : "")}:gain=2"), name is "dirac" or "delta_orthogonal" ? [7, 5, 3] : [13, 11]);
            }

            cases.Add("random:3:uniform", [13, 11]);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_part_is_that_part_of_the_whole_in_any_order_and_format(string text, int[] sizes)
    {
        var initializer = Initializer.Parse(text);
        var shape = new TensorShape(sizes);
        AssertParts<double>();
        AssertParts<float>();
        AssertParts<Half>();
        AssertParts<BFloat16>();

        void AssertParts<T>() where T : unmanaged
        {
            T[] whole = new T[shape.ElementCount], made = new T[shape.ElementCount];
            initializer.Fill(whole.AsSpan(), shape, new PhiloxRandom(4, "w"));

            // One stream serves all parts of a tensor, the last part first.
            var random = new PhiloxRandom(4, "w");
            foreach ((int start, int length) in ((int, int)[])[(50, shape.ElementCount - 50), (33, 17), (1, 32), (0, 1), (shape.ElementCount, 0)])
            {
                initializer.FillPart(made.AsSpan(start, length), start, shape, random);
            }

            Assert.Equal(whole, made);
        }
    }

    [Fact]
    public void A_part_outside_the_tensor_is_refused()
    {
        var shape = TensorShape.Dense(2, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => He.FillPart(new double[2].AsSpan(), -1, shape, new PhiloxRandom(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => He.FillPart(new double[2].AsSpan(), 5, shape, new PhiloxRandom(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => He.FillPart(new double[2].AsSpan(), int.MaxValue, shape, new PhiloxRandom(1)));
        Assert.Throws<ArgumentException>(() => He.FillPart(new int[2].AsSpan(), 0, shape, new PhiloxRandom(1)));
        Assert.Throws<StepZeroException>(() => Initializer.Parse("lsuv").FillPart(new double[2].AsSpan(), 0, shape, new PhiloxRandom(1)));
    }

    [Fact]
    public void A_span_of_another_length_than_the_shape_is_refused()
    {
        var random = new NumPyRandom(1);
        Assert.Equal(
            "The span has 5 elements; the shape 2×3 has 6. (Parameter 'weights')",
            Assert.Throws<ArgumentException>(() => He.Fill(new double[5].AsSpan(), TensorShape.Dense(2, 3), random)).Message);
        Assert.Throws<ArgumentException>(() => He.Fill(new Half[7].AsSpan(), TensorShape.Dense(2, 3), random));
        Assert.Equal(new NumPyRandom(1).NextUInt32(), random.NextUInt32());
    }

    [Fact]
    public void Other_types_are_refused()
    {
        const string Expected = "expected double, float, Half or BFloat16.";
        var random = new NumPyRandom(1);
        Assert.Equal($"Weights cannot be Int32; {Expected}", Assert.Throws<ArgumentException>(() => He.Fill(new int[6].AsSpan(), TensorShape.Dense(2, 3), random)).Message);
        Assert.Equal($"Weights cannot be Decimal; {Expected}", Assert.Throws<ArgumentException>(() => He.Fill(new decimal[2, 3], random)).Message);
        Assert.Equal($"Weights cannot be Double[]; {Expected}", Assert.Throws<ArgumentException>(() => He.Fill((double[][])[[1], [2]], random)).Message);
        Assert.Equal($"Weights cannot be Int64; {Expected}", Assert.Throws<ArgumentException>(() => He.Fill(Tensor.Create<long>([1, 2], [1, 2]), random)).Message);
    }

    [Fact]
    public void Arrays_of_any_rank_are_filled_in_the_order_of_memory()
    {
        AssertArray(new double[4, 3], He, TensorShape.DefaultLayout);
        AssertArray(new double[2, 3, 4, 5], Initializer.Parse("orthogonal"), TensorShape.DefaultLayout);
        AssertArray(new double[2, 3, 4, 5], He, "...,in,out");
        AssertArray(new double[5], Initializer.Parse("normal"), TensorShape.DefaultLayout);
        AssertArray(new double[0, 3], Initializer.Parse("normal"), TensorShape.DefaultLayout);

        static void AssertArray(Array array, Initializer initializer, string layout)
        {
            initializer.Fill(array, new NumPyRandom(3), layout);
            var shape = new TensorShape([.. Enumerable.Range(0, array.Rank).Select(array.GetLength)], layout);
            double[] expected = new double[shape.ElementCount];
            initializer.Fill(expected.AsSpan(), shape, new NumPyRandom(3));
            Assert.Equal(expected, array.Cast<double>());
        }
    }

    [Fact]
    public void Arrays_of_other_formats_are_filled_as_spans()
    {
        float[,] single = new float[4, 3];
        Half[,] half = new Half[4, 3];
        BFloat16[,] brain = new BFloat16[4, 3];
        float[] expected = new float[12];
        He.Fill(expected.AsSpan(), TensorShape.Dense(4, 3), new PhiloxRandom(3));
        He.Fill(single, new PhiloxRandom(3));
        He.Fill(half, new PhiloxRandom(3));
        He.Fill(brain, new PhiloxRandom(3));
        Assert.Equal(expected, single.Cast<float>());
        Assert.Equal(expected.Select(value => (Half)value), half.Cast<Half>());
        Assert.Equal(expected.Select(Nearest), brain.Cast<BFloat16>().Select(value => (float)value));

        // The nearest number of 8 significant bits; the draws are no ties.
        static float Nearest(float value) => (float)(Math.Round(Math.ScaleB(value, 7 - Math.ILogB(value))) * Math.Pow(2, Math.ILogB(value) - 7));
    }

    [Fact]
    public void Tensors_are_filled_slices_of_them_too()
    {
        double[] expected = new double[12];
        He.Fill(expected.AsSpan(), TensorShape.Dense(4, 3), new NumPyRandom(3));
        Tensor<double> tensor = Tensor.Create(new double[12], [4, 3]);
        He.Fill(tensor, new NumPyRandom(3));
        double[] found = new double[12];
        tensor.FlattenTo(found);
        Assert.Equal(expected, found);

        Tensor<float> kernel = Tensor.Create(new float[24], [2, 2, 3, 2]);
        float[] expectedKernel = new float[24], foundKernel = new float[24];
        He.Fill(expectedKernel.AsSpan(), new TensorShape([2, 2, 3, 2], "h,w,in,out"), new PhiloxRandom(3));
        He.Fill(kernel, new PhiloxRandom(3), "h,w,in,out");
        kernel.FlattenTo(foundKernel);
        Assert.Equal(expectedKernel, foundKernel);

        double[] wide = new double[20];
        He.Fill(Tensor.Create(wide, [4, 5]).Slice([0..4, 1..4]), new NumPyRandom(3));
        for (int row = 0; row < 4; row++)
        {
            Assert.Equal([0, .. expected[(3 * row)..((3 * row) + 3)], 0], wide[(5 * row)..((5 * row) + 5)]);
        }
    }

    [Fact]
    public void Single_precision_has_draws_of_its_own()
    {
        float[] single = new float[100];
        double[] exact = new double[100];
        He.Fill(single.AsSpan(), TensorShape.Dense(10, 10), new PhiloxRandom(3));
        He.Fill(exact.AsSpan(), TensorShape.Dense(10, 10), new PhiloxRandom(3));
        Assert.NotEqual(exact.Select(value => (float)value), single);
    }

    [Fact]
    public void A_composite_fills_no_single_tensor()
    {
        const string Message = "Initializer 'he+xavier': names one for each layer of a network; expected a single one for a single tensor.";
        var composite = Initializer.Parse("he+xavier");
        var shape = TensorShape.Dense(2, 3);
        Assert.Equal(Message, Assert.Throws<StepZeroException>(() => composite.Fill(new double[6].AsSpan(), shape, new NumPyRandom(1))).Message);
        Assert.Equal(Message, Assert.Throws<StepZeroException>(() => composite.Fill(new float[6].AsSpan(), shape, new NumPyRandom(1))).Message);
        Assert.Equal(Message, Assert.Throws<StepZeroException>(() => composite.FillPart(new Half[6].AsSpan(), 0, shape, new PhiloxRandom(1))).Message);
        Assert.Equal(Message, Assert.Throws<StepZeroException>(() => composite.Expected(shape)).Message);
    }

    [Fact]
    public void A_network_names_its_tensors_for_streams_that_ask()
    {
        Parameters drawn = Initializer.Parse("he+default@pytorch").Draw(new Architecture(4, [3, 2], Activation.Tanh), new PhiloxRandom(9));
        double[] second = new double[6], bias = new double[2];
        Initializer.Parse("default@pytorch").Fill(second.AsSpan(), TensorShape.Dense(2, 3), new PhiloxRandom(9, "layers.1.weight"));
        Initializer.Parse("bias:fan_in=3@pytorch").Fill(bias.AsSpan(), new TensorShape([2]), new PhiloxRandom(9, "layers.1.bias"));
        Assert.Equal(second, drawn.Weights[1]);
        Assert.Equal(bias, drawn.Biases[1]);
        Assert.Equal([0, 0, 0], drawn.Biases[0]);
    }
}
