using StepZero.Data;
using StepZero.Training;

namespace StepZero.Recommendations;

/// <summary>What became of a training of a candidate.</summary>
/// <param name="Cost">The mean loss of the trained network over the training samples; infinite where it diverged.</param>
/// <param name="ReachedAt">The first iteration at which the target that was set was reached; null without one, and where it was not.</param>
/// <param name="Course">The costs, for finding when another target was reached.</param>
/// <param name="TestAccuracy">The share of test samples classified rightly, or null.</param>
internal sealed record CandidateRun(double Cost, int? ReachedAt, CostsByIteration Course, double? TestAccuracy)
{
    /// <summary>The first iteration at which a target was reached; null where it was not.</summary>
    /// <param name="target">The target: the one that was set, or a cost that is no lower.</param>
    /// <param name="isGiven">Whether it was set from the start.</param>
    public int? At(TrainingTarget target, bool isGiven) => isGiven ? ReachedAt : Course.FirstUpTo(target.Value);
}

/// <summary>Costs over all training samples and the iterations that they are of.</summary>
/// <param name="Costs">The costs.</param>
/// <param name="Every">The iterations between two.</param>
internal sealed record CostsByIteration(double[] Costs, int Every)
{
    /// <summary>The first iteration whose cost is at most a value; null where there is none.</summary>
    public int? FirstUpTo(double cost) => Array.FindIndex(Costs, one => one <= cost) is int at and >= 0 ? at * Every : null;
}

/// <summary>Trains candidates, those of one scaling together in lanes, in parts between which a budget can end it.</summary>
/// <param name="question">What is asked.</param>
/// <param name="execution">How it is carried out.</param>
/// <param name="cancellation">Ends it early.</param>
internal sealed class CandidateRuns(AdviceQuestion question, Execution execution, CancellationToken cancellation)
{
    /// <summary>So many trainings of one call keep their costs at the same time.</summary>
    private const int LargestPart = 256;

    private readonly Dictionary<(string Scaling, int? Epochs), PreparedData> prepared = [];

    /// <summary>Is told of the number of whole trainings that what has just been done amounts to.</summary>
    public Action<double>? Done { get; init; }

    /// <summary>Trains candidates.</summary>
    /// <param name="runs">The candidates with the seeds of their weights.</param>
    /// <param name="share">The share of their updates that they make.</param>
    /// <param name="target">A target that ends them; null for none.</param>
    /// <param name="deadline">When nothing more is to begin; null where it goes on to its end.</param>
    /// <param name="test">Samples to test on, or null.</param>
    /// <returns>For each what became of it; null where the deadline ended it.</returns>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public IReadOnlyList<CandidateRun>? Train(IReadOnlyList<(Candidate Candidate, uint Seed)> runs, double share, TrainingTarget? target, Deadline? deadline, Dataset? test = null)
    {
        var results = new CandidateRun[runs.Count];
        foreach (IGrouping<string, int> group in Enumerable.Range(0, runs.Count).GroupBy(i => runs[i].Candidate.Scaling.ToString()))
        {
            PreparedData data = DataOf(runs[group.First()].Candidate.Scaling, share);

            // Trainings that start from the same weights follow one another, so that these are drawn once.
            foreach (int[] part in group.OrderBy(i => runs[i].Candidate.Initializer.Name, StringComparer.Ordinal).ThenBy(i => runs[i].Seed).ThenBy(i => runs[i].Candidate.LearningRate).Chunk(PartOf(data)))
            {
                if (deadline is { IsOver: true })
                {
                    return null;
                }

                RunSpec[] specs = [.. part.Select(i => runs[i].Candidate.Of(question.Run, runs[i].Seed)).Select(spec => spec with { Training = Of(spec.Training, share, target) })];
                IReadOnlyList<RunResult> trained = Trainings.Run(specs, data, test, execution, cancellation);
                cancellation.ThrowIfCancellationRequested();
                for (int i = 0; i < part.Length; i++)
                {
                    results[part[i]] = Of(trained[i], specs[i].Training, data.Data.SampleCount);
                }

                Done?.Invoke(part.Length * share);
            }
        }

        return results;
    }

    /// <summary>The samples as they are prepared for trainings of a scaling.</summary>
    /// <param name="scaling">The scaling.</param>
    /// <param name="share">The share of the updates that are made.</param>
    public PreparedData DataOf(Scaling scaling, double share)
    {
        TrainingOptions training = Of(question.Run.Training with { Scaling = scaling }, share, null);
        (string, int?) key = (scaling.ToString(), training.Epochs);
        if (!prepared.TryGetValue(key, out PreparedData? data))
        {
            // The form is chosen by the updates of a whole training.
            training = training with { Iterations = question.Run.Training.Iterations };
            prepared[key] = data = PreparedData.Prepare(question.Train, question.Run.Architecture, training, execution.Threads, null, cancellation);
        }

        return data;
    }

    /// <summary>A few lanes for each thread where trainings are long, and many where they are short.</summary>
    private int PartOf(PreparedData data)
    {
        double work = TrainingWork.Of(question.Run.Architecture, question.Run.Training, data.Data.SampleCount, data.Form).Of(1);
        int together = LaneTrainer.Fits(question.Run.Architecture, question.Run.Training, data) ? data.Lanes * execution.Threads : 2 * execution.Threads;
        const double WorkOfAPart = 1e11;
        return Math.Clamp((int)(WorkOfAPart / work) / together * together, together, Math.Max(together, LargestPart));
    }

    private static TrainingOptions Of(TrainingOptions training, double share, TrainingTarget? target) => training with
    {
        Iterations = Shortened(training.Iterations, share),
        Epochs = training.Epochs is int epochs ? Shortened(epochs, share) : null,
        Target = target is null ? null : target with { EndsThere = true },
    };

    private static int Shortened(int rounds, double share) => Math.Max(1, (int)Math.Round(rounds * share));

    private static CandidateRun Of(RunResult result, TrainingOptions training, int samples)
    {
        TrainingRecord record = result.Record;
        double cost = record.TrainCost ?? double.PositiveInfinity;
        CostsByIteration course = record.EpochCosts is double[] epochs
            ? new CostsByIteration([record.StartCost ?? double.PositiveInfinity, .. epochs], training.UpdatesPerEpoch(samples))
            : new CostsByIteration([.. record.Costs, cost], 1);
        return new CandidateRun(
            cost, record.ReachedAt ?? (training.Target is { Quantity: TargetQuantity.Cost, Value: double value } ? course.FirstUpTo(value) : null), course, result.TestAccuracy);
    }
}

/// <summary>When nothing more is to begin.</summary>
/// <param name="clock">The clock; null where nothing ends.</param>
/// <param name="budget">The time from now on; null for no end.</param>
internal sealed class Deadline(TimeProvider? clock, TimeSpan? budget)
{
    private readonly long started = clock?.GetTimestamp() ?? 0;

    /// <summary>Whether it is over. Once over, it stays so.</summary>
    public bool IsOver => WasOver |= budget is TimeSpan most && clock is not null && clock.GetElapsedTime(started) >= most;

    /// <summary>The share of the time that has gone; 0 where nothing ends.</summary>
    public double Gone => budget is TimeSpan most && most > TimeSpan.Zero && clock is not null ? Math.Min(1, clock.GetElapsedTime(started) / most) : 0;

    /// <summary>Whether it was over when somebody asked.</summary>
    public bool WasOver { get; private set; }
}
