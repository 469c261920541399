using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Recommendations;
using StepZero.Reports;
using StepZero.Training;

namespace StepZero.Tests.Reports;

public sealed class AdviceTextTests
{
    private static readonly Dataset Moons = GeneratedSets.Parse("moons:40", 1);
    private static readonly AdviceQuestion Asked = new(new RunSpec(new Architecture(2, [3], Activation.Tanh), Initializer.Xavier, new TrainingOptions()), Moons) { Seeds = 4 };
    private static readonly Candidate Setting = new(Initializer.Xavier, 0.5, Scaling.Auto);

    /// <summary>Half of all seeds, not of those that reached it: the median counts those that did not.</summary>
    [Theory]
    [InlineData("4 of 4 fresh seeds reach a cost of 0.1, half of them within 25 iterations.", 10, 20, 30, 40)]
    [InlineData("3 of 4 fresh seeds reach a cost of 0.1, half of all 4 within 25 iterations.", 10, 20, 30, null)]
    [InlineData("2 of 4 fresh seeds reach a cost of 0.1.", 10, 20, null, null)]
    [InlineData("3 of 3 fresh seeds reach a cost of 0.1, half of them within 1 iteration.", 1, 1, 1)]
    [InlineData("1 of 1 fresh seed reaches a cost of 0.1 within 1,200 iterations.", 1200)]
    [InlineData("None of 2 fresh seeds reaches a cost of 0.1: give it more --iterations, or another --target.", null, null)]
    public void What_is_recommended_says_how_many_seeds_reach_the_target(string expected, params int?[] reachedAt) =>
        Assert.Equal(expected, AdviceText.Sentence(Advice(Of(Setting, reachedAt))));

    [Theory]
    [InlineData(false, false, false, " with the rate and scaling that are best for it")]
    [InlineData(true, false, false, " with the scaling that is best for it")]
    [InlineData(false, true, false, " with the rate that is best for it")]
    [InlineData(true, true, false, "")]
    [InlineData(false, false, true, " with the best rate and scaling that there was time to look at")]
    [InlineData(true, true, true, "")]
    public void The_best_default_has_what_was_searched_for(bool hasRate, bool hasScaling, bool isCut, string with)
    {
        Evidence winner = Of(Setting, 10, 20, 30, 40), seldom = Of(Default(Library.Pytorch), 50, 60, 70, null), never = Of(Default(Library.Keras), null, null, 9, null);
        AdviceQuestion asked = Asked with { HasRate = hasRate, HasScaling = hasScaling };
        Assert.EndsWith($". The best default of a library, PyTorch's, needs 65{with}, and misses it from 1 of 4.", AdviceText.Sentence(Advice(winner, [seldom, never], asked, isCut)), StringComparison.Ordinal);
        Assert.EndsWith($". No default of a library does so from half of its seeds{with}.", AdviceText.Sentence(Advice(winner, [never], asked, isCut)), StringComparison.Ordinal);
        Evidence sure = Of(Default(Library.Sklearn), 10, 20, 30, 40);
        Assert.EndsWith($". It is scikit-learn's default{with}: nothing that was screened is clearly faster.", AdviceText.Sentence(Advice(sure, [sure], asked, isCut)), StringComparison.Ordinal);
        Assert.EndsWith(with.Length == 0 ? "seen none of them." : $" A default of a library has{with[" with".Length..]}.", AdviceText.Seeds(Advice(winner, [never], asked, isCut)), StringComparison.Ordinal);
    }

    /// <summary>What has fewer seeds was slower or the time was over: not the same.</summary>
    [Fact]
    public void Seeds_are_said_as_they_were_trained()
    {
        Evidence whole = Of(Setting, 10, 20, 30, 40), part = Of(Default(Library.Keras), 50, 60);
        const string Same = "The seeds are the same for every setting, and the search had seen none of them.";
        Assert.Equal(Same, AdviceText.Seeds(Advice(whole)));
        Assert.Equal("Where trainings take long, the others are trained from fewer of the seeds, and what is clearly slower from the fewest.", AdviceText.FewerSeeds(Advice(whole, [part])));
        Assert.Equal("Of the 4 seeds the budget of time left some out.", AdviceText.FewerSeeds(Advice(part, [part], isCut: true)));
        Assert.StartsWith($"{Same} Of the 4 seeds the budget of time left some out. A default", AdviceText.Seeds(Advice(part, [part], isCut: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_says_where_it_comes_from()
    {
        const string Factor = "1.1 times the final cost of the best screened setting";
        Assert.Equal("The target is an accuracy of 95%, as asked for.", Said("accuracy:0.95", TargetOrigin.Given));
        Assert.Equal($"The target is a cost of 0.11: {Factor}, at or below which nearly all of its seeds end.", Said("cost:0.11", TargetOrigin.FinalCost));
        Assert.Equal($"The target is a cost of 0.12: {Factor}, loosened so that nearly all seeds of what is recommended reach it.", Said("cost:0.12", TargetOrigin.Loosened));
        Assert.Equal(
            "The target is a cost of 0.6: half the way from what half of the seeds of the best screened setting end at or below to 0.6931, what the best constant answer costs. What nearly all of its seeds end at or below is more, or little less.",
            Said("cost:0.6", TargetOrigin.Halfway));

        static string Said(string target, TargetOrigin origin) => AdviceText.Target(Advice(Of(Setting, 10, 20, 30, 40), target: TrainingTarget.Parse(target), origin: origin));
    }

    /// <summary>Of two classes of the same size that is ln 2.</summary>
    [Theory]
    [InlineData("cost:0.7", " But the best constant answer costs 0.6931: to reach this target is not to learn anything.")]
    [InlineData("cost:0.69", "")]
    [InlineData("accuracy:0.9", "")]
    public void A_target_that_a_constant_answer_reaches_is_said(string target, string caution)
    {
        var goal = TrainingTarget.Parse(target);
        string sentence = AdviceText.Sentence(Advice(Of(Setting, 0, 0, 0, 0), asked: Asked with { Target = goal }, target: goal));
        Assert.Equal($"half of them within 0 iterations.{caution}", sentence[sentence.IndexOf("half", StringComparison.Ordinal)..]);
    }

    /// <summary>Orthogonal weights times a gain stretch what goes through them by just that, forward and backward, where units are linear.</summary>
    [Theory]
    [InlineData("orthogonal:gain=2", "its signal grows 2 times and its gradient grows 2 times a layer. Its rate is 0.25 times the largest that is stable at the start.")]
    [InlineData("orthogonal", "its signal stays the same and its gradient stays the same a layer. Its rate is 0.25 times the largest that is stable at the start.")]
    [InlineData("orthogonal:gain=0.25", "its signal shrinks 4 times and its gradient shrinks 4 times a layer. Its rate is 0.25 times the largest that is stable at the start.")]
    public void Why_says_what_becomes_of_signal_and_gradient(string start, string expected)
    {
        var network = new Architecture(2, [4, 4, 4, 4], Activation.Identity);
        Assert.Contains($" At the start {expected}", AdviceText.Why(Of(network, start, rate => rate / 4)), StringComparison.Ordinal);
    }

    [Fact]
    public void Why_names_a_cause_once()
    {
        Evidence evidence = Of(new Architecture(2, [3, 3], Activation.Tanh), "zeros", _ => 0.5);
        string cause = evidence.Diagnosis.Cause!.Text.TrimEnd('.');
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(AdviceText.Why(evidence), System.Text.RegularExpressions.Regex.Escape(cause[1..])));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "1 setting was left out, since its rate is more than five times what is stable at the start.")]
    [InlineData(1200, "1,200 settings were left out, since their rate is more than five times what is stable at the start.")]
    public void Rates_that_were_left_out_are_counted(int count, string expected)
    {
        Recommendation advice = Advice(Of(Setting, 1));
        Assert.Equal(expected, string.Join(' ', AdviceText.Screened(advice with { Screening = advice.Screening with { RatesBeyond = count } }).Skip(1)));
    }

    internal static Candidate Default(Library library) => new(Candidates.DefaultOf(library, Activation.Tanh), 0.5, Scaling.Auto, library);

    private static Evidence Of(Candidate candidate, params int?[] reachedAt) => new(candidate, reachedAt, null, null!);

    /// <summary>A setting whose rate is found from the largest that is stable, with its diagnosis.</summary>
    private static Evidence Of(Architecture network, string start, Func<double, double> rateOf)
    {
        var options = new TrainingOptions { Iterations = 20 };
        PreparedData data = PreparedData.Prepare(Moons, network, options);
        var spec = new RunSpec(network, Initializer.Parse(start), options);
        double rate = rateOf(Diagnosis.Of([spec], data)[0].StableRate ?? 1);
        return new Evidence(new Candidate(spec.Initializer, rate, Scaling.Auto), [1], null, Diagnosis.Of([spec with { Training = options with { LearningRate = rate } }], data)[0]);
    }

    private static Recommendation Advice(Evidence winner, Evidence[]? defaults = null, AdviceQuestion? asked = null, bool isCut = false, TrainingTarget? target = null, TargetOrigin origin = TargetOrigin.FinalCost) => new(
        asked ?? Asked, new Screening([new ScreenedSetting(winner.Candidate, 1, 0.1, winner.ReachedAt)], [], 0, [new ScreeningRound(1, 4, 1)], 4, target ?? TrainingTarget.Parse("cost:0.1"), origin, isCut), winner, null, defaults ?? [], isCut);
}
