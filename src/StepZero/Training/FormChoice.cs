using StepZero.Networks;

namespace StepZero.Training;

/// <summary>The cost model that chooses between the primal and the dual form.</summary>
internal static class FormChoice
{
    /// <summary>
    /// The form of fewer multiply-adds in the first layer. Primal: a forward and a gradient product each iteration, 2·T·k·n·m. Dual: one product with
    /// the Gram matrix each iteration, T·k·m², and once the Gram matrix itself, m²·n/2, and a projection, k·n·m.
    /// </summary>
    /// <param name="wished">What the options say; only <see cref="TrainingForm.Auto"/> leaves a choice.</param>
    /// <param name="samples">m.</param>
    /// <param name="architecture">n0 and n1 (k) are its first sizes.</param>
    /// <param name="iterations">T.</param>
    public static TrainingForm Choose(TrainingForm wished, int samples, Architecture architecture, int iterations)
    {
        if (wished != TrainingForm.Auto)
        {
            return wished;
        }

        double m = samples, n = architecture.LayerSizes[0], k = architecture.LayerSizes[1];
        double primal = 2 * iterations * k * n * m;
        double dual = (iterations * k * m * m) + (m * m * n / 2) + (k * n * m);
        return dual < primal ? TrainingForm.Dual : TrainingForm.Primal;
    }
}
