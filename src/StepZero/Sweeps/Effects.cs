namespace StepZero.Sweeps;

/// <summary>How much of the variation between trainings an option, or two in combination, explains.</summary>
/// <param name="Options">The name of the option; of an interaction both names.</param>
/// <param name="Share">The share of the variation, 0 to 1.</param>
/// <param name="ByChance">The share that it would have on average without any effect, at least 0: <paramref name="Share"/> over it is the F statistic. Null where there are too few trainings to tell.</param>
public sealed record Effect(IReadOnlyList<string> Options, double Share, double? ByChance);

/// <summary>Which options the outcome of a training depends on.</summary>
/// <param name="Main">For each option what it explains by itself, in the order of <see cref="SweepPlan.Names"/>.</param>
/// <param name="Interactions">For each pair of options what only their combination explains, the strongest first.</param>
/// <param name="Together">The share that all options explain without any interactions, 0 to 1.</param>
/// <param name="Settings">The share that the settings explain, with all interactions, 0 to 1: the rest is that of the seeds. Null where no setting has two trainings.</param>
public sealed record Effects(IReadOnlyList<Effect> Main, IReadOnlyList<Effect> Interactions, double Together, double? Settings);
