namespace StepZero.Diagnostics;

/// <summary>Something that was seen in a network, its data or its training, and that bears on whether it trains.</summary>
/// <param name="Rule">The rule it stands under, which names it and says why its threshold lies where it lies.</param>
/// <param name="Layer">The layer, from 1; the worst where it was seen in several. Null where it is of no layer.</param>
/// <param name="Measured">What was measured, in the unit of the rule.</param>
/// <param name="Threshold">Beyond what it is a finding, in the same unit: the limit of the rule, or such as follows from the options (2/rate).</param>
/// <param name="Text">What was seen as a clause without a full stop, with its figures: "the 5 units of layer 1 are identical, so every update keeps them so".</param>
/// <param name="Advice">What to change; null where nothing is to be done about it by an option.</param>
public sealed record Finding(FindingRule Rule, int? Layer, double Measured, double Threshold, string Text, Advice? Advice = null);
