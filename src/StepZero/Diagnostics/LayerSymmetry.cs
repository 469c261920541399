namespace StepZero.Diagnostics;

/// <summary>Units of one layer that do the same, and the ranks of its weights and activations.</summary>
/// <param name="Units">The units of the layer.</param>
/// <param name="Copies">
/// Groups of two units and more that are equal and stay so: the same weights from every unit below, the same bias, and the same weights to every unit above,
/// so that they have the same activations and gradients for any data, and training by gradients changes them alike for ever. (Dropping units at random would part
/// them.) Found by hashes of 128 bits. Each group is in ascending order; empty in the output layer.
/// </param>
/// <param name="Twins">
/// Groups of units with the same weights from below and the same bias, whatever their weights to the layer above: their first activations are equal, and
/// different weights above part them. <paramref name="Copies"/> are among them.
/// </param>
/// <param name="NearCopies">
/// Groups of units joined by a cosine above <see cref="NearCosine"/> between their activations over all samples; units whose activations are all 0 do not
/// count. With one sample, or samples all alike, that is nearly every unit and says nothing. Empty in the output layer.
/// </param>
/// <param name="Weights">The rank of the weights, [units, fan_in]; null where one is not finite, and in a <see cref="Diagnosis"/> where it would take over 1e8 multiply-adds, or those of all layers over 5e8.</param>
/// <param name="Activations">The rank of the activations, [units, samples]; null as there, and in the output layer.</param>
public sealed record LayerSymmetry(
    int Units, IReadOnlyList<IReadOnlyList<int>> Copies, IReadOnlyList<IReadOnlyList<int>> Twins, IReadOnlyList<IReadOnlyList<int>> NearCopies, MatrixRank? Weights,
    MatrixRank? Activations)
{
    /// <summary>Two units are near copies where the cosine of their activations is above this.</summary>
    public const double NearCosine = 1 - 1e-6;

    /// <summary>How many units could go without a loss: those of <see cref="Copies"/> but one of each group.</summary>
    public int Redundant => Copies.Sum(group => group.Count - 1);
}
