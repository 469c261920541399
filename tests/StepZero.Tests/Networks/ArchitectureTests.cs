using StepZero.Networks;

namespace StepZero.Tests.Networks;

public sealed class ArchitectureTests
{
    [Fact]
    public void Networks_of_the_same_sizes_activation_and_loss_are_equal()
    {
        Architecture one = Of([5, 3], "relu"), same = Of([5, 3], "relu");
        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, Of([3, 5], "relu"));
        Assert.NotEqual(one, Of([5], "relu"));
        Assert.NotEqual(one, Of([5, 3], "tanh"));
        Assert.NotEqual(one, Of([5, 3], "relu", Loss.Mse));
        Assert.NotEqual(one, new Architecture(3, [5, 3], Activation.Relu));
    }

    private static Architecture Of(int[] hidden, string activation, Loss loss = Loss.BinaryCrossEntropy) => new(2, hidden, Activation.Parse(activation), loss);
}
