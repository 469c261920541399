using System.Globalization;

namespace StepZero.Training;

/// <summary>What a target is a value of.</summary>
public enum TargetQuantity
{
    /// <summary>The mean loss over the training samples: it is reached once that is as low.</summary>
    Cost,

    /// <summary>The share of training samples classified rightly: it is reached once that is as high.</summary>
    Accuracy,
}

/// <summary>What a training is to come to. It is looked at before each update and after the last; with batches, whose costs are their own, after each epoch.</summary>
/// <param name="Quantity">Of what.</param>
/// <param name="Value">The largest cost, or the smallest accuracy, that counts as reached.</param>
public sealed record TrainingTarget(TargetQuantity Quantity, double Value)
{
    /// <summary>Whether the training ends there. Default false: it is only noted, in <see cref="TrainingRecord.ReachedAt"/>.</summary>
    public bool EndsThere { get; init; }

    /// <summary>Reads <c>cost:0.1</c> or <c>accuracy:0.95</c>.</summary>
    /// <exception cref="StepZeroException">It is neither; the message says what was expected.</exception>
    public static TrainingTarget Parse(string text)
    {
        string[] parts = text.Split(':');
        TargetQuantity quantity = CanonicalText.Parse<TargetQuantity>(parts[0], "target");
        (string expected, Predicate<double> fits) = quantity == TargetQuantity.Cost
            ? ("a finite cost above 0, as in 'cost:0.1'", (Predicate<double>)(value => double.IsFinite(value) && value > 0))
            : ("an accuracy above 0 and up to 1, as in 'accuracy:0.95'", value => value is > 0 and <= 1);
        return parts.Length == 2 && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && fits(number)
            ? new TrainingTarget(quantity, number)
            : throw new StepZeroException($"Target '{text}': expected {expected}.");
    }

    /// <summary>Whether a value reaches it.</summary>
    /// <param name="value">A cost, or an accuracy.</param>
    public bool IsReached(double value) => Quantity == TargetQuantity.Cost ? value <= Value : value >= Value;

    /// <summary>The canonical text, which <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{CanonicalText.Of(Quantity)}:{Value:R}");
}
