using StepZero.Data;
using StepZero.Training;

namespace StepZero.Sweeps;

/// <summary>A setting of a sweep, ready to be trained.</summary>
/// <param name="Run">Its training from the first seed.</param>
/// <param name="Data">The training samples.</param>
/// <param name="Test">The test samples, or null.</param>
public sealed record SweepSetting(RunSpec Run, PreparedData Data, Dataset? Test);

/// <summary>Trains a sweep block by block, in lanes where these pay. What becomes of a training does not depend on which others are trained beside it.</summary>
/// <param name="plan">The sweep.</param>
/// <param name="settingOf">Makes a setting, by its number; called from several threads, and for settings of a block in their order.</param>
/// <param name="clock">Times the trainings, and the budget; null for neither.</param>
public sealed class SweepTraining(SweepPlan plan, Func<long, SweepSetting> settingOf, TimeProvider? clock = null)
{
    /// <summary>A part of a block that took no longer is followed by a larger one.</summary>
    private static readonly TimeSpan ShortPart = TimeSpan.FromSeconds(0.25);

    private readonly Lock keeping = new();

    /// <summary>How many trainings that went through lanes were short.</summary>
    private volatile int trainingsOfAPart;

    /// <summary>Trains what is missing of some blocks, side by side on the threads.</summary>
    /// <param name="blocks">The blocks, in this order.</param>
    /// <param name="isDone">Whether a training, by its number, is done already.</param>
    /// <param name="keep">Receives trainings as soon as they are done; never from two threads at a time.</param>
    /// <param name="threads">How many threads to use; the result does not depend on it.</param>
    /// <param name="budget">Nothing new begins after so long; null for no limit.</param>
    /// <param name="cancellation">Ends the work early; trainings in hand are lost.</param>
    /// <returns>Whether nothing is left of these blocks: false where the budget ended it.</returns>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    /// <exception cref="StepZeroException">A setting is impossible.</exception>
    public bool Run(
        IReadOnlyList<long> blocks, Predicate<long> isDone, Action<IReadOnlyList<SweptTraining>> keep, int threads = 1, TimeSpan? budget = null, CancellationToken cancellation = default)
    {
        int threadsOfABlock = Math.Max(1, threads / Math.Max(1, blocks.Count));
        long started = clock?.GetTimestamp() ?? 0;
        bool IsOver() => budget is TimeSpan most && clock is not null && clock.GetElapsedTime(started) >= most;

        return SideBySide.Map(blocks, threads, block =>
        {
            long[] missing = Missing(block, isDone);
            for (int done = 0; done < missing.Length;)
            {
                if (IsOver())
                {
                    return false;
                }

                done += Train(missing.AsSpan(done), keep, threadsOfABlock, cancellation);
            }

            return true;
        }).All(whole => whole);
    }

    private long[] Missing(long block, Predicate<long> isDone)
    {
        (long first, int count) = plan.Block(block);
        var missing = new List<long>(count);
        for (long training = first; training < first + count; training++)
        {
            if (!isDone(training))
            {
                missing.Add(training);
            }
        }

        return [.. missing];
    }

    /// <summary>Trains the first of some trainings and keeps them: all at once where they are short, and few where a kill in the middle would lose much.</summary>
    /// <returns>How many.</returns>
    private int Train(ReadOnlySpan<long> missing, Action<IReadOnlyList<SweptTraining>> keep, int threads, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        long number = plan.SettingOf(missing[0]);
        SweepSetting setting = settingOf(number), first = setting;
        int least = threads * (LaneTrainer.Fits(setting.Run.Architecture, setting.Run.Training, setting.Data) ? 2 * setting.Data.Lanes : 1);
        int count = Math.Min(missing.Length, clock is null ? missing.Length : Math.Max(least, trainingsOfAPart));
        var specs = new RunSpec[count];
        for (int i = 0; i < count; i++)
        {
            if (plan.SettingOf(missing[i]) != number)
            {
                number = plan.SettingOf(missing[i]);
                setting = settingOf(number);
            }

            if (setting.Data != first.Data)
            {
                // Trainings of one call share their data.
                count = i;
                break;
            }

            specs[i] = setting.Run with { Seed = setting.Run.Seed + (uint)plan.SeedOf(missing[i]) };
        }

        long started = clock?.GetTimestamp() ?? 0;
        IReadOnlyList<RunResult> results = Trainings.Run(new ArraySegment<RunSpec>(specs, 0, count), first.Data, first.Test, new Execution { Threads = threads, Clock = clock }, cancellation);
        Adapt(count, clock?.GetElapsedTime(started) ?? default);
        var trained = new List<SweptTraining>(count);
        for (int i = 0; i < count; i++)
        {
            if (results[i].Record.Status != RunStatus.Cancelled)
            {
                trained.Add(SweptTraining.Of(missing[i], results[i], first.Data.Data.SampleCount));
            }
        }

        lock (keeping)
        {
            keep(trained);
        }

        cancellation.ThrowIfCancellationRequested();
        return count;
    }

    private void Adapt(int count, TimeSpan time) =>
        trainingsOfAPart = time <= ShortPart ? Math.Max(trainingsOfAPart, 2 * count) : time > 4 * ShortPart ? count / 2 : trainingsOfAPart;
}
