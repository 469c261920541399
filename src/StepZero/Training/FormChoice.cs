using StepZero.Networks;

namespace StepZero.Training;

/// <summary>The cost model that chooses between the primal and the dual form.</summary>
internal static class FormChoice
{
    /// <summary>
    /// The form of fewer multiply-adds in the first layer, with b of the m samples in each of T updates. Primal: a forward and a gradient product, 2·T·k·n·b.
    /// Dual: one product with columns of the Gram matrix, T·k·m·b, with clipping another with all of it, T·k·m², and once the Gram matrix itself, m²·n/2,
    /// and a projection, k·n·m.
    /// </summary>
    /// <param name="training">What was wished; only <see cref="TrainingForm.Auto"/> leaves a choice.</param>
    /// <param name="samples">m.</param>
    /// <param name="architecture">n and k are its first sizes.</param>
    /// <param name="stored">Whether the features stay in a file.</param>
    /// <exception cref="StepZeroException">The dual form is wished for, and the optimizer has none.</exception>
    public static TrainingForm Choose(TrainingOptions training, int samples, Architecture architecture, bool stored = false)
    {
        if (!training.Optimizer.HasDualForm)
        {
            return training.Form != TrainingForm.Dual ? TrainingForm.Primal : throw new StepZeroException(
                $"The dual form does not hold for {training.Optimizer}, which rescales each weight by itself. Use --form primal, or --optimizer gd, momentum or nesterov.");
        }

        if (training.Form != TrainingForm.Auto)
        {
            return training.Form;
        }

        // The primal form would hold eight bytes for every feature that was too much to hold as one.
        if (stored)
        {
            return TrainingForm.Dual;
        }

        double m = samples, n = architecture.LayerSizes[0], k = architecture.LayerSizes[1], updates = training.UpdatesFor(samples);
        double b = Math.Min(m, training.BatchSize ?? m);
        double primal = 2 * updates * k * n * b;
        double dual = (updates * k * m * (training.ClipNorm is null ? b : b + m)) + (m * m * n / 2) + (k * n * m);
        return dual < primal ? TrainingForm.Dual : TrainingForm.Primal;
    }
}
