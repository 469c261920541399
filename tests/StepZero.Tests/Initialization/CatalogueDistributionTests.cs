using System.Globalization;
using System.Numerics.Tensors;
using StepZero.Initialization;
using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Initialization;

public sealed class CatalogueDistributionTests
{
    private static readonly string[] BlindToShapes = ["zeros", "ones", "constant", "random", "uniform", "normal", "truncated_normal", "bias"];

    public static TheoryData<string, string, string> Laws => [.. Rows(row => row.Law is not null)];

    public static TheoryData<string, string, string> Wholes => [.. Rows(row => row.Sums is not null)];

    [Fact]
    public void The_table_of_expectations_covers_the_catalogue() => Assert.Equal(
        Catalogue.Entries.SelectMany(entry => entry.Variants.Select(variant => $"{entry.Name}@{CanonicalText.Of(variant.Library)}")).Order(), ExpectedLaws.Table.Keys.Order());

    /// <summary>
    /// At 50,000 draws and more Kolmogorov-Smirnov tells a uniform from a normal distribution and a standard deviation 5% off; see the test of its power.
    /// </summary>
    [Theory]
    [MemberData(nameof(Laws))]
    public void Every_weight_follows_its_law_in_every_format(string key, string setting, string shapeName)
    {
        ShapeCase shape = ShapeCase.Named(shapeName);
        var initializer = Initializer.Parse(ExpectedLaws.Text(key, setting));
        ExpectedLaw row = ExpectedLaws.Table[key];
        if (row.DenseOnly && !shape.IsDense)
        {
            Assert.Throws<StepZeroException>(() => initializer.Fill(new double[shape.Count].AsSpan(), shape.Shape, new PhiloxRandom(1)));
            return;
        }

        var given = new ExpectedLaw.Given(setting, shape);
        Law law = row.Law!(given).Times(ExpectedLaws.GainOf(given, key.EndsWith("@pytorch", StringComparison.Ordinal)));
        Moments expected = initializer.Expected(shape.Shape);
        double scale = Math.Max(Math.Sqrt(law.Variance), Math.Abs(law.Mean));
        Assert.InRange(expected.Mean - law.Mean, -1e-8 * scale, 1e-8 * scale);
        Assert.InRange(expected.Deviation - Math.Sqrt(law.Variance), -1e-8 * scale, 1e-8 * scale);

        double[] exact = Filled(new PhiloxRandom(11, "weight"), new double[shape.Count]);
        AssertFollows(exact, 1e-9);
        AssertFollows(Wide(Filled(new PhiloxRandom(12, "weight"), new float[shape.Count])), 1e-6);
        if (shape.IsDense)
        {
            AssertFollows(Filled(new NumPyRandom(13), new double[shape.Count]), 1e-9);
            AssertFollows(Array.ConvertAll(Filled(new PhiloxRandom(14, "weight"), new Half[shape.Count]), value => (double)value), 1.0 / 2048);
            AssertFollows(Array.ConvertAll(Filled(new PhiloxRandom(15, "weight"), new BFloat16[shape.Count]), value => (double)(float)value), 1.0 / 256);
        }

        T[] Filled<T>(RandomSource random, T[] weights) where T : unmanaged
        {
            initializer.Fill(weights.AsSpan(), shape.Shape, random);
            return weights;
        }

        void AssertFollows(double[] sample, double rounding)
        {
            if (LawCheck.Complaint(sample, law, rounding) is string complaint)
            {
                Assert.Fail($"{initializer} on {shape.Shape}: {complaint}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Wholes))]
    public void Every_tensor_made_as_a_whole_has_its_sums(string key, string setting, string shapeName)
    {
        ShapeCase shape = ShapeCase.Named(shapeName);
        var initializer = Initializer.Parse(ExpectedLaws.Text(key, setting));
        var given = new ExpectedLaw.Given(setting, shape);
        double gain = given["gain", 1];
        double[] weights = new double[shape.Count];
        if (ExpectedLaws.Table[key].Sums!(shape, given) is not (double sum, double squares))
        {
            Assert.Throws<StepZeroException>(() => initializer.Fill(weights.AsSpan(), shape.Shape, new PhiloxRandom(1)));
            Assert.Throws<StepZeroException>(() => initializer.Expected(shape.Shape));
            return;
        }

        (sum, squares) = (gain * sum, gain * gain * squares);
        double meanSquare = squares / shape.Count, mean = double.IsNaN(sum) ? 0 : sum / shape.Count;
        Moments expected = initializer.Expected(shape.Shape);
        Assert.Equal(mean, expected.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(meanSquare - (mean * mean)), expected.Deviation, 1e-12 * gain);

        foreach (RandomSource random in (RandomSource[])[new PhiloxRandom(3, "weight"), new NumPyRandom(3)])
        {
            initializer.Fill(weights.AsSpan(), shape.Shape, random);
            double chance = 5 * Math.Sqrt(squares);
            Assert.InRange(TensorPrimitives.Sum<double>(weights) - (mean * shape.Count), double.IsNaN(sum) ? -chance : -1e-9, double.IsNaN(sum) ? chance : 1e-9);
            double found = TensorPrimitives.SumOfSquares<double>(weights), tolerance = key.StartsWith("sparse", StringComparison.Ordinal) ? 5 * Math.Sqrt(2.0 / shape.Count) * 2 : 1e-11;
            Assert.InRange(found / squares, 1 - tolerance, 1 + tolerance);
        }

        float[] single = new float[shape.Count];
        initializer.Fill(single.AsSpan(), shape.Shape, new PhiloxRandom(3, "weight"));
        Assert.InRange(TensorPrimitives.SumOfSquares<double>(Wide(single)) / squares, 0.97, 1.03);
    }

    [Fact]
    public void The_test_has_the_power_to_refuse_the_wrong_law()
    {
        double[] normal = new double[61440], uniform = new double[61440], truncated = new double[61440];
        new NumPyRandom(5).FillNormal(normal, 0, 1);
        new NumPyRandom(5).FillUniform(uniform, -Math.Sqrt(3), Math.Sqrt(3));
        new NumPyRandom(5).FillTruncatedNormal(truncated, 0, 1, -2, 2);
        Law standard = Law.Normal(0, 1), cut = Law.Truncated(0, 1, -2, 2);
        Assert.Null(LawCheck.Complaint(normal, standard));
        Assert.Null(LawCheck.Complaint(uniform, Law.UniformOfVariance(1)));
        Assert.Null(LawCheck.Complaint(truncated, cut));

        // By Kolmogorov-Smirnov alone.
        Assert.True(LawCheck.IsRefusedByKolmogorov(uniform, standard), "uniform of the same variance");
        Assert.True(LawCheck.IsRefusedByKolmogorov(normal, Law.UniformOfVariance(1)), "normal for uniform");
        Assert.True(LawCheck.IsRefusedByKolmogorov(normal, Law.Normal(0, 1.05)), "5% too narrow");
        Assert.True(LawCheck.IsRefusedByKolmogorov(normal, Law.Normal(0, 0.95)), "5% too wide");
        Assert.True(LawCheck.IsRefusedByKolmogorov(truncated, Law.CorrectedOfVariance(1)), "truncated without correction");
        Assert.True(LawCheck.IsRefusedByKolmogorov(normal, Law.Normal(0.02, 1)), "a mean 2% of a standard deviation off");

        // With the moments and the bounds.
        Assert.NotNull(LawCheck.Complaint(normal, Law.CorrectedOfVariance(1)));
        Assert.NotNull(LawCheck.Complaint([.. normal.Select(value => value * 1.02)], standard));
        Assert.NotNull(LawCheck.Complaint([.. truncated.Append(2.001)], cut));
        Assert.NotNull(LawCheck.Complaint([.. normal.Append(double.NaN)], standard));
    }

    [Fact]
    public void The_test_knows_the_numbers_of_the_truncated_normal_distribution()
    {
        Law cut = Law.Truncated(0, 1, -2, 2);
        Assert.Equal(0.7737413035, cut.Variance, 1e-10);
        Assert.Equal(0.8796256610342398, Math.Sqrt(cut.Variance), 1e-10);
        Assert.Equal(0.5 + (0.3413447460685429 / 0.9544997361036416), cut.Cdf(1), 1e-11);
        Assert.Equal([0, 1, 0, 3, 0, 15], Enumerable.Range(1, 6).Select(k => Math.Round(Law.Normal(2, 1).CentralMoment(k), 9)));
    }

    [Theory]
    [InlineData("truncated_normal:low=1.5:high=1.5", 0.075)]
    [InlineData("truncated_normal:std=0:mean=3", 3)]
    [InlineData("uniform:low=2:high=2", 2)]
    [InlineData("normal:gain=0", 0)]
    public void A_distribution_of_one_value_gives_it(string text, double value)
    {
        double[] weights = new double[9];
        Initializer.Parse(text).Fill(weights.AsSpan(), TensorShape.Dense(3, 3), new PhiloxRandom(1));
        Assert.All(weights, weight => Assert.Equal(value, weight, 1e-15));
        Moments expected = Initializer.Parse(text).Expected(TensorShape.Dense(3, 3));
        Assert.Equal(value, expected.Mean, 1e-15);
        Assert.Equal(0, expected.Deviation);
    }

    [Theory]
    [InlineData("lsuv")]
    [InlineData("autoinit")]
    public void What_needs_data_fills_no_single_tensor(string name)
    {
        string message = $"Initializer '{name}': its weights depend on the data that reach a layer. Start a network with it, as 'stepzero compare --init {name}' does, or pass data to Initializer.Draw.";
        Assert.Equal(message, Assert.Throws<StepZeroException>(() => Initializer.Parse(name).Fill(new double[6].AsSpan(), TensorShape.Dense(2, 3), new NumPyRandom(1))).Message);
        Assert.Equal(message, Assert.Throws<StepZeroException>(() => Initializer.Parse(name).Expected(TensorShape.Dense(2, 3))).Message);
    }

    private static IEnumerable<TheoryDataRow<string, string, string>> Rows(Func<ExpectedLaw, bool> which) =>
        from row in ExpectedLaws.Table
        where which(row.Value)
        from setting in row.Value.Settings
        from shape in ShapeCase.All
        where shape.Name is "dense" or "grouped" || !BlindToShapes.Contains(row.Key.Split('@')[0])
        select new TheoryDataRow<string, string, string>(row.Key, setting, shape.Name);

    private static double[] Wide(float[] values) => Array.ConvertAll(values, value => (double)value);

    /// <summary>An interval so narrow that the density in it is flat, and wider ones against the mean and spread of many draws.</summary>
    [Theory]
    [InlineData(0, 1e-9)]
    [InlineData(0, 1e-6)]
    [InlineData(1.5, 1.5001)]
    [InlineData(1.5, 1.501)]
    [InlineData(-0.2, 0.1)]
    [InlineData(5, 5.3)]
    public void Moments_of_a_truncated_normal_hold_for_narrow_intervals(double low, double high)
    {
        var initializer = Initializer.Parse(string.Create(CultureInfo.InvariantCulture, $"truncated_normal:std=1:low={low}:high={high}"));
        double[] values = new double[65536];
        var shape = TensorShape.Dense(256, 256);
        initializer.Fill(values.AsSpan(), shape, new PhiloxRandom(3));
        double mean = values.Average(), deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        Assert.Equal(mean, initializer.Expected(shape).Mean, 4 * deviation / 256);
        Assert.Equal(1, initializer.Expected(shape).Deviation / deviation, 0.015);
    }
}
