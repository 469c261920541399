using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Recommendations;

/// <summary>A setting of the final.</summary>
/// <param name="Candidate">The setting.</param>
/// <param name="Cost">Its final cost, by the trainings that it was chosen by.</param>
/// <param name="ChosenBy">Their number: they come first, and go to their end where no target was given; those after them end at a target.</param>
/// <param name="Runs">Its trainings, by seed.</param>
internal sealed record Finalist(Candidate Candidate, double Cost, int ChosenBy, IReadOnlyList<CandidateRun> Runs)
{
    /// <summary>A setting with the trainings that it is chosen by.</summary>
    public static Finalist Of(Candidate candidate, IReadOnlyList<CandidateRun> runs) => new(candidate, AdviceTarget.FinalCostOf([.. runs.Select(run => run.Cost)]), runs.Count, runs);
}

/// <summary>
/// The last look at finalists before one of them is recommended. What would be recommended by what is known gets higher rates beside it, as long as they are better, and then twice as many seeds, and it is asked
/// again: until something would be that reached the target from 96 seeds more than it was chosen by, or that has 192 more. The seeds that a setting was chosen by flatter it, and some slander a default: one that is not
/// clearly slower gets some more, too. What turns out to fail too often gets a lower rate beside it.
/// </summary>
/// <param name="target">What trainings are to come to.</param>
/// <param name="limit">What the target is at most, where it is a cost that nobody gave and may be loosened; null where it stands.</param>
/// <param name="most">So many further trainings are enough, however many settings fail one after another.</param>
/// <param name="train">Trains a setting from seeds: the first of them, and how many, and a target that ends them, or null where they are those that it is chosen by. Null where nothing more is to begin.</param>
/// <param name="nextRate">The setting with the next higher rate, or else with the next lower one; null where there is none.</param>
internal sealed class Confirmation(
    TrainingTarget target, double? limit, int most, Func<Candidate, int, int, TrainingTarget?, IReadOnlyList<CandidateRun>?> train, Func<Candidate, bool, Candidate?> nextRate)
{
    /// <summary>One seed in so many may miss the target.</summary>
    private const int SeedsOfOneMiss = 96;

    /// <summary>The target is one that what is recommended reaches from all seeds but one in so many beyond the first so many.</summary>
    private const int SeedsOfOneBeyond = 256;

    /// <summary>A target is loosened to no more than so many times what it was; what ends beyond so many times a target has failed.</summary>
    private const double MostLoosened = 3;

    /// <summary>What beats a default of a library in fewer of all pairs is not worth another name.</summary>
    private const double WorthAName = 0.55;

    /// <summary>With so many seeds it is known about how fast a setting is.</summary>
    private const int SeedsOfSpeed = 32;

    /// <summary>A default may miss one seed in so many where the best misses none, and one more than what others may at most.</summary>
    private const int SeedsOfOneMore = 8;

    /// <summary>What needs no more than so many times the iterations of another is as fast.</summary>
    private const double AsFast = 1.1;

    private readonly double tightest = target.Value;

    private readonly List<Finalist> settings = [];

    private readonly Dictionary<IReadOnlyList<CandidateRun>, int?[]> reachedAt = new(ReferenceEqualityComparer.Instance);

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
                Loosen(settings.Min(setting => setting.Runs.Count == setting.ChosenBy ? setting.Cost : WorstMiss(setting, Spared(setting.Runs.Count))));
            }

            leader = Leader();
        }
        while ((IsStable(leader) && Add(leader, higher: true))
            || (Failing(leader) is Finalist failing && Add(failing, higher: false))
            || (IsBelieved(leader) ? Loosen(WorstMiss(leader, (leader.Runs.Count - 1) / SeedsOfOneBeyond)) || (Rival(leader) is Finalist rival && Continue(rival, SeedsOfSpeed) is not null) : Confirm(leader)));

        // Where it was broken off, what would be recommended by fewer seeds than others have may not be the surest.
        Finalist first = IsBelieved(leader) ? leader : Ranked().FirstOrDefault(setting => IsBelieved(setting) && IsSure(setting))
            ?? (settings.All(setting => setting.Runs.Count <= leader.Runs.Count) ? leader : Ranked().MinBy(ExpectedMisses)!);
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

    private int?[] ReachedAt(Finalist setting)
    {
        if (!reachedAt.TryGetValue(setting.Runs, out int?[]? found))
        {
            reachedAt[setting.Runs] = found = [.. setting.Runs.Select(run => run.At(Target, isGiven: limit is null))];
        }

        return found;
    }

    /// <summary>What would be recommended by what is known: the best, or the best default of a library where that misses no more seeds but for one, and is not worth another name.</summary>
    private Finalist Leader()
    {
        Finalist[] ranked = [.. Ranked()];
        Finalist best = ranked[0];
        int?[] ofBest = ReachedAt(best);
        return best.Candidate.Library is not null || ofBest.All(at => at is null) ? best : ranked.FirstOrDefault(setting => setting.Candidate.Library is not null && IsAsGood(setting, ReachedAt(setting)), best);

        bool IsAsGood(Finalist setting, int?[] other) => !IsDoomed(setting) && (!IsSuspect(setting) || IsSuspect(best))
            && Missed(other) <= Math.Max(Missed(ofBest), Math.Min(other.Length / SeedsOfOneMore, Spared(other.Length) + 1))
            && Statistics.ChanceOfLess(IterationsToTarget.Of(ofBest), IterationsToTarget.Of(other)) < WorthAName;
    }

    /// <summary>The best default that few seeds alone may keep from being recommended: it reaches the target surely, and is not clearly slower.</summary>
    private Finalist? Rival(Finalist leader) => Ranked()
        .FirstOrDefault(setting => setting.Candidate.Library is not null && setting != leader && setting.Runs.Count < SeedsOfSpeed && IsSure(setting) && !IsClearlySlower(setting, leader));

    /// <summary>A default that fails at every rate, at its lowest, where that is not clearly slower: what is recommended is to be held against one that is as sure, as far as half the rate makes it so.</summary>
    private Finalist? Failing(Finalist leader) => settings.Where(setting => setting.Candidate.Library is not null).GroupBy(setting => setting.Candidate.Library).Where(group => !group.Any(IsSure))
        .Select(group => group.OrderBy(setting => setting.Candidate.LearningRate).ToArray())
        .FirstOrDefault(group => group[0].Candidate.LearningRate > group[^1].Candidate.LearningRate / 2 && !IsStable(group[0]) && !IsClearlySlower(group[0], leader) && NextRate(group[0], higher: false) is not null)?[0];

    private bool IsClearlySlower(Finalist setting, Finalist leader) =>
        Recommendation.IsClearlyLess([.. IterationsToTarget.Of(ReachedAt(leader))], [.. IterationsToTarget.Of(ReachedAt(setting))]);

    /// <summary>The setting with the next rate, unless it is here already.</summary>
    private Candidate? NextRate(Finalist setting, bool higher) => nextRate(setting.Candidate, higher) is Candidate other && settings.All(one => one.Candidate != other) ? other : null;

    /// <summary>Adds the setting with the next rate; false where there is none, or nothing more is to begin.</summary>
    private bool Add(Finalist setting, bool higher)
    {
        int seeds = Math.Min(setting.ChosenBy, SeedsOfSpeed);
        if (used >= most || NextRate(setting, higher) is not Candidate other || train(other, 0, seeds, null) is not IReadOnlyList<CandidateRun> runs)
        {
            return false;
        }

        settings.Add(Finalist.Of(other, runs));
        used += seeds;
        return true;
    }

    /// <summary>Trains a setting from as many seeds more as it has, up to so many in all; null where nothing more is to begin.</summary>
    private Finalist? Continue(Finalist setting, int enough)
    {
        int seeds = setting.Runs.Count, count = Math.Min(seeds, enough - seeds);
        if (used >= most || train(setting.Candidate, seeds, count, Target) is not IReadOnlyList<CandidateRun> found)
        {
            return null;
        }

        used += count;
        return settings[settings.IndexOf(setting)] = setting with { Runs = [.. setting.Runs, .. found] };
    }

    /// <summary>Trains what leads from more seeds. Where it then misses the target too often, either its final cost was taken for lower than it is, or it fails now and then.</summary>
    private bool Confirm(Finalist leader)
    {
        if (Continue(leader, Enough(leader)) is not Finalist now)
        {
            return false;
        }

        if (!IsSure(now) && !Loosen(WorstMiss(now, Spared(now.Runs.Count))) && !IsStable(now))
        {
            Add(now, higher: false);
        }

        return true;
    }

    /// <summary>
    /// The seeds that a setting is believed with: 96 more than it was chosen by, and 192 where one of these missed the target. What misses it from none of 96 reaches it from 30 of 32 fresh seeds or more in 99.5 cases of
    /// 100, from one of 192 in 99.4, and from two in 98.5 (by the distribution of Jeffreys).
    /// </summary>
    private int Enough(Finalist setting) => setting.ChosenBy + (SeedsOfOneMiss * (ReachedAt(setting).Skip(setting.ChosenBy).All(at => at is not null) ? 1 : 2));

    private bool IsBelieved(Finalist setting) => setting.Runs.Count >= Enough(setting);

    /// <summary>Whether no more seeds missed the target than may, of all and of those that it was not chosen by.</summary>
    private bool IsSure(Finalist setting) => ShareOfMisses(setting) == 0 && !IsDoomed(setting);

    /// <summary>Whether no more seeds failed than may. A training that came near the target did not: it was too slow.</summary>
    private bool IsStable(Finalist setting) => HasFew(setting, IsFailure) && !IsDoomed(setting);

    private bool IsFailure(CandidateRun run, int? at) => at is null && !(Target.Quantity == TargetQuantity.Cost && run.Cost <= MostLoosened * Target.Value);

    /// <summary>What fails at one rate is taken to fail at higher ones, as far as these have fewer seeds.</summary>
    private bool IsDoomed(Finalist setting) => settings.Any(other => other.Runs.Count > setting.Runs.Count && other.Candidate.LearningRate < setting.Candidate.LearningRate
        && other.Candidate with { LearningRate = setting.Candidate.LearningRate } == setting.Candidate && !HasFew(other, IsFailure));

    /// <summary>The share of seeds that missed the target, where they are more than may.</summary>
    private double ShareOfMisses(Finalist setting) => HasFew(setting, (_, at) => at is null) ? 0 : Missed(ReachedAt(setting)) / (double)setting.Runs.Count;

    private bool HasFew(Finalist setting, Func<CandidateRun, int?, bool> isOne)
    {
        bool[] ones = [.. setting.Runs.Zip(ReachedAt(setting), isOne)];
        bool[] further = ones[setting.ChosenBy..];
        return ones.Count(one => one) <= Spared(ones.Length) && further.Count(one => one) <= Math.Max(1, Spared(further.Length));
    }

    /// <summary>Where half of the further trainings are over, what is as fast as one that failed is not tried before what is slower.</summary>
    private bool IsSuspect(Finalist setting) => used > most / 2 && !IsBelieved(setting) && settings.Any(other => other.Runs.Count > Math.Max(other.ChosenBy, setting.Runs.Count) && !IsSure(other)
        && IterationsToTarget.MedianOf(ReachedAt(other)) is double median && double.IsFinite(median) && IterationsToTarget.MedianOf(ReachedAt(setting)) <= AsFast * median);

    /// <summary>All settings, the best first.</summary>
    private IEnumerable<Finalist> Ranked() => settings.OrderBy(setting => !IsSure(setting)).ThenBy(ShareOfMisses).ThenBy(IsSuspect).ThenBy(setting => RankOf(ReachedAt(setting), setting.Cost));

    /// <summary>The worst cost of those that missed the target, but for so many; infinite where there is none. A training that reached the target ended there, so that its cost says nothing.</summary>
    private double WorstMiss(Finalist setting, int spared) => setting.Runs.Zip(ReachedAt(setting)).Where(run => run.Second is null).Select(run => run.First.Cost).OrderDescending().Skip(spared).FirstOrDefault(double.PositiveInfinity);

    /// <summary>The target becomes that of a final cost, where it is more than it was, but not more than it may become.</summary>
    private bool Loosen(double final)
    {
        if (limit is not double highest || !double.IsFinite(final) || AdviceTarget.Of(final, highest) is var loosened && (loosened.Value <= Target.Value || loosened.Value > tightest * MostLoosened))
        {
            return false;
        }

        Target = loosened;
        reachedAt.Clear();
        return true;
    }
}
