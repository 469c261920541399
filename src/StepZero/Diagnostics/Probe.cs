namespace StepZero.Diagnostics;

/// <summary>The sharpness at one place of a training.</summary>
/// <param name="Iteration">Updates made.</param>
/// <param name="Value">The largest eigenvalue of the Hessian of the cost.</param>
public readonly record struct SharpnessAt(int Iteration, double Value);

/// <summary>The first steps of a training, made to see where it goes.</summary>
/// <param name="Costs">The cost before each update, as in a <see cref="Training.TrainingRecord"/>; finite all.</param>
/// <param name="Budget">The updates of the whole training.</param>
/// <param name="Diverged">Whether the cost after those was not finite.</param>
/// <param name="Sharpness">The sharpness at some of the first steps, ascending; of the untouched weights first. Nothing where the cost is not finite.</param>
public sealed record Probe(IReadOnlyList<double> Costs, int Budget, bool Diverged, IReadOnlyList<SharpnessAt> Sharpness)
{
    /// <summary>Whether the training was seen to its end, so that nothing is left to foretell.</summary>
    public bool IsWhole => Diverged || Costs.Count >= Budget;

    /// <summary>The share of the updates after which the cost was higher than before, 0 to 1.</summary>
    public double RisingShare =>
        Costs.Count < 2 ? 0 : Enumerable.Range(1, Costs.Count - 1).Count(t => Costs[t] > (Costs[t - 1] * (1 + Rounding)) + (Costs[0] * Nothing)) / (double)(Costs.Count - 1);

    /// <summary>The largest sharpness that was seen; null where none was measured.</summary>
    public SharpnessAt? Largest => Sharpness.Count == 0 ? null : Sharpness.MaxBy(at => at.Value);

    /// <summary>A cost that rises by less than this share has not risen: rounding in single precision does as much.</summary>
    private const double Rounding = 1e-6;

    /// <summary>The same as a share of the first cost: what is left of a cost that went down so far is rounding.</summary>
    private const double Nothing = 1e-8;
}
