using System.Text.Json;
using System.Text.Json.Serialization;
using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Diagnostics;

public sealed class DiagnosisTests
{
    private static readonly JsonSerializerOptions WithNan = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
    private static readonly TrainingOptions Options = new() { LearningRate = 0.1, Iterations = 300 };

    [Fact]
    public void Diagnoses_do_not_depend_on_threads_or_on_their_neighbors()
    {
        (PreparedData data, RunSpec[] specs) = Moons("zeros", "he", "random:10", "xavier");
        string[] alone = [.. specs.Select(spec => Text(Diagnosis.Of([spec], data)[0]))];
        Assert.Equal(alone, Diagnosis.Of(specs, data).Select(Text));
        Assert.Equal(alone, Diagnosis.Of(specs, data, 3).Select(Text));
        Assert.Equal(4, alone.Distinct().Count());
    }

    [Fact]
    public void A_training_that_was_seen_is_judged_by_what_was_seen()
    {
        (PreparedData data, RunSpec[] specs) = Moons("he", "zeros");
        IReadOnlyList<RunResult> runs = Trainings.Run(specs, data);
        IReadOnlyList<Diagnosis> seen = Diagnosis.Of(runs, data), foretold = Diagnosis.Of(specs, data);
        Assert.Equal([Outlook.WillTrain, Outlook.WillNotTrain], seen.Select(one => one.Outlook));
        for (int i = 0; i < runs.Count; i++)
        {
            Assert.Equal(runs[i].Record.Costs, seen[i].Probe.Costs);
            Assert.Equal((true, 1.0), (seen[i].Probe.IsWhole, seen[i].Confidence));
            Assert.Equal(foretold[i].Findings.Select(finding => finding.Rule.Id), seen[i].Findings.Select(finding => finding.Rule.Id));
        }
    }

    [Fact]
    public void The_verdict_is_what_the_probability_and_the_findings_say()
    {
        (PreparedData data, RunSpec[] specs) = Moons("he");
        Diagnosis calm = Diagnosis.Of(specs, data)[0] with { Findings = [] };
        Assert.Equal((Outlook.WillTrain, null), (calm.Outlook, calm.Cause));
        var sharp = new Finding(FindingRule.Sharpness, null, 3, 2, "sharp");
        var symmetry = new Finding(FindingRule.Symmetry, 1, 1, 0.5, "alike");
        Diagnosis restless = calm with { Findings = [symmetry, sharp], Forecast = calm.Forecast with { Probability = 0.7 } };
        Assert.Equal((Outlook.WillTrainUnstably, sharp, 0.7), (restless.Outlook, restless.Cause, restless.Confidence));
        Diagnosis poor = restless with { Forecast = calm.Forecast with { Probability = 0.2 } };
        Assert.Equal((Outlook.WillNotTrain, symmetry, 0.8), (poor.Outlook, poor.Cause, poor.Confidence));
    }

    [Theory]
    [InlineData("gd", 0, 2.0)]
    [InlineData("momentum:beta=0.5", 0, 3.0)]
    [InlineData("gd", 0.5, 2.0)]
    [InlineData("adam", 0, null)]
    public void The_stable_rate_is_that_of_the_sharpness_at_the_untouched_weights(string optimizer, double decay, double? factor)
    {
        (PreparedData data, RunSpec[] specs) = Moons(Options with { Optimizer = Optimizer.Parse(optimizer), WeightDecay = decay }, "he");
        Diagnosis diagnosis = Diagnosis.Of(specs, data)[0];
        double sharpness = Curvature.Of(data, specs[0].Architecture, specs[0].DrawParameters(data)).Largest[0];
        Assert.Equal(factor is null, diagnosis.StableRate is null);
        Assert.Equal(1, diagnosis.StableRate * (sharpness + decay) / factor ?? 1, 2e-3);
    }

    [Fact]
    public void Of_many_samples_some_are_looked_at_and_always_the_same()
    {
        Dataset data = DataSource.Load("blobs:30000", 1, new DataOptions()).Data;
        var network = new Architecture(data.FeatureCount, [128, 128], Activation.Relu, Loss.CrossEntropy, data.Classes.Count);
        TrainingOptions options = Options with { BatchSize = 32, Iterations = 50 };
        var prepared = PreparedData.Prepare(data, network, options);
        var spec = new RunSpec(network, Initializer.He, options);
        Diagnosis diagnosis = Diagnosis.Of([spec], prepared)[0];
        Assert.InRange(diagnosis.Data.Samples, 10_000, 29_999);

        // The same figures as from all samples, but for what a sample of them may differ.
        var whole = SignalStatistics.Of(network, spec.DrawParameters(prepared), data, prepared.Scaling);
        Assert.NotEqual(whole.Cost, diagnosis.Signal.Cost);
        Assert.Equal(1, diagnosis.Signal.Cost / whole.Cost, 0.02);
        Assert.Equal(Text(diagnosis), Text(Diagnosis.Of([spec], prepared)[0]));
    }

    [Theory]
    [InlineData(50_000, 335)]
    [InlineData(40_000, 400)]
    public void Of_samples_with_many_features_fewer_are_looked_at(int features, int samples)
    {
        Dataset data = Dataset.FromBytes("d", new byte[400 * features], features, [.. Enumerable.Range(0, 400).Select(i => i % 2)], ["a", "b"]);
        Dataset looked = LookedAt.Of(data, new Architecture(features, [2], Activation.Tanh));
        Assert.Equal(samples, looked.SampleCount);
        Assert.InRange(looked.CountClasses()[0], 0.45 * samples, 0.55 * samples);
    }

    [Fact]
    public void Few_samples_are_looked_at_all()
    {
        (PreparedData data, RunSpec[] specs) = Moons("he");
        Diagnosis diagnosis = Diagnosis.Of(specs, data)[0];
        Assert.Equal(data.Data.SampleCount, diagnosis.Data.Samples);
        var whole = SignalStatistics.Of(specs[0].Architecture, specs[0].DrawParameters(data), data.Data, data.Scaling);
        Assert.Equal(whole.Layers.Select(layer => (layer.PreActivations, layer.Gradients)), diagnosis.Signal.Layers.Select(layer => (layer.PreActivations, layer.Gradients)));
    }

    [Fact]
    public void A_diagnosis_can_be_ended_early_and_says_what_is_wrong_with_a_start()
    {
        (PreparedData data, RunSpec[] specs) = Moons("he");
        Assert.ThrowsAny<OperationCanceledException>(() => Diagnosis.Of(specs, data, 2, new CancellationToken(canceled: true)));
        RunSpec impossible = specs[0] with { Initializer = Initializer.Parse("delta_orthogonal") };
        Assert.Throws<StepZeroException>(() => Diagnosis.Of([impossible], data, 2));
    }

    private static (PreparedData Data, RunSpec[] Specs) Moons(params string[] starts) => Moons(Options, starts);

    private static (PreparedData Data, RunSpec[] Specs) Moons(TrainingOptions options, params string[] starts)
    {
        Dataset data = DataSource.Load("moons:200", 1, new DataOptions()).Data;
        var network = new Architecture(2, [8, 6], Activation.Tanh);
        return (PreparedData.Prepare(data, network, options), [.. starts.Select(start => new RunSpec(network, Initializer.Parse(start), options))]);
    }

    /// <summary>All figures of a diagnosis.</summary>
    private static string Text(Diagnosis diagnosis) => JsonSerializer.Serialize(
        new { diagnosis.Data, diagnosis.Signal, diagnosis.Symmetry, diagnosis.Theory, diagnosis.Probe, diagnosis.Forecast, Findings = diagnosis.Findings.Select(finding => finding.Text) },
        WithNan);
}
