using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Recommendations;

/// <summary>A setting of the final.</summary>
/// <param name="Candidate">The setting.</param>
/// <param name="Cost">Its final cost, by the trainings that it was chosen by.</param>
/// <param name="Whole">The number of those that it was chosen by; those after them ended at a target.</param>
/// <param name="Runs">Its trainings, by seed.</param>
internal sealed record Finalist(Candidate Candidate, double Cost, int Whole, IReadOnlyList<CandidateRun> Runs)
{
    /// <summary>The costs that its trainings end with.</summary>
    public double[] Costs => [.. Runs.Select(run => run.Cost)];

    /// <summary>A setting with the trainings that it is chosen by.</summary>
    public static Finalist Of(Candidate candidate, IReadOnlyList<CandidateRun> runs) => new(candidate, AdviceTarget.FinalCostOf([.. runs.Select(run => run.Cost)]), runs.Count, runs);
}

/// <summary>
/// The last look at finalists before one of them is recommended. What would be recommended by what is known gets higher rates beside it, as long as they are better, and then twice as many seeds, and it is asked
/// again: until something would be that reached the target from 96 seeds more than it was chosen by, or that has 192 more. The seeds that a setting was chosen by flatter it, and some slander a default: one that is not
/// clearly slower gets 32 more, too. What turns out to miss the target too often gets a lower rate beside it.
/// </summary>
/// <param name="target">What trainings are to come to.</param>
/// <param name="limit">What the target is at most, where it is a cost that nobody gave and may be loosened; null where it stands.</param>
/// <param name="most">So many further trainings are enough, however many settings fail one after another.</param>
/// <param name="train">Trains a setting from seeds, up to a target: the first of them, and how many; null where nothing more is to begin.</param>
/// <param name="beside">The setting with the next higher rate, or else with the next lower one; null where there is none.</param>
internal sealed class Confirmation(
    TrainingTarget target, double? limit, int most, Func<Candidate, int, int, TrainingTarget, IReadOnlyList<CandidateRun>?> train, Func<Candidate, bool, Candidate?> beside)
{
    /// <summary>One seed in so many may miss the target.</summary>
    private const int SeedsOfOneMiss = 96;

    /// <summary>The target is one that what is recommended reaches from all seeds but one in so many beyond the first so many.</summary>
    private const int SeedsOfOneBeyond = 256;

    /// <summary>A target is loosened to no more than so many times what it was.</summary>
    private const double MostLoosened = 3;

    /// <summary>What beats a default of a library in fewer of all pairs is not worth another name.</summary>
    private const double WorthAName = 0.55;

    /// <summary>With so many seeds more than it was chosen by it is known how fast a default is.</summary>
    private const int SeedsOfARival = 32;

    /// <summary>A default may miss one seed in so many where the best misses none, and one more than what others may at most.</summary>
    private const int SeedsOfOneMore = 8;

    /// <summary>What needs no more than so many times the iterations of another is as fast.</summary>
    private const double AsFast = 1.1;

    private readonly double tightest = target.Value;

    private readonly List<Finalist> settings = [];

    private int used;

    /// <summary>The target; looser than at first where more seeds showed that final costs are higher than was thought.</summary>
    public TrainingTarget Target { get; private set; } = target;

    /// <summary>Whether the target is looser than at first.</summary>
    public bool IsLoosened => Target.Value > tightest;

    /// <summary>Confirms.</summary>
    /// <param name="finalists">The finalists, with equally many seeds.</param>
    /// <param name="round">The number of their round.</param>
    /// <returns>The settings in order: what is recommended first; then those with enough seeds that missed at most those that may, before all others.</returns>
    public ScreenedSetting[] Rank(IReadOnlyList<Finalist> finalists, int round)
    {
        settings.AddRange(finalists);
        Finalist leader;
        do
        {
            // Where no setting reaches the target surely, final costs were taken for lower than they are.
            if (!settings.Any(IsSure))
            {
                Loosen(settings.Min(setting => setting.Runs.Count == setting.Whole ? setting.Cost : AdviceTarget.WorstBut(Spared(setting.Runs.Count), setting.Costs)));
            }

            leader = Leader();
        }
        while ((IsSure(leader) && Add(leader, higher: true))
            || (Unsure(leader) is Finalist unsure && Add(unsure, higher: false))
            || (IsBelieved(leader) ? Loosen(AdviceTarget.WorstBut((leader.Runs.Count - 1) / SeedsOfOneBeyond, leader.Costs)) || (Rival(leader) is Finalist rival && Continue(rival, rival.Whole + SeedsOfARival)) : Continue(leader, Enough(leader))));

        // Where it was broken off, the surest is recommended, by what few seeds and many can say of it.
        Finalist first = IsBelieved(leader) ? leader : Ranked().MinBy(ExpectedMisses)!;
        return
        [
            .. Ranked().OrderBy(setting => setting == first ? 0 : IsBelieved(setting) && IsSure(setting) ? 1 : 2)
                .Select(setting => new ScreenedSetting(setting.Candidate, round, setting.Cost, ReachedAt(setting))),
        ];
    }

    /// <summary>The seeds of so many that may miss a target: one in 96, rounded. One that misses so seldom reaches it from 30 of 32 fresh seeds or more in 99.5 cases of 100.</summary>
    public static int Spared(int seeds) => (seeds + (SeedsOfOneMiss / 2)) / SeedsOfOneMiss;

    /// <summary>
    /// The lower, the better: first by the share of the seeds that missed the target, where they are more than may, and more than one, which may be chance; then by the median of the iterations, or where half of the seeds missed it by the cost.
    /// </summary>
    /// <param name="reachedAt">The iterations to the target, or null, of each seed.</param>
    /// <param name="cost">What the seeds end with, one way or another.</param>
    public static double RankOf(IReadOnlyList<int?> reachedAt, double cost)
    {
        const double Never = 1e10, ByShare = 1e15;
        int missed = Missed(reachedAt);
        double median = IterationsToTarget.MedianOf(reachedAt);
        return ((missed <= Math.Max(1, Spared(reachedAt.Count)) ? 0 : missed / (double)reachedAt.Count) * ByShare)
            + (double.IsFinite(median) ? median : Never * (double.IsFinite(cost) ? 1 + (cost / (1 + cost)) : 2));
    }

    /// <summary>The share of seeds that is expected to miss the target, by the distribution of Jeffreys.</summary>
    private double ExpectedMisses(Finalist setting) => (Missed(ReachedAt(setting)) + 0.5) / (setting.Runs.Count + 1);

    private static int Missed(IEnumerable<int?> reachedAt) => reachedAt.Count(at => at is null);

    private int?[] ReachedAt(Finalist setting) => [.. setting.Runs.Select(run => run.At(Target, isGiven: limit is null))];

    /// <summary>What would be recommended by what is known: the best, or the best default of a library where that misses no more seeds but for one, and is not worth another name.</summary>
    private Finalist Leader()
    {
        Finalist[] ranked = [.. Ranked()];
        Finalist best = ranked[0];
        int?[] reachedAt = ReachedAt(best);
        return best.Candidate.Library is not null || reachedAt.All(at => at is null) ? best : ranked.FirstOrDefault(setting => setting.Candidate.Library is not null && IsAsGood(setting, ReachedAt(setting)), best);

        bool IsAsGood(Finalist setting, int?[] other) => IsSuspect(setting) == IsSuspect(best) && TooManyMisses(setting) <= Missed(other) / (double)other.Length
            && Missed(other) <= Math.Max(Missed(reachedAt), Math.Min(other.Length / SeedsOfOneMore, Spared(other.Length) + 1))
            && Statistics.ChanceOfLess(IterationsToTarget.Of(reachedAt), IterationsToTarget.Of(other)) < WorthAName;
    }

    /// <summary>The best default that few seeds alone may keep from being recommended: it reaches the target surely, and is not clearly slower.</summary>
    private Finalist? Rival(Finalist leader) => Ranked()
        .FirstOrDefault(setting => setting.Candidate.Library is not null && setting != leader && setting.Runs.Count < setting.Whole + SeedsOfARival && IsSure(setting) && !IsClearlySlower(setting, leader));

    /// <summary>A default of which no rate is sure, at its lowest rate, where that is not clearly slower: what is recommended is to be held against one that is as sure, as far as half the rate makes it so.</summary>
    private Finalist? Unsure(Finalist leader) => settings.Where(setting => setting.Candidate.Library is not null).GroupBy(setting => setting.Candidate.Library).Where(group => !group.Any(IsSure))
        .Select(group => group.OrderBy(setting => setting.Candidate.LearningRate).ToArray())
        .FirstOrDefault(group => group[0].Candidate.LearningRate > group[^1].Candidate.LearningRate / 2 && !IsClearlySlower(group[0], leader) && Beside(group[0], higher: false) is not null)?[0];

    private bool IsClearlySlower(Finalist setting, Finalist leader) =>
        Recommendation.IsClearlyLess([.. IterationsToTarget.Of(ReachedAt(leader))], [.. IterationsToTarget.Of(ReachedAt(setting))]);

    /// <summary>The setting with the next rate, unless it is here already.</summary>
    private Candidate? Beside(Finalist setting, bool higher) => beside(setting.Candidate, higher) is Candidate other && settings.All(one => one.Candidate != other) ? other : null;

    /// <summary>Adds the setting with the next rate, with as many seeds as the other was chosen by; false where there is none, or nothing more is to begin.</summary>
    private bool Add(Finalist setting, bool higher)
    {
        if (Beside(setting, higher) is not Candidate other || train(other, 0, setting.Whole, Target) is not IReadOnlyList<CandidateRun> runs)
        {
            return false;
        }

        settings.Add(Finalist.Of(other, runs));
        return true;
    }

    /// <summary>Trains a setting from as many seeds more as it has, up to so many in all; false where nothing more is to begin.</summary>
    private bool Continue(Finalist setting, int enough)
    {
        int seeds = setting.Runs.Count, count = Math.Min(seeds, enough - seeds);
        if (used >= most || train(setting.Candidate, seeds, count, Target) is not IReadOnlyList<CandidateRun> found)
        {
            return false;
        }

        Finalist now = settings[settings.IndexOf(setting)] = setting with { Runs = [.. setting.Runs, .. found] };
        used += count;

        // Either its final cost was taken for lower than it is, or it fails now and then.
        if (!IsSure(now) && !Loosen(AdviceTarget.WorstBut(Spared(seeds + count), now.Costs)))
        {
            Add(now, higher: false);
        }

        return true;
    }

    /// <summary>
    /// The seeds that a setting is believed with: 96 more than it was chosen by, and 192 where one of these missed the target. What misses it from none of 96, or from one of 192, reaches it from 30 of 32 fresh seeds or
    /// more in 99.4 cases of 100 (by the distribution of Jeffreys).
    /// </summary>
    private int Enough(Finalist setting) => setting.Whole + (SeedsOfOneMiss * (ReachedAt(setting).Skip(setting.Whole).All(at => at is not null) ? 1 : 2));

    private bool IsBelieved(Finalist setting) => setting.Runs.Count >= Enough(setting);

    private bool IsSure(Finalist setting) => TooManyMisses(setting) == 0;

    /// <summary>The share of seeds that missed the target, where they are more than may; what fails at one rate is taken to fail at higher ones, as far as these have fewer seeds.</summary>
    private double TooManyMisses(Finalist setting) => settings
        .Where(other => other.Candidate with { LearningRate = setting.Candidate.LearningRate } == setting.Candidate && other.Candidate.LearningRate <= setting.Candidate.LearningRate && other.Runs.Count >= setting.Runs.Count)
        .Max(other => Missed(ReachedAt(other)) is var missed && missed > Spared(other.Runs.Count) ? missed / (double)other.Runs.Count : 0);

    /// <summary>Where half of the further trainings are over, what is as fast as one that failed is not tried before what is slower.</summary>
    private bool IsSuspect(Finalist setting) => used > most / 2 && !IsBelieved(setting)
        && settings.Any(other => other.Runs.Count > Math.Max(other.Whole, setting.Runs.Count) && !IsSure(other) && IterationsToTarget.MedianOf(ReachedAt(setting)) <= AsFast * IterationsToTarget.MedianOf(ReachedAt(other)));

    /// <summary>All settings, the best first.</summary>
    private IEnumerable<Finalist> Ranked() => settings.OrderBy(TooManyMisses).ThenBy(IsSuspect).ThenBy(setting => RankOf(ReachedAt(setting), setting.Cost));

    /// <summary>The target becomes that of a final cost, where it is more than it was, but not more than it may become.</summary>
    private bool Loosen(double final)
    {
        if (limit is not double most || !double.IsFinite(final) || AdviceTarget.Of(final, most) is var loosened && (loosened.Value <= Target.Value || loosened.Value > tightest * MostLoosened))
        {
            return false;
        }

        Target = loosened;
        return true;
    }
}
