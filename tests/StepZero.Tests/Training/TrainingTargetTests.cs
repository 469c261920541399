using StepZero.Training;

namespace StepZero.Tests.Training;

public class TrainingTargetTests
{
    [Theory]
    [InlineData("cost:0.1", TargetQuantity.Cost, 0.1)]
    [InlineData("cost:1e-7", TargetQuantity.Cost, 1e-7)]
    [InlineData("accuracy:0.95", TargetQuantity.Accuracy, 0.95)]
    [InlineData("accuracy:1", TargetQuantity.Accuracy, 1)]
    public void A_text_is_read_and_written_again(string text, TargetQuantity quantity, double value)
    {
        var target = TrainingTarget.Parse(text);
        Assert.Equal(new TrainingTarget(quantity, value), target);
        Assert.Equal(target, TrainingTarget.Parse(target.ToString()));
    }

    [Theory]
    [InlineData("cost", "finite cost above 0")]
    [InlineData("cost:0", "finite cost above 0")]
    [InlineData("cost:-1", "finite cost above 0")]
    [InlineData("cost:inf", "finite cost above 0")]
    [InlineData("cost:1:2", "finite cost above 0")]
    [InlineData("accuracy:95", "above 0 and up to 1")]
    [InlineData("accuracy:nan", "above 0 and up to 1")]
    [InlineData("acuracy:0.9", "accuracy")]
    [InlineData("", "cost")]
    public void Another_text_is_refused_with_what_was_expected(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<StepZeroException>(() => TrainingTarget.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_cost_is_reached_from_above_and_an_accuracy_from_below()
    {
        Assert.True(TrainingTarget.Parse("cost:0.5").IsReached(0.5));
        Assert.False(TrainingTarget.Parse("cost:0.5").IsReached(0.51));
        Assert.False(TrainingTarget.Parse("cost:0.5").IsReached(double.NaN));
        Assert.True(TrainingTarget.Parse("accuracy:0.5").IsReached(0.5));
        Assert.False(TrainingTarget.Parse("accuracy:0.5").IsReached(0.49));
    }
}
