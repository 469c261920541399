using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
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
        int lanes = Prepared(training).Lanes, group = 9 / lanes;
        for (int run = 0; run < specs.Length; run++)
        {
            bool wasThere = run / lanes < group || (run / lanes == group && whole[run].Record.Costs.Length < 50);
            if (wasThere)
            {
                AssertSame(whole[run], cut[run]);
                continue;
            }

            Assert.Equal(RunStatus.Cancelled, cut[run].Record.Status);
            Assert.Null(cut[run].FinalParameters);
            Assert.Equal(whole[run].Record.Costs.Take(run / lanes == group ? 50 : 0), cut[run].Record.Costs);
        }
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

    private static void AssertSame(RunResult expected, RunResult found)
    {
        Assert.Equal(expected.Spec, found.Spec);
        Assert.Equal(expected.Record.Status, found.Record.Status);
        Assert.Equal(expected.Record.Costs, found.Record.Costs);
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
