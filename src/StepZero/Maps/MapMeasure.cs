using System.Globalization;

namespace StepZero.Maps;

/// <summary>What a map shows of each training.</summary>
public enum MapQuantity
{
    /// <summary>The cost of the trained network.</summary>
    Cost,

    /// <summary>
    /// How fast it converged or diverged (Sohl-Dickstein 2024, arXiv:2402.06184): with v the costs as shares of the first, −Σv where it converged and Σ1/v
    /// where it did not.
    /// </summary>
    Convergence,

    /// <summary>The share of training samples that the trained network classifies rightly.</summary>
    Accuracy,

    /// <summary>The first iteration whose cost is at most a target; the training ends there.</summary>
    Iterations,

    /// <summary>The largest eigenvalue of the Hessian at the trained network.</summary>
    Sharpness,
}

/// <summary>What a map shows of each training, with the target where there is one.</summary>
/// <param name="Quantity">What it shows.</param>
/// <param name="Target">The cost to reach, for <see cref="MapQuantity.Iterations"/>; otherwise nan.</param>
public sealed record MapMeasure(MapQuantity Quantity, double Target = double.NaN)
{
    /// <summary>The cost.</summary>
    public static MapMeasure Cost { get; } = new(MapQuantity.Cost);

    /// <summary>Reads <c>cost</c>, <c>convergence</c>, <c>accuracy</c>, <c>sharpness</c> or <c>iterations:0.1</c>.</summary>
    /// <exception cref="StepZeroException">It is none of these.</exception>
    public static MapMeasure Parse(string text)
    {
        string[] parts = text.Split(':');
        MapQuantity quantity = CanonicalText.Parse<MapQuantity>(parts[0], "measure");
        return quantity != MapQuantity.Iterations
            ? parts.Length == 1 ? new MapMeasure(quantity) : throw new StepZeroException($"Measure '{text}': '{parts[0]}' takes no target.")
            : parts.Length == 2 && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double target) && double.IsFinite(target) && target > 0
                ? new MapMeasure(quantity, target)
                : throw new StepZeroException($"Measure '{text}': expected the cost to reach, a number above 0, as in 'iterations:0.1'.");
    }

    /// <summary>The canonical text, which <see cref="Parse"/> reads.</summary>
    public override string ToString() =>
        Quantity == MapQuantity.Iterations ? string.Create(CultureInfo.InvariantCulture, $"iterations:{Target:R}") : CanonicalText.Of(Quantity);
}
