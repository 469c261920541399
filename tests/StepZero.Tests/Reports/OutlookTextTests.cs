using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Reports;
using StepZero.Training;

namespace StepZero.Tests.Reports;

public sealed class OutlookTextTests
{
    private static readonly Diagnosis Seen = DiagnoseMoons(Initializer.Xavier);

    [Theory]
    [InlineData(Outlook.WillTrain, "will train")]
    [InlineData(Outlook.WillTrainUnstably, "will train, unstably")]
    [InlineData(Outlook.WillNotTrain, "will not train")]
    public void Each_verdict_has_its_title(Outlook outlook, string title) => Assert.Equal(title, OutlookText.Title(outlook));

    [Fact]
    public void A_verdict_says_its_cause() => Assert.Equal(
        "will not train: the 8 units of layer 1 are identical, so every update keeps them identical", OutlookText.Sentence(DiagnoseMoons(Initializer.Zeros)));

    [Theory]
    [InlineData(1000, 0.05, 1, "will train: the cost is 0.05 after 1,000 updates, below 0.347")]
    [InlineData(2000, 0.05, 0.9, "will train: the cost is foretold to be 0.05 after 2,000 updates, below 0.347")]
    [InlineData(2000, 0.4, 0.6, "will train: the cost is foretold to be 0.4 after 2,000 updates, close to 0.347, which it has to be below")]
    [InlineData(2000, 0.5, 0.1, "will not train: the cost is foretold to be 0.5 after 2,000 updates, not below 0.347")]
    [InlineData(2000, double.PositiveInfinity, 0, "will not train: the cost is not finite after 1,000 updates")]
    public void Without_a_cause_a_verdict_says_where_the_cost_goes(int budget, double cost, double probability, string sentence) =>
        Assert.Equal(sentence, OutlookText.Sentence(With(1000, budget, cost, probability)));

    [Fact]
    public void A_start_without_a_finite_cost_says_so()
    {
        Diagnosis none = With(0, 100, double.PositiveInfinity, 0);
        Assert.Equal("will not train: the cost is not finite from the start", OutlookText.Sentence(none));
        Assert.Equal("seen to its end", OutlookText.Confidence(none));
    }

    [Theory]
    [InlineData(1000, 1, "seen to its end")]
    [InlineData(2000, 0.95, "95% sure")]
    [InlineData(2000, 0.051, "95% sure")]
    [InlineData(2000, 0.5, "50% sure")]
    [InlineData(2000, 0.9999, "over 99% sure")]
    [InlineData(2000, 0, "over 99% sure")]
    public void A_forecast_is_never_certain_and_what_was_seen_is(int budget, double probability, string text) =>
        Assert.Equal(text, OutlookText.Confidence(With(1000, budget, 0.1, probability)));

    private static Diagnosis With(int steps, int budget, double cost, double probability) => Seen with
    {
        Findings = [],
        Probe = new Probe([.. Enumerable.Repeat(0.6, steps)], budget, Diverged: false, []),
        Forecast = new Forecast(cost, 0.3466, probability),
    };

    private static Diagnosis DiagnoseMoons(Initializer start)
    {
        Dataset moons = GeneratedSets.Parse("moons:40:0.1", 1);
        var spec = new RunSpec(new Architecture(2, [8], Activation.Tanh), start, new TrainingOptions { LearningRate = 0.5, Iterations = 20 });
        return Diagnosis.Of([spec], PreparedData.Prepare(moons, spec.Architecture, spec.Training))[0];
    }
}
