using StepZero.Maps;

namespace StepZero.Tests.Maps;

public sealed class MapMeasureTests
{
    [Theory]
    [InlineData("cost", "cost", MapQuantity.Cost, double.NaN)]
    [InlineData("convergence", "convergence", MapQuantity.Convergence, double.NaN)]
    [InlineData("accuracy", "accuracy", MapQuantity.Accuracy, double.NaN)]
    [InlineData("sharpness", "sharpness", MapQuantity.Sharpness, double.NaN)]
    [InlineData("iterations:1e-1", "iterations:0.1", MapQuantity.Iterations, 0.1)]
    public void A_text_is_read_and_written(string text, string canonical, MapQuantity quantity, double target)
    {
        var measure = MapMeasure.Parse(text);
        Assert.Equal(new MapMeasure(quantity, target), measure);
        Assert.Equal(canonical, measure.ToString());
        Assert.Equal(measure, MapMeasure.Parse(canonical));
    }

    [Theory]
    [InlineData("", "Unknown measure ''. Known: cost, convergence, accuracy, iterations, sharpness.")]
    [InlineData("accuracie", "Unknown measure 'accuracie'; did you mean 'accuracy'? Known: cost, convergence, accuracy, iterations, sharpness.")]
    [InlineData("cost:1", "Measure 'cost:1': 'cost' takes no target.")]
    [InlineData("iterations", "Measure 'iterations': expected the cost to reach, a number above 0, as in 'iterations:0.1'.")]
    [InlineData("iterations:0", "Measure 'iterations:0': expected the cost to reach, a number above 0, as in 'iterations:0.1'.")]
    [InlineData("iterations:nan", "Measure 'iterations:nan': expected the cost to reach, a number above 0, as in 'iterations:0.1'.")]
    [InlineData("iterations:1:2", "Measure 'iterations:1:2': expected the cost to reach, a number above 0, as in 'iterations:0.1'.")]
    public void A_text_that_is_no_measure_is_refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<StepZeroException>(() => MapMeasure.Parse(text)).Message);
}
