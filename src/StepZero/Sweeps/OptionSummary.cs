namespace StepZero.Sweeps;

/// <summary>One value of an option over all trainings that have it, whatever their other options are.</summary>
/// <param name="Label">The value as on a command line; of a drawn option a range, as in <c>0.001 to 0.01</c>.</param>
/// <param name="Count">How many trainings have it, at least 1.</param>
/// <param name="Diverged">How many of them diverged.</param>
/// <param name="Reached">The share that reached the target; null without one.</param>
/// <param name="Measure">What the ranking is by, summed up; null where no training has it.</param>
public sealed record OptionValue(string Label, int Count, int Diverged, Proportion? Reached, Summary? Measure);

/// <summary>An option that differs between the settings of a sweep.</summary>
/// <param name="Name">Its name without dashes.</param>
/// <param name="IsDrawn">Whether its values are drawn: they are then cut into <see cref="Ranges"/> ranges that are equally likely.</param>
/// <param name="Values">Its values in the order of the plan, without those that no training has yet.</param>
public sealed record OptionSummary(string Name, bool IsDrawn, IReadOnlyList<OptionValue> Values)
{
    /// <summary>The ranges of a drawn option.</summary>
    public const int Ranges = 8;
}
