using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Training;

namespace StepZero.Recommendations;

/// <summary>A start that was not trained, and why.</summary>
/// <param name="Initializer">The start.</param>
/// <param name="Scaling">The scaling.</param>
/// <param name="Cause">The severe finding of its diagnosis.</param>
public sealed record RuledOutStart(Initializer Initializer, Scaling Scaling, Finding Cause);

/// <summary>What a setting came to in screening.</summary>
/// <param name="Candidate">The setting.</param>
/// <param name="Round">The last round that it took part in, from 1; the final is the last of all.</param>
/// <param name="Cost">A cost that 85 of 100 seeds of that round are expected to end at or below; in the final one that all but one in 100 are expected to.</param>
/// <param name="ReachedAt">In the final for each seed the first iteration at which the target was reached, or null; empty for settings that did not get there.</param>
public sealed record ScreenedSetting(Candidate Candidate, int Round, double Cost, IReadOnlyList<int?> ReachedAt)
{
    /// <summary>The median of the iterations to the target; infinite where half of the seeds or more did not reach it. Of settings of the final alone.</summary>
    public double Median => IterationsToTarget.MedianOf(ReachedAt);
}

/// <summary>A search among settings: who was looked at, who was ruled out, who came how far.</summary>
/// <param name="Settings">All settings that were trained, the best first.</param>
/// <param name="RuledOut">The starts that the diagnosis ruled out.</param>
/// <param name="RatesBeyond">Settings that were left out because their rate is far beyond what is stable.</param>
/// <param name="Rounds">For each round the share of the updates, the seeds and the settings.</param>
/// <param name="Trainings">The trainings that were made.</param>
/// <param name="Target">What a training is to come to.</param>
/// <param name="Origin">Where the target comes from.</param>
/// <param name="IsCut">Whether the budget ended it before all rounds were made.</param>
public sealed record Screening(
    IReadOnlyList<ScreenedSetting> Settings, IReadOnlyList<RuledOutStart> RuledOut, int RatesBeyond, IReadOnlyList<ScreeningRound> Rounds, int Trainings, TrainingTarget Target, TargetOrigin Origin,
    bool IsCut)
{
    /// <summary>Those that came to the final, the best first.</summary>
    public IEnumerable<ScreenedSetting> Finalists => Settings.Where(setting => setting.ReachedAt.Count > 0);
}

/// <summary>A round of a search.</summary>
/// <param name="Share">The share of the whole training.</param>
/// <param name="Seeds">The trainings of each setting.</param>
/// <param name="Settings">The settings that took part.</param>
public sealed record ScreeningRound(double Share, int Seeds, int Settings);
