using System.Reflection;
using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Diagnostics;

/// <summary>For each rule a network that it is about, and one a little on the other side of its threshold.</summary>
public sealed class FindingRuleTests
{
    private static readonly DiagnosedNetwork Plain = new(DiagnosedNetwork.Cloud(), [4, 4]);

    private static readonly DiagnosedNetwork Deep = Plain with { Hidden = [32, 32, 32, 32, 32, 32], Start = Initializer.Parse("xavier:gain=0.5") };

    /// <summary>Without hidden layers and with targets that are a line of the features: a quadratic valley.</summary>
    private static readonly DiagnosedNetwork Valley = new(Line(), []) { Loss = Loss.Mse };

    private static readonly double Steepest = Valley.Diagnose().Probe.Sharpness[0].Value;

    private static readonly Dictionary<string, (DiagnosedNetwork Over, DiagnosedNetwork Under)> Cases = new()
    {
        ["broken-weights"] = (Changed(Plain, p => p.Weights[1][3] = double.NaN), Changed(Plain, p => p.Weights[1][3] = 1e10)),
        ["constant-data"] = (On(DiagnosedNetwork.Cloud(change: x => x.AsSpan().Fill(2))), On(DiagnosedNetwork.Cloud(change: x => { x.AsSpan().Fill(2); x[5] = 3; }))),
        ["constant-targets"] = (On(DiagnosedNetwork.Cloud(label: _ => 1)), On(DiagnosedNetwork.Cloud(label: i => i == 0 ? 0 : 1))),
        ["symmetry"] = (Changed(Plain, p => Copy(p, 1, 2)), Changed(Plain, p => Copy(p, 1))),
        ["copies"] = (Changed(Plain, p => Copy(p, 1)), Changed(Plain, p => { Copy(p, 1); p.Weights[1][1] += 1e-9; })),
        ["near-copies"] = (Relu(p => Turn(p, 1, 2)), Relu(p => Turn(p, 1))),
        ["saturation"] = (Biased("tanh", 3, 9, 5), Biased("tanh", 2, 9, 5)),
        ["dead-units"] = (Biased("relu", 4, -99, 5), Biased("relu", 3, -99, 5)),
        ["dead-layer"] = (Biased("relu", 5, -99, 5), Biased("relu", 4, -99, 5)),
        ["exploding-signal"] = (Straight(seen => 101 / Largest(seen), 0), Straight(seen => 99 / Largest(seen), 0)),
        ["vanishing-signal"] = (Straight(seen => 0.9e-3 / Signal(seen), 0), Straight(seen => 1.1e-3 / Signal(seen), 0)),
        ["vanishing-gradient"] = (Straight(seen => 0.9e-4 / Gradient(seen), 1, first: 1000), Straight(seen => 1.1e-4 / Gradient(seen), 1, first: 1000)),
        ["exploding-gradient"] = (Straight(seen => 101 / Gradient(seen), 1), Straight(seen => 99 / Gradient(seen), 1)),
        ["alike-samples"] = (Raised(150), Raised(60)),
        ["beyond-depth"] = (Deep, Deep with { Hidden = [32, 32, 32, 32] }),
        ["divergence"] = (Valley with { Training = Valley.Training with { LearningRate = 1e5 } }, Valley),
        ["small-steps"] = (Slow(1 / 11.0), Slow(1 / 9.0)),
        ["short-budget"] = (Slow(1 / 9.0), Valley with { Training = Rate(1 / Steepest) }),
        ["plateau"] = (On(Corners([0, 1, 1, 0])) with { Hidden = [], Start = Initializer.Zeros, Training = Rate(1) }, On(Corners([0, 0, 0, 1])) with { Hidden = [], Start = Initializer.Zeros, Training = Rate(1, 3) }),
        ["sharpness"] = (Valley with { Training = Rate(2.01 / Steepest, 1000) }, Valley with { Training = Rate(1.99 / Steepest, 1000) }),
        ["rising-cost"] = (Valley with { Training = Rate(2.05 / Steepest, 400) }, Valley with { Training = Rate(1.95 / Steepest, 400) }),
        ["offset"] = (On(DiagnosedNetwork.Cloud(400, center: 1.1)), On(DiagnosedNetwork.Cloud(400, center: 0.9))),
        ["feature-scale"] = (On(DiagnosedNetwork.Cloud(400, scale: 11)), On(DiagnosedNetwork.Cloud(400, scale: 9))),
        ["feature-spread"] = (On(DiagnosedNetwork.Cloud(400, change: x => Stretch(x, 120))), On(DiagnosedNetwork.Cloud(400, change: x => Stretch(x, 80)))),
        ["linear-units"] = (Plain with { Start = Initializer.Parse("xavier:gain=0.1") }, Plain),
        ["theory-parts"] = (Wide(p => Point(p)), Wide(_ => { })),
        ["class-balance"] = (On(DiagnosedNetwork.Cloud(100, label: i => i < 91 ? 0 : 1)), On(DiagnosedNetwork.Cloud(100, label: i => i < 90 ? 0 : 1))),
        ["conflicts"] = (On(DiagnosedNetwork.Cloud(change: x => x.AsSpan(0, 4).CopyTo(x.AsSpan(156)))), On(DiagnosedNetwork.Cloud(change: x => x.AsSpan(0, 4).CopyTo(x.AsSpan(4))))),
    };

    public static TheoryData<string> Ids => [.. FindingRule.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_finds_what_lies_beyond_its_threshold_and_nothing_before_it(string id)
    {
        (DiagnosedNetwork over, DiagnosedNetwork under) = Cases[id];
        Finding finding = Assert.Single(over.Diagnose().Findings, one => one.Rule.Id == id);
        Assert.DoesNotContain(under.Diagnose().Findings, one => one.Rule.Id == id);
        Assert.DoesNotContain("nan", finding.Text.Replace(" nan or infinite", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain('∞', finding.Text);
        Assert.False(finding.Text.EndsWith('.'), finding.Text);
        Assert.True(double.IsFinite(finding.Measured), $"{finding.Measured}");
        if (finding.Rule.Limit is double limit && !double.IsNaN(limit) && id != "symmetry")
        {
            Assert.True(finding.Threshold >= limit);
        }
    }

    [Fact]
    public void The_table_holds_every_rule_once()
    {
        FindingRule[] rules = [.. typeof(FindingRule).GetProperties(BindingFlags.Static | BindingFlags.Public)
            .Where(property => property.PropertyType == typeof(FindingRule)).Select(property => (FindingRule)property.GetValue(null)!)];
        Assert.Equal(rules.OrderBy(rule => rule.Id), FindingRule.All.OrderBy(rule => rule.Id));
        Assert.Equal(rules.Length, FindingRule.All.Select(rule => rule.Id).Distinct().Count());
        Assert.Equal(Cases.Keys.Order(), rules.Select(rule => rule.Id).Order());
        Assert.All(rules, rule => Assert.DoesNotContain(rule, rule.Effects));
    }

    [Theory]
    [InlineData("zeros", "tanh")]
    [InlineData("zeros", "relu")]
    [InlineData("constant:0.3", "sigmoid")]
    public void What_follows_from_a_symmetric_start_is_left_out(string start, string activation)
    {
        Diagnosis seen = (Plain with { Start = Initializer.Parse(start), Activation = Activation.Parse(activation), Training = Rate(1e-3) }).Diagnose();
        Assert.Equal(Outlook.WillNotTrain, seen.Outlook);
        Assert.Equal([FindingRule.Symmetry], seen.Findings.Select(finding => finding.Rule));
        Assert.Null(seen.Cause!.Advice!.LearningRate);
        Assert.Equal("the units of each of layers 1 and 2 are identical, so every update keeps them identical", seen.Cause.Text);
    }

    [Fact]
    public void Saturated_units_are_no_reason_for_longer_steps()
    {
        Diagnosis seen = (Plain with { Start = Initializer.Parse("random:20"), Training = Rate(1e-4) }).Diagnose();
        Assert.Equal(FindingRule.Saturation, seen.Cause?.Rule);
        Assert.Equal(Initializer.Xavier, seen.Cause!.Advice!.Initializer);
        Assert.DoesNotContain(seen.Findings, finding => finding.Advice?.LearningRate is not null);
    }

    [Theory]
    [InlineData("moons:200", "relu", "he", 20, 16)]
    [InlineData("moons:200", "tanh", "xavier", 20, 16)]
    [InlineData("moons:200", "relu", "he", 2, 128)]
    [InlineData("moons:200", "tanh", "xavier", 1, 64)]
    [InlineData("moons:200", "selu", "xavier", 3, 32)]
    public void Healthy_networks_have_nothing_severe_and_train(string data, string activation, string start, int depth, int width)
    {
        DiagnosedNetwork network = new(GeneratedSets.Parse(data, 1), [.. Enumerable.Repeat(width, depth)])
        {
            Activation = Activation.Parse(activation),
            Start = Initializer.Parse(start),
            Training = new TrainingOptions { Scaling = Scaling.Standardize, LearningRate = 0.03, Iterations = 1000 },
        };
        Diagnosis seen = network.Diagnose();
        Assert.NotEqual(Outlook.WillNotTrain, seen.Outlook);
        Assert.DoesNotContain(seen.Findings, finding => finding.Rule.Severity == Severity.Severe);
    }

    /// <summary>While it warms up, the rate is a hundredth of what is asked for.</summary>
    [Theory]
    [InlineData("constant", true)]
    [InlineData("warmup:100", false)]
    public void Sharpness_is_judged_by_the_rate_of_its_update(string schedule, bool isFound)
    {
        Diagnosis seen = (Valley with { Training = Rate(3 / Steepest, 200) with { Schedule = LearningRateSchedule.Parse(schedule) } }).Diagnose();
        Finding? sharpness = seen.Findings.FirstOrDefault(finding => finding.Rule == FindingRule.Sharpness);
        Assert.Equal(isFound, sharpness?.Text.StartsWith("the sharpness is", StringComparison.Ordinal) == true && !sharpness.Text.Contains(" and ", StringComparison.Ordinal));
    }

    /// <summary>Along the steepest direction each update overshoots, but five of them do not raise the cost, and no more are to be made.</summary>
    [Fact]
    public void Sharpness_past_the_limit_is_no_finding_where_the_whole_training_goes_down()
    {
        Diagnosis seen = (Valley with { Training = Rate(2.01 / Steepest, 5) }).Diagnose();
        Assert.True(seen.Probe is { IsWhole: true, RisingShare: 0 } && seen.Probe.Largest?.Value > seen.SharpnessLimit);
        Assert.DoesNotContain(seen.Findings, finding => finding.Rule == FindingRule.Sharpness);
    }

    /// <summary>A third of the stable rate: momentum swings about the bottom, below where it began.</summary>
    [Theory]
    [InlineData("momentum:beta=0.95", 1.3, false)]
    [InlineData("adam", 0.01, false)]
    [InlineData("adam", 30, true)]
    public void Swings_of_a_rule_with_a_memory_are_no_rise_unless_above_the_first_cost(string optimizer, double rate, bool isFound)
    {
        Diagnosis seen = (Valley with { Training = Rate(rate / Steepest) with { Optimizer = Optimizer.Parse(optimizer) } }).Diagnose();
        Assert.Equal(isFound, seen.Findings.Any(finding => finding.Rule == FindingRule.RisingCost));
        Assert.True(seen.Probe.RisingShare > 0.02 || optimizer == "adam");
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Single)]
    public void A_cost_that_has_gone_down_to_rounding_is_calm(Precision precision)
    {
        Diagnosis seen = (Valley with { Training = Rate(0.5 / Steepest, 2000) with { Precision = precision } }).Diagnose();
        Assert.Equal((Outlook.WillTrain, true), (seen.Outlook, seen.Forecast.Cost < 1e-10));
        Assert.Contains(seen.Probe.Costs.Zip(seen.Probe.Costs.Skip(1)), pair => pair.Second > pair.First);
    }

    /// <summary>The cost is that of the samples alone, so what decay takes back raises it, at any rate.</summary>
    [Theory]
    [InlineData(0.2, false)]
    [InlineData(2.2, true)]
    public void Weight_decay_raises_the_cost_without_a_fault(double rate, bool isFound)
    {
        Diagnosis seen = (Valley with
        {
            Training = Rate(rate / Steepest, 200) with { WeightDecay = 0.2 },
            Start = Initializer.Zeros,
            Change = p => (p.Weights[0][0], p.Weights[0][1]) = (1, -1),
        }).Diagnose();
        Assert.True(seen.Probe.RisingShare > 0.02);
        Assert.Equal(isFound, seen.Findings.Any(finding => finding.Rule == FindingRule.RisingCost));
    }

    [Fact]
    public void A_batch_of_all_samples_is_no_excuse_for_a_rising_cost()
    {
        TrainingOptions rising = Rate(2.05 / Steepest, 400);
        Assert.Contains((Valley with { Training = rising with { BatchSize = 40 } }).Diagnose().Findings, finding => finding.Rule == FindingRule.RisingCost);
        Assert.DoesNotContain((Valley with { Training = rising with { BatchSize = 39 } }).Diagnose().Findings, finding => finding.Rule == FindingRule.RisingCost);
    }

    /// <summary>Rules that rescale gradients have no stable sharpness; that their steps are too long is seen by a cost above the first.</summary>
    [Fact]
    public void Steps_that_are_too_long_are_not_answered_by_more_of_them()
    {
        Diagnosis seen = (Valley with { Training = Rate(30, 20) with { Optimizer = Optimizer.Parse("adam") } }).Diagnose();
        Assert.Equal(Outlook.WillNotTrain, seen.Outlook);
        Assert.Equal(5, seen.Cause!.Advice!.LearningRate);
        Assert.Null(seen.Cause.Advice.Rounds);
    }

    [Fact]
    public void Longer_steps_keep_half_of_the_stable_rate_in_reserve() => Assert.Equal(
        Said.RoundDown(1 / Steepest), Assert.Single(Cases["small-steps"].Over.Diagnose().Findings, finding => finding.Rule == FindingRule.SmallSteps).Advice!.LearningRate);

    [Theory]
    [InlineData("tanh", "xavier:gain=0.5", "what tells samples apart shrinks e-fold within")]
    [InlineData("gelu", "xavier:gain=20", "what a signal tells of its sample is lost in chaos, e-fold within")]
    public void Order_and_chaos_are_told_apart(string activation, string start, string words) => Assert.Contains(
        words, Assert.Single((Deep with { Activation = Activation.Parse(activation), Start = Initializer.Parse(start) }).Diagnose().Findings, finding => finding.Rule == FindingRule.BeyondDepth).Text, StringComparison.Ordinal);

    [Fact]
    public void A_network_that_makes_no_error_has_no_constant_targets()
    {
        double[] x = [];
        Dataset cloud = DiagnosedNetwork.Cloud(change: values => x = [.. values]);
        DiagnosedNetwork exact = new(cloud.WithTargets([.. Enumerable.Range(0, 40).Select(i => x[4 * i])]), []) { Loss = Loss.Mse, Start = Initializer.Zeros, Change = p => p.Weights[0][0] = 1 };
        Diagnosis seen = exact.Diagnose();
        Assert.Equal((0, 0, Outlook.WillNotTrain), (seen.Probe.Costs[0], seen.Forecast.Target, seen.Outlook));
        Assert.DoesNotContain(seen.Findings, finding => finding.Rule == FindingRule.ConstantTargets);
    }

    [Fact]
    public void A_start_that_is_too_steep_for_any_rate_is_answered_by_another_start()
    {
        Diagnosis seen = (Plain with { Hidden = [.. Enumerable.Repeat(8, 20)], Activation = Activation.Sin(30), Start = Initializer.Parse("random:3") }).Diagnose();
        Assert.Contains(seen.Findings, finding => finding.Rule == FindingRule.Divergence);
        Assert.All(seen.Findings, finding => Assert.True(finding.Advice is null or { LearningRate: null, Initializer: not null }));
    }

    [Fact]
    public void A_single_sample_has_nothing_to_be_told_from()
    {
        Diagnosis seen = On(DiagnosedNetwork.Cloud(1)).Diagnose();
        Assert.Equal("there is one sample, so that there is nothing to tell apart", seen.Cause!.Text);
        Assert.Contains(seen.Findings, finding => finding.Rule == FindingRule.ConstantTargets);
        Assert.DoesNotContain(seen.Findings, finding => finding.Advice?.LearningRate is not null);
    }

    [Theory]
    [InlineData("sigmoid", 8, "tanh")]
    [InlineData("silu", 20, "tanh")]
    [InlineData("relu", 12, null)]
    public void Where_no_start_reaches_through_all_layers_another_activation_is_advised(string activation, int depth, string? advised)
    {
        Diagnosis seen = (Plain with { Hidden = [.. Enumerable.Repeat(16, depth)], Activation = Activation.Parse(activation), Start = Initializer.Parse("random:0.01") }).Diagnose();
        Assert.Equal(Outlook.WillNotTrain, seen.Outlook);
        Assert.Equal(advised, seen.Cause!.Advice!.Activation?.ToString());
        Assert.Equal(advised is null ? Initializer.He : Initializer.Xavier, seen.Cause.Advice.Initializer);
    }

    [Fact]
    public void Output_weights_of_zero_are_a_start_like_any_other()
    {
        Diagnosis seen = Changed(Plain with { Training = Rate(0.3) }, p => p.Weights[2].AsSpan().Clear()).Diagnose();
        Assert.DoesNotContain(seen.Findings, finding => finding.Rule == FindingRule.VanishingSignal || finding.Rule == FindingRule.VanishingGradient);
    }

    [Fact]
    public void A_start_whose_cost_is_not_finite_has_a_cause()
    {
        Diagnosis seen = (Plain with { Activation = Activation.Relu, Start = Initializer.Parse("random:1e120") }).Diagnose();
        Assert.Equal(Outlook.WillNotTrain, seen.Outlook);
        Assert.NotNull(seen.Cause);
        Assert.DoesNotContain(seen.Findings, finding => finding.Text.Contains("nan", StringComparison.Ordinal) || finding.Text.Contains('∞'));
    }

    private static DiagnosedNetwork Changed(DiagnosedNetwork network, Action<Parameters> change) => network with { Change = change };

    private static DiagnosedNetwork On(Dataset data) => Plain with { Data = data };

    private static TrainingOptions Rate(double rate, int iterations = 100) => new() { Scaling = Scaling.None, LearningRate = rate, Iterations = iterations };

    /// <summary>A budget that ends before the cost is low, at a share of the stable rate.</summary>
    private static DiagnosedNetwork Slow(double share) => Valley with { Training = Rate(share * 2 / Steepest, 3) };

    /// <summary>Makes units of the first layer copies of unit 0, weights to the layer above included.</summary>
    private static void Copy(Parameters parameters, params int[] units)
    {
        foreach (int unit in units)
        {
            parameters.WeightsInto(0, 0).CopyTo(parameters.WeightsInto(0, unit));
            for (int above = 0; above < parameters.LayerSizes[2]; above++)
            {
                parameters.WeightsInto(1, above)[unit] = parameters.WeightsInto(1, above)[0];
            }
        }
    }

    /// <summary>Turns units of the first layer in the direction of unit 0.</summary>
    private static void Turn(Parameters parameters, params int[] units)
    {
        foreach (int unit in units)
        {
            for (int i = 0; i < 4; i++)
            {
                parameters.WeightsInto(0, unit)[i] = parameters.WeightsInto(0, 0)[i] * (unit + 1);
            }
        }
    }

    private static DiagnosedNetwork Relu(Action<Parameters> change) => Changed(Plain with { Activation = Activation.Relu, Start = Initializer.He }, change);

    /// <summary>One hidden layer of which the first units have a bias.</summary>
    private static DiagnosedNetwork Biased(string activation, int count, double bias, int units) =>
        Changed(Plain with { Hidden = [units], Activation = Activation.Parse(activation) }, p => p.Biases[0].AsSpan(0, count).Fill(bias));

    /// <summary>A network of straight lines, in which one layer is made larger or smaller by what is measured.</summary>
    private static DiagnosedNetwork Straight(Func<SignalStatistics, double> factor, int layer, double first = 1)
    {
        DiagnosedNetwork network = Plain with { Activation = Activation.Identity };
        return Changed(network, p =>
        {
            DiagnosedNetwork.Multiply(p, layer, factor(network.Diagnose().Signal));
            DiagnosedNetwork.Multiply(p, 0, first);
        });
    }

    private static double Largest(SignalStatistics signal) => signal.Layers.Max(layer => layer.PreActivations.RootMeanSquare);

    private static double Signal(SignalStatistics signal) => signal.Layers[1].PreActivations.RootMeanSquare / signal.Inputs.RootMeanSquare;

    private static double Gradient(SignalStatistics signal) => signal.Layers[0].Gradients.RootMeanSquare / signal.Layers[1].Gradients.RootMeanSquare;

    private static DiagnosedNetwork Raised(double bias) => Changed(Plain with { Activation = Activation.Identity }, p => p.Biases[1].AsSpan().Fill(bias));

    private static DiagnosedNetwork Wide(Action<Parameters> change) => Changed(Plain with { Data = DiagnosedNetwork.Cloud(200, change: x => Stretch(x, 30)), Hidden = [64], Activation = Activation.Identity }, change);

    /// <summary>Weights for the large feature alone: as large as before on average, but not independent of the data.</summary>
    private static void Point(Parameters parameters)
    {
        for (int unit = 0; unit < 64; unit++)
        {
            Span<double> weights = parameters.WeightsInto(0, unit);
            double square = 0;
            foreach (double weight in weights)
            {
                square += weight * weight;
            }

            weights.Clear();
            weights[0] = Math.Sqrt(square);
        }
    }

    private static void Stretch(double[] x, double factor)
    {
        for (int i = 0; i < x.Length; i += 4)
        {
            x[i] *= factor;
        }
    }

    private static Dataset Corners(int[] labels) => Dataset.FromValues("corners", [-1, -1, -1, 1, 1, -1, 1, 1], 2, labels, ["0", "1"]).WithPositive("1");

    private static Dataset Line()
    {
        double[] x = [];
        Dataset cloud = DiagnosedNetwork.Cloud(change: values => x = [.. values]);
        return cloud.WithTargets([.. Enumerable.Range(0, 40).Select(i => x[4 * i] - (0.5 * x[(4 * i) + 1]) + 0.1)]);
    }
}
