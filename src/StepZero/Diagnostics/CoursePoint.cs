namespace StepZero.Diagnostics;

/// <summary>What is seen at one place of a training.</summary>
/// <param name="Iteration">Updates made.</param>
/// <param name="Cost">The mean loss over all training samples, also where updates see batches.</param>
/// <param name="Sharpness">The largest eigenvalue of the Hessian over all training samples, to about 1e-4 of it.</param>
/// <param name="Rate">The learning rate of the next update; after the last update that of the last.</param>
/// <param name="Layers">The signal and the gradients in each layer, the output layer last; in double precision.</param>
/// <param name="UpdateShares">
/// For each layer ‖ΔW‖/‖W‖ of the next update: 0 where it changes nothing, infinite where it changes weights of 0, nan where no update follows.
/// </param>
public sealed record CoursePoint(
    int Iteration, double Cost, double Sharpness, double Rate, IReadOnlyList<LayerStatistics> Layers, IReadOnlyList<double> UpdateShares)
{
    /// <summary>
    /// The sharpness up to which updates over all samples at <see cref="Rate"/> are stable in a quadratic valley: 2/rate of gradient descent, 2·(1 + β)/rate
    /// with momentum. Null where the optimizer rescales each coordinate, and where gradients are clipped. Past it a training does not settle; it tends to
    /// climb up to there (Cohen et al. 2021, arXiv:2103.00065).
    /// </summary>
    public double? StableSharpness { get; init; }
}
