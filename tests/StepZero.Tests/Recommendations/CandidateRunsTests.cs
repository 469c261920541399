using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Recommendations;
using StepZero.Training;

namespace StepZero.Tests.Recommendations;

public sealed class CandidateRunsTests
{
    private static readonly Dataset Moons = GeneratedSets.Parse("moons:48:0.1", 1);
    private static readonly Architecture Network = new(2, [3], Activation.Tanh);
    private static readonly Candidate[] Settings = [new(Initializer.Xavier, 0.5, Scaling.Auto), new(Initializer.He, 2, Scaling.Standardize), new(Initializer.Xavier, 1, Scaling.Auto)];

    /// <summary>Scalings are trained apart and starts together, and yet each stands where it was asked for.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(0.1)]
    public void Each_training_is_that_of_the_library_cut_short(double share)
    {
        var training = new TrainingOptions { Iterations = 16 };
        (Candidate Candidate, uint Seed)[] asked = [.. Enumerable.Range(3, 3).SelectMany(seed => Settings.Select(setting => (setting, (uint)seed)))];
        double done = 0;
        IReadOnlyList<CandidateRun> trained = new CandidateRuns(Question(training), new Execution { Threads = 2 }, TestContext.Current.CancellationToken) { Done = part => done += part }
            .Train(asked, share, null, deadline: null)!;
        Assert.Equal(9 * share, done, 1e-12);

        // A tenth of 16 updates are 2.
        int updates = share == 1 ? 16 : 2;
        foreach (((Candidate candidate, uint seed), CandidateRun run) in asked.Zip(trained))
        {
            TrainingRecord record = Alone(candidate, seed, training with { Iterations = updates });
            Assert.Equal([.. record.Costs, record.TrainCost!.Value], run.Course.Costs);
            Assert.Equal((record.TrainCost!.Value, 1, null), (run.Cost, run.Course.Every, run.ReachedAt));
        }
    }

    /// <summary>48 samples in batches of 20 are 3 updates an epoch.</summary>
    [Fact]
    public void Epochs_are_cut_short_and_tell_their_costs()
    {
        var training = new TrainingOptions { Epochs = 10, BatchSize = 20 };
        var runs = new CandidateRuns(Question(training), new Execution(), TestContext.Current.CancellationToken);
        foreach ((double share, int epochs) in ((double, int)[])[(0.26, 3), (1, 10)])
        {
            CandidateRun run = runs.Train([(Settings[0], 3)], share, null, deadline: null)![0];
            TrainingRecord record = Alone(Settings[0], 3, training with { Epochs = epochs });
            Assert.Equal([record.StartCost!.Value, .. record.EpochCosts!], run.Course.Costs);
            Assert.Equal((record.TrainCost, 3, epochs + 1), (run.Cost, run.Course.Every, run.Course.Costs.Length));
        }
    }

    [Fact]
    public void A_training_ends_where_it_reaches_the_target()
    {
        var training = new TrainingOptions { Iterations = 200 };
        var runs = new CandidateRuns(Question(training), new Execution(), TestContext.Current.CancellationToken);
        CandidateRun run = runs.Train([(Settings[1], 3)], 1, TrainingTarget.Parse("cost:0.4"), deadline: null)![0];
        int at = Array.FindIndex(Alone(Settings[1], 3, training).Costs, cost => cost <= 0.4);
        Assert.Equal(at, run.ReachedAt);
        Assert.InRange(run.Course.Costs.Length, at + 1, at + 2);
    }

    [Fact]
    public void A_target_is_reached_at_the_first_cost_that_is_no_larger()
    {
        var course = new CostsByIteration([4, 3, 2, 5, 1], 7);
        Assert.Equal([0, 7, 14, 28, null], ((double[])[4, 3, 2, 1, 0.9]).Select(course.FirstUpTo));
    }

    /// <summary>Few samples of many features: the dual form, whose projection takes more than it saves where updates are few.</summary>
    [Fact]
    public void A_part_of_a_training_has_the_form_of_the_whole()
    {
        Dataset wide = GeneratedSets.Parse("noise:20:400", 1);
        var network = new Architecture(wide.FeatureCount, [3], Activation.Tanh, Loss.Mse);
        var training = new TrainingOptions { Iterations = 1000 };
        Assert.Equal((TrainingForm.Dual, TrainingForm.Primal), (PreparedData.FormOf(wide, network, training), PreparedData.FormOf(wide, network, training with { Iterations = 1 })));
        var runs = new CandidateRuns(new AdviceQuestion(new RunSpec(network, Initializer.Xavier, training), wide), new Execution(), TestContext.Current.CancellationToken);
        Assert.Equal([TrainingForm.Dual, TrainingForm.Dual], new[] { 0.001, 1 }.Select(share => runs.DataOf(Scaling.Auto, share).Form));
    }

    [Fact]
    public void What_may_not_be_ended_is_trained_when_time_is_over()
    {
        var deadline = new Deadline(TimeProvider.System, TimeSpan.Zero);
        var runs = new CandidateRuns(Question(new TrainingOptions { Iterations = 2 }), new Execution(), TestContext.Current.CancellationToken);
        Assert.Single(runs.Train([(Settings[0], 3)], 1, null, deadline: null)!);
        Assert.False(deadline.WasOver);
        Assert.Null(runs.Train([(Settings[0], 3)], 1, null, deadline));
        Assert.True(deadline.WasOver);
    }

    private static AdviceQuestion Question(TrainingOptions training) => new(new RunSpec(Network, Initializer.Zeros, training), Moons);

    private static TrainingRecord Alone(Candidate candidate, uint seed, TrainingOptions training)
    {
        TrainingOptions options = training with { LearningRate = candidate.LearningRate, Scaling = candidate.Scaling };
        return Trainings.Run([new RunSpec(Network, candidate.Initializer, options, seed)], PreparedData.Prepare(Moons, Network, options))[0].Record;
    }
}
