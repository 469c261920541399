using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Tests.Training;

/// <summary>Many trainings at once against each alone, bit for bit.</summary>
public sealed class TrainingsTests
{
    private const int Runs = 37;
    private const int Iterations = 120;

    private static readonly Dataset Data = GeneratedSets.Make("moons", 40, 0.2, 1);

    [Theory]
    [InlineData("gd", Precision.Double, TrainingForm.Dual, "constant")]
    [InlineData("nesterov", Precision.Single, TrainingForm.Dual, "cosine:final=0.1")]
    [InlineData("adam", Precision.Double, TrainingForm.Primal, "constant")]
    [InlineData("adamw", Precision.Single, TrainingForm.Primal, "warmup:7")]
    public void Many_trainings_end_as_each_does_alone_though_some_diverge(string optimizer, Precision precision, TrainingForm form, string schedule)
    {
        var training = new TrainingOptions
        {
            Optimizer = Optimizer.Parse(optimizer),
            Precision = precision,
            Form = form,
            Schedule = LearningRateSchedule.Parse(schedule),
            Iterations = Iterations,
        };
        RunSpec[] specs = Specs(training);
        foreach (int threads in (int[])[1, 2])
        {
            var seen = new Reports(_ => { });
            IReadOnlyList<RunResult> found = Trainings.Run(specs, Prepared(training), Data, new Execution { Threads = threads, Progress = seen });
            Assert.Contains(found, result => result.Record.Status == RunStatus.Diverged);
            Assert.Contains(found, result => result.Record.Status == RunStatus.Completed);
            for (int run = 0; run < specs.Length; run++)
            {
                var alone = new Reports(_ => { });
                AssertSame(Trainings.Run([specs[run]], Prepared(training), Data, new Execution { Progress = alone })[0], found[run]);
                Assert.Equal(alone.Of(0), seen.Of(run));
            }
        }
    }

    [Fact]
    public void Many_trainings_that_are_cut_short_have_the_costs_that_each_has_alone_until_then()
    {
        var training = new TrainingOptions { Iterations = Iterations };
        RunSpec[] specs = Specs(training);
        IReadOnlyList<RunResult> whole = Trainings.Run(specs, Prepared(training));
        using var ended = new CancellationTokenSource();
        var reports = new Reports(report =>
        {
            if (report is { Run: 9, Iteration: 50 })
            {
                ended.Cancel();
            }
        });
        IReadOnlyList<RunResult> cut = Trainings.Run(specs, Prepared(training), execution: new Execution { Progress = reports }, cancellation: ended.Token);
        for (int run = 0; run < specs.Length; run++)
        {
            if (cut[run].Record.Status != RunStatus.Cancelled)
            {
                AssertSame(whole[run], cut[run]);
                continue;
            }

            Assert.Null(cut[run].FinalParameters);
            Assert.Equal(whole[run].Record.Costs.Take(cut[run].Record.Costs.Length), cut[run].Record.Costs);
        }

        Assert.Equal(50, cut[9].Record.Costs.Length);
        Assert.Contains(cut, result => result.Record.Costs is []);
        Assert.Contains(cut, result => result.Record.Status != RunStatus.Cancelled);
    }

    [Theory]
    [InlineData("cost:0.45", false)]
    [InlineData("cost:0.45", true)]
    [InlineData("accuracy:0.85", false)]
    [InlineData("accuracy:0.85", true)]
    public void The_iteration_that_reaches_the_target_is_the_first_whose_network_is_as_good(string text, bool endsThere)
    {
        var target = TrainingTarget.Parse(text);
        var training = new TrainingOptions { Iterations = Iterations, Target = target with { EndsThere = endsThere } };
        RunSpec[] specs = Specs(training);
        IReadOnlyList<RunResult> found = Trainings.Run(specs, Prepared(training), Data, new Execution { Threads = 2 });
        Assert.Contains(found, result => result.Record.ReachedAt is null);
        Assert.Contains(found, result => result.Record.ReachedAt > 0);
        for (int run = 0; run < specs.Length; run++)
        {
            AssertSame(Trainings.Run([specs[run]], Prepared(training), Data)[0], found[run]);
            int? expected = FirstThatReaches(specs[run], target);
            Assert.Equal(expected, found[run].Record.ReachedAt);
            Assert.Equal(endsThere && expected < Iterations ? expected + 1 : found[run].Record.DivergedAt ?? Iterations, found[run].Record.Costs.Length);
        }
    }

    [Fact]
    public void With_batches_a_target_is_looked_for_after_each_epoch()
    {
        var training = new TrainingOptions { Iterations = 600, BatchSize = 30, LearningRate = 0.1, Target = TrainingTarget.Parse("cost:0.3") };
        RunSpec spec = Specs(training)[1] with { Training = training };
        TrainingRecord record = Trainings.Run([spec], Prepared(training))[0].Record;
        int epoch = Array.FindIndex(record.EpochCosts!, cost => cost <= 0.3);
        Assert.True(epoch > 0);
        Assert.Equal((epoch + 1) * training.UpdatesPerEpoch(Data.SampleCount), record.ReachedAt);
    }

    [Fact]
    public void Trainings_that_differ_in_more_than_lanes_allow_end_as_each_does_alone()
    {
        var training = new TrainingOptions { Iterations = Iterations };
        RunSpec[] specs =
        [
            .. Specs(training),
            .. Specs(training with { Optimizer = Optimizer.Parse("momentum"), WeightDecay = 0.1 }).Select((spec, i) => spec with { Training = spec.Training with { Optimizer = Optimizer.Parse($"momentum:beta=0.{i % 10}") } }),
            .. Specs(training).Select((spec, i) => spec with { Training = spec.Training with { Iterations = 20 + (13 * i), WeightDecay = 0.001 * i }, Initializer = i % 2 == 0 ? Initializer.Xavier : Initializer.He }),
            .. Specs(training).Take(3).Select(spec => spec with { Architecture = spec.Architecture.WithHidden([4]) }),
            .. Specs(training with { ClipNorm = 0.5 }).Take(9),
        ];
        RunSpec[] mixed = [.. specs.OrderBy(spec => spec.Seed)];
        IReadOnlyList<RunResult> found = Trainings.Run(mixed, Prepared(training), Data, new Execution { Threads = 2 });
        for (int run = 0; run < mixed.Length; run++)
        {
            AssertSame(Trainings.Run([mixed[run]], Prepared(training), Data)[0], found[run]);
        }
    }

    [Theory]
    [InlineData(TrainingForm.Primal, null)]
    [InlineData(TrainingForm.Dual, null)]
    [InlineData(TrainingForm.Dual, 30)]
    public void Trainings_of_one_start_end_as_each_does_alone(TrainingForm form, int? batch)
    {
        var training = new TrainingOptions { Iterations = 20, Form = form, BatchSize = batch };
        RunSpec[] starts = [.. Specs(training).Take(3).SelectMany(spec => (RunSpec[])[spec, spec with { Random = RandomSource.Philox }, spec with { Shadow = 1 }])];
        RunSpec[] specs = [.. starts.SelectMany(spec => Enumerable.Range(1, 12).Select(i => spec with { Training = training with { LearningRate = 0.05 * i } }))];
        foreach (int threads in (int[])[1, 2, 30])
        {
            IReadOnlyList<RunResult> found = Trainings.Run(specs, Prepared(training), Data, new Execution { Threads = threads });
            for (int run = 0; run < specs.Length; run++)
            {
                AssertSame(Trainings.Run([specs[run]], Prepared(training), Data)[0], found[run]);
            }
        }
    }

    [Fact]
    public void Options_that_the_data_were_not_prepared_for_are_refused()
    {
        var training = new TrainingOptions { Iterations = 5 };
        RunSpec spec = Specs(training)[0];
        foreach (TrainingOptions other in (TrainingOptions[])[training with { Precision = Precision.Single }, training with { Scaling = Scaling.Parse("standardize") }, training with { BatchSize = 7 }])
        {
            Assert.Contains("prepared for", Assert.Throws<ArgumentException>(() => Trainings.Run([spec with { Training = other }], Prepared(training))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_time_of_trainings_in_lanes_is_shared_by_the_updates_they_made()
    {
        var training = new TrainingOptions { Iterations = Iterations };
        IReadOnlyList<RunResult> found = Trainings.Run(Specs(training), Prepared(training), null, new Execution { Clock = TimeProvider.System });
        double each = found[0].TrainSeconds / (1 + found[0].Record.Costs.Length);
        Assert.All(found, result => Assert.Equal(each * (1 + result.Record.Costs.Length), result.TrainSeconds, each * 1e-9));
        Assert.True(each > 0);
    }

    [Theory]
    [InlineData(40, null)]
    [InlineData(7, null)]
    [InlineData(40, 30)]
    [InlineData(null, 30)]
    public void Costs_of_epochs_are_kept_of_many_trainings_as_of_one(int? batch, int? epochs)
    {
        var training = new TrainingOptions { Iterations = 30, BatchSize = batch, Epochs = epochs };
        RunSpec[] specs = Specs(training);
        IReadOnlyList<RunResult> found = Trainings.Run(specs, Prepared(training));
        for (int run = 0; run < specs.Length; run++)
        {
            AssertSame(Trainings.Run([specs[run]], Prepared(training))[0], found[run]);
        }
    }

    [Fact]
    public void No_trainings_have_no_results() => Assert.Empty(Trainings.Run([], Prepared(new TrainingOptions())));

    /// <summary>Trainings of two hidden layers that share data, some with rates far too large.</summary>
    private static RunSpec[] Specs(TrainingOptions training) =>
        [.. Enumerable.Range(0, Runs).Select(i => new RunSpec(
            new Architecture(2, [5, 3], Activation.Relu), Initializer.He, training with { LearningRate = i % 3 == 2 ? Math.Pow(10, 4 * i) : 0.01 * (i + 1) }, (uint)i))];

    private static PreparedData Prepared(TrainingOptions training) => PreparedData.Prepare(Data, new Architecture(2, [5, 3], Activation.Relu), training);

    /// <summary>From trainings of as many iterations as lead there: another way than that of the loop.</summary>
    private static int? FirstThatReaches(RunSpec spec, TrainingTarget target)
    {
        Trainer trainer = Prepared(spec.Training).StartTrainer(spec.Architecture, spec.DrawParameters(), spec.Training.LearningRate);
        for (int t = 0; t <= spec.Training.Iterations; t++)
        {
            if (!double.IsFinite(trainer.Cost()))
            {
                return null;
            }

            if (target.IsReached(target.Quantity == TargetQuantity.Cost ? trainer.Cost() : trainer.Accuracy()!.Value))
            {
                return t;
            }

            trainer.Step();
        }

        return null;
    }

    private static void AssertSame(RunResult expected, RunResult found)
    {
        Assert.Equal(expected.Spec, found.Spec);
        Assert.Equal(expected.Record.Status, found.Record.Status);
        Assert.Equal(expected.Record.Costs, found.Record.Costs);
        Assert.Equal(expected.Record.ReachedAt, found.Record.ReachedAt);
        Assert.Equal(expected.Record.DivergedAt, found.Record.DivergedAt);
        Assert.Equal(expected.Record.EpochCosts, found.Record.EpochCosts);
        Assert.Equal(expected.Record.TrainCost, found.Record.TrainCost);
        Assert.Equal(expected.Record.TrainAccuracy, found.Record.TrainAccuracy);
        Assert.Equal(expected.TestCost, found.TestCost);
        Assert.Equal(expected.TestAccuracy, found.TestAccuracy);
        Assert.Equal(expected.FinalParameters is null, found.FinalParameters is null);
        for (int layer = 0; expected.FinalParameters is not null && layer < expected.Spec.Architecture.LayerCount; layer++)
        {
            Assert.Equal(expected.FinalParameters.Value.Weights[layer], found.FinalParameters!.Value.Weights[layer]);
            Assert.Equal(expected.FinalParameters.Value.Biases[layer], found.FinalParameters!.Value.Biases[layer]);
        }
    }

    private sealed class Reports(Action<TrainingProgress> told) : IProgress<TrainingProgress>
    {
        private readonly List<TrainingProgress> all = [];
        private readonly Lock adding = new();

        public void Report(TrainingProgress value)
        {
            lock (adding)
            {
                all.Add(value);
            }

            told(value);
        }

        public IEnumerable<(int Made, int ToMake)> Of(int run) => [.. all.Where(report => report.Run == run).Select(report => (report.Iteration, report.Iterations))];
    }
}
