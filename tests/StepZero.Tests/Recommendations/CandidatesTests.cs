using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Recommendations;
using StepZero.Training;

namespace StepZero.Tests.Recommendations;

public sealed class CandidatesTests
{
    private static readonly ScreenedStart Start = new(Initializer.Xavier, Scaling.Auto, null, 0.4, null);

    /// <summary>Narrower searches are parts of wider ones, every start has the name that the command line takes, and none stands there twice.</summary>
    [Theory]
    [InlineData("tanh")]
    [InlineData("relu")]
    [InlineData("sigmoid")]
    [InlineData("leaky_relu:0.2")]
    [InlineData("sin:30")]
    public void Starts_have_names_of_the_command_line(string activation)
    {
        string[][] names = [.. Enum.GetValues<SearchBreadth>().Select(breadth => Candidates.Starts(Activation.Parse(activation), breadth).Select(start => start.Initializer.Name).ToArray())];
        Assert.Equal(names[2], names[2].Select(name => Initializer.Parse(name).Name));
        Assert.Distinct(names[2]);
        Assert.Superset(names[0].ToHashSet(), names[1].ToHashSet());
        Assert.Superset(names[1].ToHashSet(), names[2].ToHashSet());
        Assert.Equal(["default@pytorch", "default@keras", activation == "sigmoid" ? "default:activation=logistic@sklearn" : "default@sklearn"], names[0].Take(3));
        Assert.Equal([Library.Pytorch, Library.Keras, Library.Sklearn, null], Candidates.Starts(Activation.Parse(activation), SearchBreadth.Wide).Select(start => start.Library).Distinct());
    }

    /// <summary>The gain of leaky_relu:0.01 is 1.4141, nearly that of He's start; the one of tanh is 5/3.</summary>
    [Fact]
    public void A_gain_of_the_activation_that_stands_there_already_is_not_tried_again()
    {
        Assert.Equal(["orthogonal:gain=leaky_relu:0.01"], OfGain("leaky_relu:0.01"));
        Assert.Equal(["xavier:gain=tanh", "orthogonal:gain=tanh"], OfGain("tanh"));

        static string[] OfGain(string activation) =>
            [.. Candidates.Starts(Activation.Parse(activation), SearchBreadth.Wide).Select(start => start.Initializer.Name).Where(name => name.EndsWith($"gain={activation}", StringComparison.Ordinal))];
    }

    /// <summary>From a tenth of the stable rate, here 0.4, up to five times it; in the middle of these, 0.28, it begins.</summary>
    [Fact]
    public void Rates_lie_around_what_is_stable()
    {
        Assert.Equal([0.05, 0.1, 0.2, 0.5, 1, 2], Rates(Start, new TrainingOptions(), SearchBreadth.Wide, out int beyond));
        Assert.Equal(2, beyond);
        Assert.Equal([0.2, 0.5], Candidates.Of(Start, new TrainingOptions(), isFixed: false, SearchBreadth.Wide, out _).Select(candidate => candidate.LearningRate).Take(2));
        Assert.Equal([0.1, 0.3, 1], Rates(Start, new TrainingOptions(), SearchBreadth.Narrow, out beyond));
        Assert.Equal(2, beyond);
        Assert.Equal([0.07], [.. Candidates.Of(Start, new TrainingOptions { LearningRate = 0.07 }, isFixed: true, SearchBreadth.Wide, out beyond).Select(candidate => candidate.LearningRate)]);
        Assert.Equal(0, beyond);
    }

    /// <summary>Where the sharpness is not known, nothing is known to be beyond it; and a library's default stays one at every rate.</summary>
    [Fact]
    public void Rates_of_an_unknown_sharpness_go_from_a_thousandth_to_ten()
    {
        Assert.Equal([1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, 10], Rates(Start with { StableRate = null }, new TrainingOptions(), SearchBreadth.Narrow, out int beyond));
        Assert.Equal(0, beyond);
        Assert.All(Candidates.Of(Start with { Library = Library.Keras }, new TrainingOptions(), isFixed: false, SearchBreadth.Narrow, out _), candidate => Assert.Equal(Library.Keras, candidate.Library));
    }

    [Theory]
    [InlineData(2, 1.7, 2.5)]
    [InlineData(0.3, 0.25, 0.4)]
    [InlineData(10, 8, 12)]
    public void Beside_a_setting_are_those_with_the_next_finer_rates(double rate, double lower, double higher)
    {
        var setting = new Candidate(Initializer.Xavier, rate, Scaling.Center, Library.Keras);
        Assert.Equal(setting with { LearningRate = lower }, Candidates.NextRate(setting, higher: false, isFixed: false));
        Assert.Equal(setting with { LearningRate = higher }, Candidates.NextRate(setting, higher: true, isFixed: false));
        Assert.Null(Candidates.NextRate(setting, higher: true, isFixed: true));
    }

    [Fact]
    public void Optimizers_that_rescale_have_rates_of_their_own()
    {
        double[] rates = Rates(Start, new TrainingOptions { Optimizer = Optimizer.Parse("adam") }, SearchBreadth.Wide, out int beyond);
        Assert.Equal([1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2], rates);
        Assert.Equal(0, beyond);
    }

    [Theory]
    [InlineData(1, 0.7, 1.5)]
    [InlineData(2, 1.5, 3)]
    [InlineData(0.05, 0.03, 0.07)]
    [InlineData(30, 20, 50)]
    [InlineData(0.0123, 0.01, 0.015)]
    public void Beside_a_rate_lie_the_next_round_ones(double rate, double lower, double higher) => Assert.Equal([lower, higher], Candidates.RatesBeside(rate));

    [Fact]
    public void Scalings_that_change_nothing_are_left_out()
    {
        // Columns of mean 0 and variance 1; of mean 2 and variance 1; of mean 0 and variance 9.
        Assert.Equal(["auto"], Scalings(1, 0));
        Assert.Equal(["auto", "center"], Scalings(1, 2));
        Assert.Equal(["auto", "standardize"], Scalings(3, 0));
        Assert.Equal(["auto", "center", "standardize"], Scalings(3, 2));

        // A column that is always the same is no reason to scale.
        Assert.Equal(["auto"], Candidates.Scalings(Dataset.FromValues("three", [-1, 0, 1, 0], 2, [0, 1], ["a", "b"])).Select(scaling => scaling.ToString()));

        static string[] Scalings(double deviation, double mean) =>
            [.. Candidates.Scalings(Dataset.FromValues("two", [mean - deviation, mean + deviation], 1, [0, 1], ["a", "b"])).Select(scaling => scaling.ToString())];
    }

    /// <summary>Weights of N(0, 30²) saturate tanh; those of N(0, 1/n) do not. Without a bound of the activation large weights make the signal explode, and small ones make it vanish.</summary>
    [Theory]
    [InlineData("tanh", "random:30", "saturation")]
    [InlineData("tanh", "xavier", null)]
    [InlineData("tanh", "zeros", "symmetry")]
    [InlineData("relu", "random:1000", "exploding-signal")]
    [InlineData("relu", "random:1e-5", "vanishing-signal")]
    public void A_start_with_a_severe_finding_at_the_untouched_weights_is_ruled_out(string activation, string start, string? cause)
    {
        Dataset moons = GeneratedSets.Parse("moons:60", 1);
        var network = new Architecture(2, [6, 6, 6, 6, 6, 6], Activation.Parse(activation));
        var options = new TrainingOptions { Iterations = 1 };
        Diagnosis diagnosis = Diagnosis.Of([new RunSpec(network, Initializer.Parse(start), options)], PreparedData.Prepare(moons, network, options))[0];
        Assert.Equal(cause, Candidates.Screen(diagnosis, null).Cause?.Rule.Id);
    }

    /// <summary>What a learning rate cures does not rule out a start.</summary>
    [Fact]
    public void Only_findings_at_the_untouched_weights_rule_out()
    {
        Dataset moons = GeneratedSets.Parse("moons:60", 1);
        var network = new Architecture(2, [6], Activation.Tanh);
        var options = new TrainingOptions { Iterations = 1 };
        Diagnosis diagnosis = Diagnosis.Of([new RunSpec(network, Initializer.Xavier, options)], PreparedData.Prepare(moons, network, options))[0];
        Assert.Equal(
            ["broken-weights", "symmetry", "dead-layer", "saturation", "exploding-signal", "vanishing-signal", "alike-samples", "vanishing-gradient", "beyond-depth"],
            FindingRule.All.Where(rule => Candidates.Screen(diagnosis with { Findings = [new Finding(rule, 1, 1, 0, "It is so.")] }, null).Cause is not null).Select(rule => rule.Id));
    }

    private static double[] Rates(ScreenedStart start, TrainingOptions training, SearchBreadth breadth, out int beyond) =>
        [.. Candidates.Of(start, training, isFixed: false, breadth, out beyond).Select(candidate => candidate.LearningRate).Order()];
}
