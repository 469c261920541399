using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Diagnostics;

/// <summary>Makes the first steps of a training, as many as a diagnosis may cost.</summary>
internal static class Probing
{
    /// <summary>
    /// The multiply-adds, or what takes as long, of the steps of one probe: an eighth of a second on a core with 512-bit vectors.
    /// There is no clock in it, so that the same training is always seen as far.
    /// </summary>
    private const double MostWork = 6e9;

    /// <summary>The steps that are made however large the network is, of the thirty that a diagnosis may take the time of.</summary>
    private const int FewestSteps = 12;

    /// <summary>The same for all measurements of sharpness together, and the steps whose time they may take in a large network.</summary>
    private const double MostSharpnessWork = 2.5e9;

    private const int FewestSharpnessSteps = 8;

    /// <summary>The numbers that products of the Hessian may keep, half a gigabyte: four for each unit and sample.</summary>
    private const double MostSharpnessNumbers = 1 << 26;

    /// <summary>A product of the Hessian with a vector takes as long as so many steps.</summary>
    private const double StepsOfProduct = 2.5;

    /// <summary>Of the products that are left, too few to find an eigenvector anew after a step.</summary>
    private const int FewProducts = 6;

    /// <summary>The residual of an eigenvector as a share of its eigenvalue, whose third digit then stands.</summary>
    private const double Tolerance = 1e-3;

    /// <summary>The work of one activation of one sample, in multiply-adds: its value, its derivative and what is moved.</summary>
    private const double ActivationWork = 100;

    /// <summary>The same for an activation that takes no exponential.</summary>
    private const double SimpleActivationWork = 25;

    /// <summary>The work of one update that does not depend on the network.</summary>
    private const double StepWork = 50_000;

    private static readonly string[] SimpleActivations = ["identity", "relu", "leaky_relu", "hardtanh", "softsign"];

    /// <summary>
    /// Sines of very large angles are taken one by one. Where the sharpness is so many times what the rate allows, steps lead to such angles, and one takes as long as so
    /// many others.
    /// </summary>
    private const double FarSharpness = 1e9, FarSineSteps = 30;

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
        Trainer trainer = data.StartTrainer(spec.Architecture, parameters, spec.Training.LearningRate, spec.Seed);
        Sharpness? sharpness = null;
        int products = ProductsOf(spec, data);
        var patience = new Patience(trainer, spec.Training, samples);
        var sharp = new List<SharpnessAt>();
        var costs = new List<double>();
        bool diverged = false;
        int steps = record is null ? budget : Math.Min(SharpnessAfter[^1] + 1, record.Costs.Length);
        bool isSine = spec.Architecture.HiddenActivation.ToString().StartsWith("sin", StringComparison.Ordinal);
        double affordable = record is null ? MostWork / StepWorkOf(spec, data) : double.PositiveInfinity;
        for (int t = 0; t < steps && (affordable >= 1 || t < FewestSteps) && !patience.IsOver; t++)
        {
            cancellation.ThrowIfCancellationRequested();
            int left = products - (sharpness?.Products ?? 0);
            if (SharpnessAfter.Contains(t) && left > (t == 0 ? 0 : FewProducts))
            {
                sharpness ??= new Sharpness(trainer, cancellation);
                double value = sharpness.Measure(Tolerance, left - 1);
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
            patience.Look();
            affordable -= isSine && sharp is [.., { Value: double steep }] && steep * spec.Training.LearningRate > FarSharpness ? FarSineSteps : 1;
        }

        return record is null ? new Probe([.. costs], patience.IsOver ? costs.Count : budget, diverged, [.. sharp])
            : new Probe(record.Costs, record.Status == RunStatus.Completed ? record.Costs.Length : budget, record.Status == RunStatus.Diverged, [.. sharp]);
    }

    private static double StepWorkOf(RunSpec spec, PreparedData data)
    {
        int samples = data.Data.SampleCount;
        return WorkOf(spec.Architecture, Math.Min(spec.Training.BatchSize ?? samples, samples), samples, data.Form);
    }

    /// <summary>The work of one update, in multiply-adds.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">The samples that pass through it.</param>
    /// <param name="samples">All samples.</param>
    /// <param name="form">How the first layer is trained.</param>
    internal static double WorkOf(Architecture network, int batch, int samples, TrainingForm form)
    {
        IReadOnlyList<int> sizes = network.LayerSizes;
        double first = (double)sizes[1] * (form == TrainingForm.Dual ? samples : 2.0 * sizes[0]);
        double rest = Enumerable.Range(1, network.LayerCount - 1).Sum(layer => 3.0 * sizes[layer] * sizes[layer + 1]);
        double activation = SimpleActivations.Contains(network.HiddenActivation.ToString().Split(':')[0]) ? SimpleActivationWork : ActivationWork;
        return StepWork + (batch * (first + rest + (activation * sizes.Skip(1).Sum(units => (double)units))));
    }

    /// <summary>The products of the Hessian that all measurements may take; none where what they need before the first one takes longer than they may, or where they need too much memory.</summary>
    private static int ProductsOf(RunSpec spec, PreparedData data)
    {
        int samples = data.Data.SampleCount;
        double most = Math.Max(MostSharpnessWork, FewestSharpnessSteps * StepWorkOf(spec, data)), whole = WorkOf(spec.Architecture, samples, samples, data.Form);
        double factor = data.Form == TrainingForm.Dual ? Math.Pow(samples, 3) / 3 : 0, kept = 4.0 * samples * spec.Architecture.LayerSizes.Skip(1).Sum(units => (double)units);
        return factor > most || kept > MostSharpnessNumbers ? 0 : (int)Math.Min(most / (StepsOfProduct * whole), int.MaxValue);
    }

    /// <summary>Ends the steps where early stopping would.</summary>
    private sealed class Patience(Trainer trainer, TrainingOptions training, int samples)
    {
        private readonly int perEpoch = training.UpdatesPerEpoch(samples);
        private double best = double.NaN;
        private int epochs, bestEpoch;

        public bool IsOver => training.EarlyStopping is EarlyStopping stopping && epochs > 0 && epochs - bestEpoch >= stopping.Patience;

        public void Look()
        {
            if (training.EarlyStopping is null || trainer.Iteration % perEpoch != 0)
            {
                return;
            }

            epochs++;
            double cost = trainer.HeldCost();
            if (cost < best || double.IsNaN(best))
            {
                (best, bestEpoch) = (cost, epochs);
            }
        }
    }
}
