using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Recommendations;
using StepZero.Training;

namespace StepZero.Tests.Recommendations;

public sealed class AdviceQuestionTests
{
    [Fact]
    public void Evidence_needs_a_seed()
    {
        var question = new AdviceQuestion(new RunSpec(new Architecture(2, [3], Activation.Tanh), Initializer.Xavier, new TrainingOptions()), GeneratedSets.Parse("moons:20", 1));
        Assert.Equal(1, (question with { Seeds = 1 }).Seeds);
        Assert.Contains("Expected at least 1 seed.", Assert.Throws<ArgumentOutOfRangeException>(() => question with { Seeds = 0 }).Message, StringComparison.Ordinal);
    }
}
