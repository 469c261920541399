namespace StepZero.Training;

/// <summary>All that a training must know to go on and end as if it had never been cut short.</summary>
/// <param name="State">The trainer's state.</param>
/// <param name="Costs">The costs so far, one an update.</param>
/// <param name="EpochCosts">The costs at the end of each epoch so far, where they are kept.</param>
/// <param name="HeldCosts">The held-out costs at the end of each epoch so far, with early stopping.</param>
/// <param name="Best">The state after the epoch of the lowest held-out cost; null without early stopping or before the first epoch.</param>
public sealed record TrainingCheckpoint(TrainerState State, double[] Costs, double[] EpochCosts, double[] HeldCosts, TrainerState? Best);

/// <summary>Checkpoints of a training.</summary>
/// <param name="Every">The updates between two of them, at least 1.</param>
/// <param name="Keep">Receives each, on the thread that trains, and one more when the training is cancelled.</param>
/// <param name="Resume">The checkpoint to go on from; null to begin anew.</param>
/// <exception cref="ArgumentOutOfRangeException">There is less than one update between two.</exception>
public sealed record Checkpointing(int Every, Action<TrainingCheckpoint> Keep, TrainingCheckpoint? Resume = null)
{
    /// <summary>The updates between two checkpoints, at least 1.</summary>
    public int Every { get; } = Every >= 1 ? Every : throw new ArgumentOutOfRangeException(nameof(Every), Every, "Expected at least 1 update.");
}

/// <summary>Steps a trainer to the end of its training, and keeps what was seen.</summary>
internal sealed class TrainingLoop(Trainer trainer, TrainingOptions training, int samples)
{
    private readonly int iterations = training.UpdatesFor(samples);
    private readonly int perEpoch = training.UpdatesPerEpoch(samples);
    private readonly bool keepsEpochs = training.Epochs is not null || training.BatchSize is not null;
    private readonly List<double> costs = [];
    private readonly List<double> epochCosts = [];
    private readonly List<double> heldCosts = [];
    private TrainerState? best;
    private double? startCost;
    private int? reachedAt;

    /// <summary>Whether the next accuracy may be the one that is to be reached.</summary>
    public bool NeedsAccuracy => reachedAt is null && training.Target?.Quantity == TargetQuantity.Accuracy;

    /// <summary>Whether all updates were made, or as many as it took.</summary>
    public bool IsOver => costs.Count >= iterations || (reachedAt is not null && training.Target!.EndsThere) || IsPatienceOver();

    /// <summary>Trains.</summary>
    /// <param name="progress">Is told of every hundredth: the updates made, and how many there are to make.</param>
    /// <param name="checkpointing">Where checkpoints go; null for none.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <param name="beforeUpdate">Is called before each update; it must not change the trainer.</param>
    public RunStatus Run(Action<int, int>? progress, Checkpointing? checkpointing, CancellationToken cancellation, Action? beforeUpdate = null)
    {
        startCost = training.HasBatches(samples) && trainer.Cost() is double first && double.IsFinite(first) ? first : null;
        if (startCost is not null)
        {
            See(startCost.Value, NeedsAccuracy ? trainer.Accuracy() : null, 0);
        }

        if (checkpointing?.Resume is TrainingCheckpoint resumed)
        {
            Restore(resumed);
        }

        while (!IsOver)
        {
            if (cancellation.IsCancellationRequested)
            {
                checkpointing?.Keep(Save());
                return RunStatus.Cancelled;
            }

            beforeUpdate?.Invoke();
            double? accuracy = NeedsAccuracy && !training.HasBatches(samples) ? trainer.Accuracy() : null;
            double cost = trainer.Step();
            if (!double.IsFinite(cost))
            {
                return RunStatus.Diverged;
            }

            Take(cost, accuracy, progress);
            if (trainer.Iteration % perEpoch == 0)
            {
                EndEpoch();
            }

            if (checkpointing is not null && trainer.Iteration % checkpointing.Every == 0 && trainer.Iteration < iterations)
            {
                checkpointing.Keep(Save());
            }
        }

        if (best is not null)
        {
            trainer.Restore(best);
        }

        return RunStatus.Completed;
    }

    /// <summary>Takes the next cost: of this loop's own update, or of one that lanes have made, which know neither batches nor epochs.</summary>
    /// <param name="cost">The cost before the update, finite.</param>
    /// <param name="accuracy">The accuracy before it; looked at while <see cref="NeedsAccuracy"/>.</param>
    /// <param name="progress">As of <see cref="Run"/>.</param>
    public void Take(double cost, double? accuracy, Action<int, int>? progress)
    {
        if (!training.HasBatches(samples))
        {
            See(cost, accuracy, costs.Count);
        }

        costs.Add(cost);
        if (costs.Count % Math.Max(1, iterations / 100) == 0)
        {
            progress?.Invoke(costs.Count, iterations);
        }
    }

    /// <summary>Notes whether the target is reached.</summary>
    /// <param name="cost">The cost over all training samples.</param>
    /// <param name="accuracy">The accuracy over them; null where nobody needs it.</param>
    /// <param name="iteration">The updates that led there.</param>
    public void See(double cost, double? accuracy, int iteration)
    {
        if (reachedAt is null && training.Target is TrainingTarget target && target.IsReached((target.Quantity == TargetQuantity.Cost ? cost : accuracy) ?? double.NaN))
        {
            reachedAt = iteration;
        }
    }

    /// <summary>What was seen, but for what is known only at the end.</summary>
    public TrainingRecord RecordOf(RunStatus status) => new(status, [.. costs], status == RunStatus.Diverged ? costs.Count : null, null)
    {
        StartCost = startCost,
        EpochCosts = keepsEpochs ? [.. epochCosts] : null,
        HeldCosts = training.EarlyStopping is null ? null : [.. heldCosts],
        BestEpoch = best is null ? null : best.Iteration / perEpoch,
        ReachedAt = reachedAt,
    };

    private void EndEpoch()
    {
        if (keepsEpochs)
        {
            epochCosts.Add(trainer.Cost());
        }

        if (training.HasBatches(samples))
        {
            See(epochCosts[^1], NeedsAccuracy ? trainer.Accuracy() : null, trainer.Iteration);
        }

        if (training.EarlyStopping is not null)
        {
            double cost = trainer.HeldCost();
            if (best is null || cost < heldCosts[(best.Iteration / perEpoch) - 1] || double.IsNaN(heldCosts[(best.Iteration / perEpoch) - 1]))
            {
                best = trainer.Save();
            }

            heldCosts.Add(cost);
        }
    }

    private bool IsPatienceOver() => best is not null && heldCosts.Count - (best.Iteration / perEpoch) >= training.EarlyStopping!.Patience;

    private TrainingCheckpoint Save() => new(trainer.Save(), [.. costs], [.. epochCosts], [.. heldCosts], best);

    /// <exception cref="StepZeroException">The checkpoint is of another training, or damaged.</exception>
    private void Restore(TrainingCheckpoint checkpoint)
    {
        if (!IsWhole(checkpoint))
        {
            throw new StepZeroException(OfAnother("its costs are not those of its updates"));
        }

        try
        {
            // The best state comes back at the end alone; that it fits should be known now.
            trainer.Restore(checkpoint.Best ?? checkpoint.State);
            trainer.Restore(checkpoint.State);
        }
        catch (ArgumentException error)
        {
            throw new StepZeroException(OfAnother("its values are not those of this network and optimizer"), error);
        }

        costs.AddRange(checkpoint.Costs);
        epochCosts.AddRange(checkpoint.EpochCosts);
        heldCosts.AddRange(checkpoint.HeldCosts);
        best = checkpoint.Best;
    }

    /// <summary>Whether there is a cost for every update and epoch, and a best epoch among them.</summary>
    private bool IsWhole(TrainingCheckpoint checkpoint)
    {
        int made = checkpoint.State.Iteration, epochs = made / perEpoch, held = training.EarlyStopping is null ? 0 : epochs;
        return made >= 0 && made <= iterations && checkpoint.Costs.Length == made
            && checkpoint.EpochCosts.Length == (keepsEpochs ? epochs : 0) && checkpoint.HeldCosts.Length == held
            && (held == 0 ? checkpoint.Best is null
                : checkpoint.Best is TrainerState kept && kept.Iteration % perEpoch == 0 && kept.Iteration / perEpoch is int epoch && epoch >= 1 && epoch <= held);
    }

    private static string OfAnother(string why) =>
        $"The checkpoint to go on from is of another training, or damaged: {why}. Go on with the options and the version that wrote it, or begin anew with --force.";
}
