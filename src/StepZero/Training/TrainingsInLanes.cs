using System.Collections.Concurrent;
using StepZero.Data;

namespace StepZero.Training;

/// <summary>
/// Trainings of one network that take turns in lanes: one that has ended makes room for the next. Any number of threads may take part, each with lanes of its
/// own; results do not depend on who trains what.
/// </summary>
/// <param name="waiting">The trainings that have not begun.</param>
/// <param name="prepared">The training samples.</param>
/// <param name="test">Samples to test the networks on, or null.</param>
/// <param name="execution">How it is carried out.</param>
internal sealed class TrainingsInLanes(ConcurrentQueue<(int Index, RunSpec Spec)> waiting, PreparedData prepared, Dataset? test, Execution execution)
{
    private TrainingInHand? last;

    /// <summary>Trains until nothing waits any more, and what is in hand has ended.</summary>
    /// <param name="keep">Receives each result with the number of its training.</param>
    /// <param name="cancellation">Ends it early; what was in hand then has results of what was seen, and the rest goes on waiting.</param>
    public void Run(Action<int, RunResult> keep, CancellationToken cancellation)
    {
        if (!waiting.TryPeek(out (int Index, RunSpec Spec) first))
        {
            return;
        }

        LaneTrainer lanes = prepared.StartLanes(first.Spec.Architecture, first.Spec.Training);
        var inHand = new TrainingInHand?[lanes.Lanes];
        double[] costs = new double[lanes.Lanes];
        int[] right = new int[lanes.Lanes];
        while (!cancellation.IsCancellationRequested)
        {
            Fill(lanes, inHand);

            // The last ones go on faster by themselves.
            if (inHand.Count(one => one is not null) <= lanes.Lanes / 2)
            {
                break;
            }

            lanes.Evaluate(costs, Counted(inHand), right);
            for (int lane = 0; lane < inHand.Length; lane++)
            {
                if (inHand[lane] is TrainingInHand one && !double.IsFinite(costs[lane]))
                {
                    keep(one.Index, one.ResultOf(RunStatus.Diverged, test));
                    inHand[lane] = null;
                }
                else
                {
                    inHand[lane]?.Take(costs[lane], (double)right[lane] / prepared.Data.SampleCount);
                }
            }

            lanes.Update();
            for (int lane = 0; lane < inHand.Length; lane++)
            {
                if (inHand[lane] is { Loop.IsOver: true } one)
                {
                    one.Save(lanes, lane);
                    keep(one.Index, one.ResultOf(RunStatus.Completed, test));
                    inHand[lane] = null;
                }
            }
        }

        for (int lane = 0; lane < inHand.Length; lane++)
        {
            if (inHand[lane] is TrainingInHand one)
            {
                one.Save(lanes, lane);
                keep(one.Index, one.ResultOf(one.Run(null, cancellation), test));
            }
        }
    }

    private void Fill(LaneTrainer lanes, TrainingInHand?[] inHand)
    {
        for (int lane = 0; lane < inHand.Length; lane++)
        {
            if (inHand[lane] is null && waiting.TryDequeue(out (int Index, RunSpec Spec) next))
            {
                inHand[lane] = last = new TrainingInHand(next.Index, next.Spec, prepared, execution.Progress, last);
                last.Load(lanes, lane);
            }
        }
    }

    /// <summary>The lanes, as bits, whose accuracy somebody waits for.</summary>
    private static uint Counted(TrainingInHand?[] inHand)
    {
        uint counted = 0;
        for (int lane = 0; lane < inHand.Length; lane++)
        {
            counted |= inHand[lane] is { Loop.NeedsAccuracy: true } ? 1u << lane : 0;
        }

        return counted;
    }
}
