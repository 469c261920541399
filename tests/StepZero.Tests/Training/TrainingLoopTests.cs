using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Training;

public sealed class TrainingLoopTests
{
    private static readonly Architecture Network = new(2, [8, 5], Activation.Tanh);

    public static TheoryData<string, string, int?, string> Ways
    {
        get
        {
            var ways = new TheoryData<string, string, int?, string>();
            foreach (string optimizer in Optimizer.Names)
            {
                ways.Add(optimizer, "primal", 16, "double");
                ways.Add(optimizer, "primal", null, "single");
                if (Optimizer.Parse(optimizer).HasDualForm)
                {
                    ways.Add(optimizer, "dual", 16, "single");
                    ways.Add(optimizer, "dual", null, "double");
                }
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_training_cut_at_any_checkpoint_ends_with_the_same_bits(string optimizer, string form, int? batch, string precision)
    {
        TrainingOptions options = new()
        {
            Optimizer = Optimizer.Parse(optimizer),
            LearningRate = 0.02,
            WeightDecay = 0.01,
            ClipNorm = 0.5,
            BatchSize = batch,
            Iterations = 60,
            Form = CanonicalText.Parse<TrainingForm>(form),
            Precision = CanonicalText.Parse<Precision>(precision),
            Schedule = LearningRateSchedule.Parse("cosine:warmup=5"),
            EarlyStopping = new EarlyStopping { Patience = 25 },
        };
        List<TrainingCheckpoint> checkpoints = [];
        RunResult whole = Run(options, new Checkpointing(7, checkpoints.Add));
        Assert.InRange(checkpoints.Count, 3, 8);
        foreach (TrainingCheckpoint checkpoint in checkpoints)
        {
            RunResult resumed = Run(options, new Checkpointing(1000, _ => { }, checkpoint));
            Assert.Equal(whole.Record.Costs, resumed.Record.Costs);
            Assert.Equal(whole.Record.HeldCosts, resumed.Record.HeldCosts);
            Assert.Equal((whole.Record.TrainCost, whole.Record.BestEpoch), (resumed.Record.TrainCost, resumed.Record.BestEpoch));
            Assert.Equal(whole.FinalParameters!.Value.Weights[0], resumed.FinalParameters!.Value.Weights[0]);
        }
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused()
    {
        TrainingOptions options = new() { BatchSize = 16, Epochs = 10, EarlyStopping = new EarlyStopping { Patience = 25 }, Optimizer = Optimizer.Parse("momentum") };
        List<TrainingCheckpoint> checkpoints = [];
        Run(options, new Checkpointing(7, checkpoints.Add));
        TrainingCheckpoint good = checkpoints[^1];
        Run(options, new Checkpointing(7, _ => { }, good));

        TrainerState state = good.State, best = good.Best!;
        TrainingCheckpoint[] others =
        [
            good with { State = state with { Iteration = -state.Iteration } }, good with { State = state with { Iteration = state.Iteration + 1 } },
            good with { State = state with { Iteration = 1_000_000 }, Costs = new double[1_000_000] },
            good with { Costs = good.Costs[1..] }, good with { EpochCosts = good.EpochCosts[1..] }, good with { HeldCosts = [.. good.HeldCosts, 1] },
            good with { State = state with { Values = state.Values[1..] } }, good with { State = state with { Moments = [] } },
            good with { Best = null }, good with { Best = best with { Iteration = 0 } }, good with { Best = best with { Iteration = best.Iteration + 1 } },
            good with { Best = best with { Iteration = 4 * (good.HeldCosts.Length + 1) } }, good with { Best = best with { Values = [] } },
        ];
        Assert.All(others, other => Assert.Contains("of another training", Assert.Throws<StepZeroException>(() => Run(options, new Checkpointing(7, _ => { }, other))).Message));
    }

    [Theory]
    [InlineData("primal", null, "standardize")]
    [InlineData("primal", 20, "divide:0.5")]
    [InlineData("dual", null, "divide:0.5")]
    [InlineData("dual", 20, "standardize")]
    public void Early_stopping_ends_and_gives_back_the_weights_of_the_lowest_held_out_cost(string form, int? batch, string scaling)
    {
        Dataset data = GeneratedSets.Make("moons", 60, 0.5, 3);
        var options = new TrainingOptions
        {
            Optimizer = Optimizer.Parse("momentum"),
            LearningRate = 0.2,
            Iterations = 5000,
            BatchSize = batch,
            Form = CanonicalText.Parse<TrainingForm>(form),
            EarlyStopping = new EarlyStopping { Patience = 20, Held = 0.3 },
            Scaling = Scaling.Parse(scaling),
        };
        RunResult result = Trainings.Run(new RunSpec(Network, Initializer.Xavier, options), data);
        double[] held = result.Record.HeldCosts!;
        int best = result.Record.BestEpoch!.Value;
        Assert.Equal(best + 20, held.Length);
        Assert.Equal(held.Min(), held[best - 1]);
        Assert.True(result.Record.Costs.Length < 5000, "must have ended early");

        // What was held out is a part of its own, and the weights given back have the cost that was seen.
        (Dataset train, Dataset heldOut) = options.EarlyStopping.Divide(data, 1);
        Assert.Equal((42, 18), (train.SampleCount, heldOut.SampleCount));
        Assert.Equal(Split.Random(data, 0.3, 1).Test.Values.ToArray(), heldOut.Values.ToArray());
        Model model = Model.Of(Network, result.FinalParameters!.Value, options.Scaling.Fit(train), train);
        Assert.Equal(held[best - 1], model.Score(heldOut).Cost, 1e-12);
        Assert.Equal(result.Record.TrainCost!.Value, model.Score(train).Cost, 1e-12);
    }

    [Fact]
    public void A_held_out_part_that_leaves_one_class_is_refused_by_its_name()
    {
        var data = Dataset.FromValues("few", [1, 2, 3], 1, [0, 1, 0], ["a", "b"]);
        string message = Assert.Throws<StepZeroException>(() => new EarlyStopping { Patience = 1, Held = 0.6 }.Divide(data, 1)).Message;
        Assert.StartsWith("A held-out share of 0.6 leaves only samples of class 'b' to train on.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_held_out_cost_that_is_no_number_ends_nothing()
    {
        Dataset train = GeneratedSets.Make("moons", 40, 0.3, 1);
        Dataset held = Dataset.FromValues("held", [double.NaN, 1, 0, 1], 2, [0, 1], train.Classes);
        var options = new TrainingOptions { Iterations = 30, EarlyStopping = new EarlyStopping { Patience = 2 } };
        TrainingRecord record = Trainings.Run([new RunSpec(Network, Initializer.Xavier, options)], PreparedData.Prepare(train, Network, options, held: held))[0].Record;
        Assert.Equal((30, 30), (record.Costs.Length, record.BestEpoch));
        Assert.All(record.HeldCosts!, cost => Assert.Equal(double.NaN, cost));
    }

    [Fact]
    public void Epochs_count_updates_and_keep_the_cost_over_all_samples()
    {
        Dataset data = GeneratedSets.Make("moons", 50, 0.2, 1);
        var options = new TrainingOptions { BatchSize = 16, Epochs = 3, LearningRate = 0.1 };
        RunResult result = Trainings.Run(new RunSpec(Network, Initializer.Xavier, options), data);
        Assert.Equal(12, result.Record.Costs.Length);
        Assert.Equal(3, result.Record.EpochCosts!.Length);
        Assert.Equal(result.Record.TrainCost, result.Record.EpochCosts[^1]);
        Assert.Null(Trainings.Run(new RunSpec(Network, Initializer.Xavier, new TrainingOptions { Iterations = 3 }), data).Record.EpochCosts);

        // All samples at once are one update an epoch, whose cost comes next.
        double[] full = Trainings.Run(new RunSpec(Network, Initializer.Xavier, new TrainingOptions { Epochs = 5 }), data).Record.EpochCosts!;
        double[] costs = Trainings.Run(new RunSpec(Network, Initializer.Xavier, new TrainingOptions { Iterations = 6 }), data).Record.Costs;
        Assert.Equal(costs[1..], full);
    }

    [Fact]
    public void Batches_of_all_samples_are_the_full_batch()
    {
        Dataset data = GeneratedSets.Make("moons", 50, 0.2, 1);
        var options = new TrainingOptions { Iterations = 30 };
        Assert.Equal(Costs(options), Costs(options with { BatchSize = 50 }));
        Assert.NotEqual(Costs(options), Costs(options with { BatchSize = 49 }));

        double[] Costs(TrainingOptions some) => Trainings.Run(new RunSpec(Network, Initializer.Xavier, some), data).Record.Costs;
    }

    [Fact]
    public void The_order_of_batches_is_that_of_the_seed()
    {
        Dataset data = GeneratedSets.Make("moons", 50, 0.2, 1);
        PreparedData prepared = PreparedData.Prepare(data, Network, new TrainingOptions { BatchSize = 7 });
        Parameters start = Initializer.Xavier.Draw(Network, 1);
        Assert.Equal(Costs(5), Costs(5));
        Assert.NotEqual(Costs(5), Costs(6));

        double[] Costs(uint seed)
        {
            Trainer trainer = prepared.StartTrainer(Network, start, seed: seed);
            return [.. Enumerable.Range(0, 20).Select(_ => trainer.Step())];
        }
    }

    [Fact]
    public void A_trainer_goes_back_to_an_earlier_epoch()
    {
        PreparedData prepared = PreparedData.Prepare(GeneratedSets.Make("moons", 50, 0.2, 1), Network, new TrainingOptions { BatchSize = 7 });
        Trainer trainer = prepared.StartTrainer(Network, Initializer.Xavier.Draw(Network, 1));
        TrainerState start = trainer.Save();
        double[] costs = [.. Enumerable.Range(0, 30).Select(_ => trainer.Step())];
        trainer.Restore(start);
        Assert.Equal(costs, Enumerable.Range(0, 30).Select(_ => trainer.Step()));
    }

    [Theory]
    [InlineData("constant", 0, 100, 1)]
    [InlineData("warmup:4", 0, 100, 0.25)]
    [InlineData("warmup:4", 3, 100, 1)]
    [InlineData("warmup:4", 99, 100, 1)]
    [InlineData("step:every=10:factor=0.5", 9, 100, 1)]
    [InlineData("step:every=10:factor=0.5", 10, 100, 0.5)]
    [InlineData("step:every=10:factor=0.5:warmup=5", 14, 100, 1)]
    [InlineData("step:every=10:factor=0.5:warmup=5", 35, 100, 0.125)]
    [InlineData("cosine", 0, 100, 1)]
    [InlineData("cosine", 50, 100, 0.5)]
    [InlineData("cosine:final=0.2", 50, 100, 0.6)]
    [InlineData("cosine:warmup=20", 60, 100, 0.5)]
    public void A_schedule_multiplies_the_rate(string text, int iteration, int iterations, double factor)
    {
        var schedule = LearningRateSchedule.Parse(text);
        Assert.Equal(factor, schedule.FactorAt(iteration, iterations), 1e-15);
        Assert.Equal(schedule, LearningRateSchedule.Parse(schedule.ToString()));
    }

    private static RunResult Run(TrainingOptions options, Checkpointing checkpointing) => Trainings.Run(
        new RunSpec(Network, Initializer.Xavier, options, Seed: 2), GeneratedSets.Make("moons", 60, 0.3, 1), execution: new Execution { Checkpointing = checkpointing });
}
