namespace StepZero.Diagnostics;

/// <summary>What a search for eigenvalues has found.</summary>
/// <param name="Largest">The largest, in descending order.</param>
/// <param name="Smallest">The smallest; where it was not wanted, the least that was seen.</param>
/// <param name="Residual">The largest ‖A·v − λ·v‖ of the pairs, measured: as near to each value there is an eigenvalue.</param>
/// <param name="Products">Products of the map with a vector.</param>
/// <param name="Converged">Whether all were found to the tolerance.</param>
internal sealed record Extremes(double[] Largest, double Smallest, double Residual, int Products, bool Converged);
