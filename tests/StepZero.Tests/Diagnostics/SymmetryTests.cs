using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Tests.Diagnostics;

public sealed class SymmetryTests
{
    private const int Features = 5;

    private static readonly Dataset Data = Cloud(60);

    [Theory]
    [InlineData("zeros", 4)]
    [InlineData("constant:0.1", 4)]
    [InlineData("he", 1)]
    public void Units_that_start_equal_are_found(string initializer, int group)
    {
        var architecture = new Architecture(Features, [4, 4, 4], Activation.Tanh);
        Symmetry symmetry = Look(architecture, Initializer.Parse(initializer).Draw(architecture, 1));
        foreach (LayerSymmetry layer in symmetry.Layers.SkipLast(1))
        {
            Assert.Equal(group - 1, layer.Redundant);
            Assert.Equal(group > 1 ? [[0, 1, 2, 3]] : [], layer.Copies);
            Assert.Equal(layer.Copies, layer.Twins);
        }

        Assert.Empty(symmetry.Layers[^1].Copies);
        Assert.Null(symmetry.Layers[^1].Activations);
    }

    /// <summary>Units 1 and 4 are copies, 0 and 3 twins only: their weights above differ.</summary>
    [Theory]
    [InlineData("adam", null)]
    [InlineData("gd", 16)]
    [InlineData("momentum", null)]
    public void Copies_stay_equal_under_training_and_twins_do_not(string optimizer, int? batch)
    {
        (Architecture architecture, Parameters parameters) = Paired();
        LayerSymmetry before = Look(architecture, parameters).Layers[1];
        Assert.Equal([[1, 4]], before.Copies);
        Assert.Equal([[0, 3], [1, 4]], before.Twins.OrderBy(group => group[0]));

        var options = new TrainingOptions { Optimizer = Optimizer.Parse(optimizer), BatchSize = batch, LearningRate = 0.05 };
        Trainer trainer = PreparedData.Prepare(Data, architecture, options).StartTrainer(architecture, parameters);
        for (int step = 0; step < 30; step++)
        {
            trainer.Step();
        }

        LayerSymmetry after = Look(architecture, trainer.CopyParameters()).Layers[1];
        Assert.Equal([[1, 4]], after.Copies);
        Assert.Equal([[1, 4]], after.Twins);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void One_other_number_parts_copies(int which)
    {
        (Architecture architecture, Parameters parameters) = Paired();
        double[] changed = which == 0 ? parameters.Biases[1] : parameters.Weights[which];
        int place = which == 0 ? 4 : which == 1 ? (4 * 3) + 2 : 6 + 4;
        changed[place] = Math.BitIncrement(changed[place]);
        LayerSymmetry layer = Look(architecture, parameters).Layers[1];
        Assert.Empty(layer.Copies);
        Assert.Equal(which == 2 ? [[0, 3], [1, 4]] : [[0, 3]], layer.Twins.OrderBy(group => group[0]));
        Assert.Contains(layer.NearCopies, group => group.SequenceEqual([1, 4]));
    }

    /// <summary>Twice a unit of relu and its neighbour by 1e-5 point the same way; the negative and a unit that is always 0 do not.</summary>
    [Fact]
    public void Near_copies_point_the_same_way()
    {
        var architecture = new Architecture(Features, [6], Activation.Relu);
        Parameters parameters = Initializer.He.Draw(architecture, 3);
        Span<double> first = parameters.WeightsInto(0, 0);
        for (int i = 0; i < Features; i++)
        {
            parameters.WeightsInto(0, 2)[i] = 2 * first[i];
            parameters.WeightsInto(0, 3)[i] = -first[i];
            parameters.WeightsInto(0, 4)[i] = first[i] + (i == 0 ? 1e-5 : 0);
            parameters.WeightsInto(0, 5)[i] = 0;
        }

        LayerSymmetry layer = Look(architecture, parameters).Layers[0];
        Assert.Equal([[0, 2, 4]], layer.NearCopies);
        Assert.Empty(layer.Twins);
        parameters.WeightsInto(0, 4)[0] += 0.01;
        Assert.Equal([[0, 2]], Look(architecture, parameters).Layers[0].NearCopies);
    }

    [Fact]
    public void Ranks_are_those_of_the_factors()
    {
        // 5 features through 40 linear units have rank 5; two samples have at most rank 2; a product of a tall and a wide matrix has the rank between.
        var architecture = new Architecture(Features, [40, 30], Activation.Identity);
        Parameters parameters = Initializer.He.Draw(architecture, 3);
        Multiply(parameters.Weights[1], 30, 40, 3);
        Symmetry symmetry = Look(architecture, parameters);
        Assert.Equal((5, 5), (symmetry.Layers[0].Weights!.Rank, symmetry.Layers[0].Weights!.Most));
        Assert.Equal((5, 40), (symmetry.Layers[0].Activations!.Rank, symmetry.Layers[0].Activations!.Most));
        Assert.Equal((3, 30), (symmetry.Layers[1].Weights!.Rank, symmetry.Layers[1].Weights!.Most));
        Assert.Equal((3, 30), (symmetry.Layers[1].Activations!.Rank, symmetry.Layers[1].Activations!.Most));
        Assert.Equal((1, 1), (symmetry.Layers[2].Weights!.Rank, symmetry.Layers[2].Weights!.Most));
        Dataset two = Data.Select([3, 4]);
        Assert.Equal((2, 2), (Look(architecture, parameters, two).Layers[0].Activations!.Rank, Look(architecture, parameters, two).Layers[0].Activations!.Most));
    }

    /// <summary>All singular values of an orthogonal matrix are equal; those of a row are one, its length.</summary>
    [Theory]
    [InlineData(1e-200)]
    [InlineData(1)]
    [InlineData(1e200)]
    public void Singular_values_of_any_size_are_told(double size)
    {
        var architecture = new Architecture(Features, [7, 9], Activation.Tanh);
        Parameters parameters = Initializer.Parse("orthogonal").Draw(architecture, 3);
        for (int i = 0; i < 63; i++)
        {
            parameters.Weights[1][i] *= size;
        }

        MatrixRank rank = Look(architecture, parameters).Layers[1].Weights!;
        Assert.Equal((7, 7), (rank.Rank, rank.Most));
        Assert.Equal(7, rank.StableRank, 1e-9);
        double gain = Math.Sqrt(parameters.Weights[1].Sum(weight => weight / size * (weight / size)) / 7);
        Assert.Equal(gain, rank.LargestSingularValue / size, 1e-9);
        MatrixRank row = Look(architecture, parameters).Layers[2].Weights!;
        Assert.Equal(Math.Sqrt(parameters.Weights[2].Sum(weight => weight * weight)), row.LargestSingularValue, 1e-12);
    }

    [Fact]
    public void Weak_directions_count_down_to_a_millionth()
    {
        var architecture = new Architecture(Features, [3], Activation.Identity);
        var parameters = new Parameters(architecture);
        (parameters.WeightsInto(0, 0)[1], parameters.WeightsInto(0, 1)[3], parameters.WeightsInto(0, 2)[4]) = (-5, 6e-6, 4e-6);
        Assert.Equal(2, Look(architecture, parameters).Layers[0].Weights!.Rank);
    }

    [Fact]
    public void Nan_weights_have_no_rank_and_zeros_rank_0()
    {
        var architecture = new Architecture(Features, [3, 3], Activation.Tanh);
        Parameters parameters = Initializer.Xavier.Draw(architecture, 3);
        parameters.Weights[1][0] = double.NaN;
        Symmetry symmetry = Look(architecture, parameters);
        Assert.NotNull(symmetry.Layers[0].Activations);
        Assert.Null(symmetry.Layers[1].Weights ?? symmetry.Layers[1].Activations);
        Assert.Equal(new MatrixRank(0, 3, 0, 0), Look(architecture, new Parameters(architecture)).Layers[1].Activations);
    }

    [Fact]
    public void A_network_of_no_and_of_a_thousand_hidden_layers_is_looked_at()
    {
        var none = new Architecture(Features, [], Activation.Tanh);
        Assert.Single(Look(none, Initializer.Xavier.Draw(none, 1)).Layers);
        var deep = new Architecture(Features, [.. Enumerable.Repeat(3, 1000)], Activation.Tanh);
        Symmetry symmetry = Look(deep, Initializer.Xavier.Draw(deep, 1));
        Assert.Equal(1001, symmetry.Layers.Count);
        Assert.Equal(1, symmetry.Layers[999].Activations!.StableRank, 0.1);
    }

    [Fact]
    public void What_does_not_fit_is_refused() => Assert.Equal(
        "'cloud' has 60 samples of 5 features; expected at least one of 4. (Parameter 'data')",
        Assert.Throws<ArgumentException>(() => Look(new Architecture(4, [], Activation.Tanh), new Parameters(new Architecture(4, [], Activation.Tanh)))).Message);

    private static Symmetry Look(Architecture architecture, Parameters parameters, Dataset? data = null) =>
        Symmetry.Of(architecture, parameters, data ?? Data, Scaling.None.Fit(Data));

    /// <summary>A network of two hidden layers, 3 and 6 units; in the second 0 and 3 are equal from below, 1 and 4 from both sides.</summary>
    private static (Architecture Architecture, Parameters Parameters) Paired()
    {
        var architecture = new Architecture(Features, [3, 6, 2], Activation.Tanh);
        Parameters parameters = Initializer.Xavier.Draw(architecture, 3);
        parameters.WeightsInto(1, 0).CopyTo(parameters.WeightsInto(1, 3));
        parameters.WeightsInto(1, 1).CopyTo(parameters.WeightsInto(1, 4));
        for (int above = 0; above < 2; above++)
        {
            parameters.WeightsInto(2, above)[4] = parameters.WeightsInto(2, above)[1];
        }

        return (architecture, parameters);
    }

    private static void Multiply(double[] weights, int rows, int columns, int inner)
    {
        var random = new NumPyRandom(8);
        double[] left = new double[rows * inner], right = new double[inner * columns];
        random.FillStandardNormal(left);
        random.FillStandardNormal(right);
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Enumerable.Range(0, inner).Sum(k => left[(i / columns * inner) + k] * right[(k * columns) + (i % columns)]);
        }
    }

    private static Dataset Cloud(int samples)
    {
        double[] values = new double[samples * Features];
        new NumPyRandom(3).FillStandardNormal(values);
        return Dataset.FromValues("cloud", values, Features, [.. Enumerable.Range(0, samples).Select(i => i % 2)], ["a", "b"]);
    }
}
