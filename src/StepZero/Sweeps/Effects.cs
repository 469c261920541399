namespace StepZero.Sweeps;

/// <summary>How much of the variation between trainings an option, or the combination of two, explains.</summary>
/// <param name="Options">The name of the option; of an interaction both names.</param>
/// <param name="Share">The share of the variation, η², 0 to 1.</param>
/// <param name="ByChance">
/// The share to be expected where it has no effect, at least 0: <paramref name="Share"/> over it is the F statistic. Null where there are too few trainings to tell.
/// </param>
public sealed record Effect(IReadOnlyList<string> Options, double Share, double? ByChance);

/// <summary>Which options the outcome of a training depends on.</summary>
/// <remarks>
/// An analysis of variance of the midranks of all trainings by the measure that the ranking is by (Conover and Iman 1981, The American Statistician 35, 124-129): how
/// far apart values are does not matter, only which is better, so that costs may be infinite and of any scale. Values of a drawn option count as equal within each of
/// its <see cref="OptionSummary.Ranges"/> ranges.
/// <para>
/// Shares are sums of squares over that of all trainings. That of an option is what it adds to all other options without interactions; that of an interaction
/// what its cells add to all options (sums of squares of type II, by least squares weighted by the trainings). In a finished grid this is the classical
/// decomposition, whose shares add up to 1 with those of higher interactions and of the seeds; in a sweep that still runs options can be mixed up with one another, and what
/// several explain equally well is in <paramref name="Together"/> alone.
/// </para>
/// <para>
/// What to expect by chance comes from what is left unexplained: between trainings, and where options are drawn between settings. In a random search of few trials
/// it is much: 500 trials without any effect give an option 1.4% and an interaction 10%.
/// </para>
/// </remarks>
/// <param name="Main">For each option what it explains, in the order of <see cref="SweepPlan.Names"/>.</param>
/// <param name="Interactions">For each pair of options what only their combination explains, first where it is most beyond chance; without pairs too few of whose combinations are there.</param>
/// <param name="Together">The share that all options explain without interactions, 0 to 1.</param>
/// <param name="Settings">The share that the settings explain, with all interactions, 0 to 1: the rest is that of the seeds. Null where no setting has two trainings.</param>
public sealed record Effects(IReadOnlyList<Effect> Main, IReadOnlyList<Effect> Interactions, double Together, double? Settings);
