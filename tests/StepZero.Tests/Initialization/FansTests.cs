using System.Text.Json;
using StepZero.Initialization;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Initialization;

public sealed class FansTests
{
    public static TheoryData<int[], string, int, double, double, double, double> ByHand => new()
    {
        // sizes, layout, groups; our fan-in and fan-out; those of libraries that know no groups
        { [3, 4], "out,in,...", 1, 4, 3, 4, 3 },
        { [4, 3], "in,out", 1, 4, 3, 4, 3 },
        { [64, 3, 7, 7], "out,in,...", 1, 147, 3136, 147, 3136 },
        { [7, 7, 3, 64], "...,in,out", 1, 147, 3136, 147, 3136 },
        { [6, 5, 4], "out,in,...", 1, 20, 24, 20, 24 },
        { [2, 3, 4, 5, 6], "out,in,...", 1, 360, 240, 360, 240 },
        { [2, 3, 4, 5, 6], "...,in,out", 1, 120, 144, 120, 144 },
        { [4, 1, 3, 3], "out,in,...", 4, 9, 9, 9, 36 },
        { [8, 2, 3, 3], "out,in,...", 2, 18, 36, 18, 72 },
        { [3, 3, 2, 8], "h,w,in,out", 2, 18, 36, 18, 72 },
        { [3, 3, 8, 2], "h,w,group,out", 1, 9, 18, 72, 18 },
        { [1, 1], "out,in,...", 1, 1, 1, 1, 1 },
    };

    [Theory]
    [MemberData(nameof(ByHand))]
    public void Fans_are_those_counted_by_hand(int[] sizes, string layout, int groups, double into, double from, double intoWithoutGroups, double fromWithoutGroups)
    {
        var shape = new TensorShape(sizes, layout, groups);
        Assert.Equal(new Fans(into, from), Fans.Of(shape));
        foreach (Library library in (Library[])[Library.Pytorch, Library.Keras, Library.Jax, Library.Flux])
        {
            Assert.Equal(new Fans(intoWithoutGroups, fromWithoutGroups), Fans.Of(shape, library));
        }
    }

    [Fact]
    public void Fans_of_PyTorch_are_those_of_PyTorch()
    {
        foreach (JsonElement item in Repository.Golden("initializers.json").GetProperty("fans").EnumerateArray())
        {
            var expected = new Fans(item.GetProperty("in").GetDouble(), item.GetProperty("out").GetDouble());
            Assert.Equal(expected, Fans.Of(new TensorShape(item.GetProperty("shape").Integers()), Library.Pytorch));
        }
    }

    [Fact]
    public void A_mode_chooses_one_fan_or_a_mean_of_both()
    {
        var fans = new Fans(9, 36);
        Assert.Equal([9, 36, 22.5, 18], Enum.GetValues<FanMode>().Select(fans.By));
        Assert.Equal(["fan_in", "fan_out", "fan_avg", "fan_geo_avg"], Fans.ModeNames);
        Assert.Equal(["FanIn", "FanOut", "FanAvg", "FanGeoAvg"], Enum.GetNames<FanMode>());
    }

    [Fact]
    public void Fewer_than_two_dimensions_have_the_fans_that_Keras_and_Flux_give_them()
    {
        Assert.Equal(new Fans(5, 5), Fans.Of(new TensorShape([5]), Library.Keras));
        Assert.Equal(new Fans(1, 1), Fans.Of(new TensorShape([0]), Library.Keras));
        Assert.Equal(new Fans(1, 1), Fans.Of(new TensorShape([]), Library.Keras));
        Assert.Equal(new Fans(1, 5), Fans.Of(new TensorShape([5]), Library.Flux));
        Assert.Equal(new Fans(1, 1), Fans.Of(new TensorShape([]), Library.Flux));
    }

    [Theory]
    [InlineData(Library.Stepzero)]
    [InlineData(Library.Pytorch)]
    [InlineData(Library.Jax)]
    [InlineData(Library.Sklearn)]
    public void Fewer_than_two_dimensions_are_refused_elsewhere(Library library)
    {
        const string Advice = "and fans need at least 2. A bias takes an initializer without fans, such as 'zeros', or 'bias:fan_in=30@pytorch'.";
        Assert.Equal($"Shape 5: has 1 dimension(s), {Advice}", Assert.Throws<StepZeroException>(() => Fans.Of(new TensorShape([5]), library)).Message);
        Assert.Equal($"Shape scalar: has 0 dimension(s), {Advice}", Assert.Throws<StepZeroException>(() => Fans.Of(new TensorShape([]), library)).Message);
    }

    [Fact]
    public void A_tensor_without_elements_has_the_fans_that_the_library_gives_it()
    {
        var noInputs = new TensorShape([4, 0]);
        Assert.Equal(new Fans(0, 4), Fans.Of(noInputs, Library.Pytorch));
        Assert.Equal(new Fans(0, 4), Fans.Of(noInputs, Library.Flux));
        Assert.Equal(new Fans(1, 4), Fans.Of(noInputs, Library.Keras));
        Assert.Equal(
            "Shape 4×0: has no elements, where JAX divides by zero. Leave the tensor out, or use 'zeros'.",
            Assert.Throws<StepZeroException>(() => Fans.Of(noInputs, Library.Jax)).Message);
        Assert.Equal(
            "Shape 4×0: has no elements, so no variance follows from its fans. Leave the tensor out, or use 'zeros'.",
            Assert.Throws<StepZeroException>(() => Fans.Of(noInputs)).Message);
    }

    [Theory]
    [InlineData("he_normal@pytorch")]
    [InlineData("he_normal@keras")]
    [InlineData("glorot_uniform@flux")]
    [InlineData("lecun_normal@flux")]
    [InlineData("normal")]
    public void Filling_a_tensor_without_elements_draws_nothing_and_ends(string text)
    {
        foreach (int[] sizes in (int[][])[[4, 0], [0, 4], [4, 3, 0, 3]])
        {
            Initializer.Parse(text).Fill(Span<double>.Empty, new TensorShape(sizes), new NumPyRandom(1));
        }
    }
}
