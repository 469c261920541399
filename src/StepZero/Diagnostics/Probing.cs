using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Diagnostics;

/// <summary>Makes the first steps of a training, as many as a diagnosis may cost.</summary>
internal static class Probing
{
    /// <summary>
    /// The multiply-adds, or what takes as long, of the steps of one probe: a quarter of a second on a core of a few GHz. There is no clock in it, so that the same
    /// training is always seen as far.
    /// </summary>
    private const double MostWork = 2e9;

    /// <summary>The share of the time of thirty steps that goes to other measurements than the steps themselves.</summary>
    private const int FewestSteps = 15;

    /// <summary>The work of one activation of one sample, in multiply-adds: its value, its derivative and what is moved.</summary>
    private const double ActivationWork = 40;

    /// <summary>The work of one update that does not depend on the network.</summary>
    private const double StepWork = 20_000;

    /// <summary>The steps after which sharpness is measured.</summary>
    private static readonly int[] SharpnessAfter = [0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 70, 100];

    /// <summary>The first steps.</summary>
    /// <param name="spec">The training.</param>
    /// <param name="data">The training samples.</param>
    /// <param name="parameters">The untouched weights.</param>
    /// <param name="record">The whole training, where it was seen; null to make steps.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static Probe Of(RunSpec spec, PreparedData data, Parameters parameters, TrainingRecord? record, CancellationToken cancellation)
    {
        int samples = data.Data.SampleCount, budget = spec.Training.UpdatesFor(samples);
        double work = WorkOf(spec.Architecture, spec.Training.BatchSize is int batch ? Math.Min(batch, samples) : samples, data);
        int steps = Math.Min(budget, Math.Max(FewestSteps, (int)Math.Min(MostWork / work, int.MaxValue)));
        double wholeWork = WorkOf(spec.Architecture, samples, data);
        Trainer trainer = data.StartTrainer(spec.Architecture, parameters, spec.Training.LearningRate, spec.Seed);
        Sharpness? sharpness = null;
        var sharp = new List<SharpnessAt>();
        var costs = new List<double>();
        bool diverged = false;
        int measures = record is null ? steps : Math.Min(SharpnessAfter[^1] + 1, record.Costs.Length);
        for (int t = 0; t < measures; t++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (SharpnessAfter.Contains(t) && (t == 0 || ((sharpness?.Products ?? 0) * 2.5 * wholeWork < MostWork / 2)))
            {
                sharpness ??= new Sharpness(trainer);
                double value = sharpness.Measure();
                if (double.IsFinite(value))
                {
                    sharp.Add(new SharpnessAt(t, value));
                }
            }

            double cost = trainer.Step();
            if (!double.IsFinite(cost))
            {
                diverged = true;
                break;
            }

            costs.Add(cost);
        }

        return record is null ? new Probe([.. costs], budget, diverged, [.. sharp])
            : new Probe(record.Costs, record.Status == RunStatus.Completed ? record.Costs.Length : budget, record.Status == RunStatus.Diverged, [.. sharp]);
    }

    private static double WorkOf(Architecture network, int samples, PreparedData data)
    {
        IReadOnlyList<int> sizes = network.LayerSizes;
        double first = (double)sizes[1] * (data.Form == TrainingForm.Dual ? data.Data.SampleCount : 2.0 * sizes[0]);
        double rest = Enumerable.Range(1, network.LayerCount - 1).Sum(layer => 3.0 * sizes[layer] * sizes[layer + 1]);
        return StepWork + (samples * (first + rest + (ActivationWork * sizes.Skip(1).Sum(units => (double)units))));
    }
}
