using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Recommendations;

/// <summary>Searches among settings by successive halving, with seeds that the evidence does not use.</summary>
/// <param name="question">What is asked.</param>
/// <param name="runs">Trains what is searched among.</param>
/// <param name="exact">Trains what would be recommended, in the precision that was asked for.</param>
/// <param name="deadline">When nothing more is to begin.</param>
/// <param name="threads">How many threads diagnoses use.</param>
/// <param name="planned">Is told to about how many whole trainings all of it will amount.</param>
/// <param name="cancellation">Ends it early.</param>
internal sealed class Screener(
    AdviceQuestion question, CandidateRuns runs, CandidateRuns exact, Deadline deadline, int threads, Action<double> planned, CancellationToken cancellation)
{
    /// <summary>A setting is judged by a cost that so many of its seeds end at or below: one lucky seed does not count, and one unlucky one of many neither.</summary>
    private const double Quantile = 0.85;

    /// <summary>How far the seeds of screening are from those of the evidence.</summary>
    private const uint SeedsApart = 0x8000_0000;

    private readonly Dictionary<(Candidate, uint), CandidateRun> whole = [];
    private int trainings;
    private bool isCut;

    /// <summary>Searches.</summary>
    public Screening Run()
    {
        Scaling[] scalings = question.HasScaling ? [question.Run.Training.Scaling] : [.. Candidates.Scalings(question.Train)];
        TrainingOptions training = question.Run.Training;
        bool shortens = training.Schedule == LearningRateSchedule.Constant;
        var work = TrainingWork.Of(question.Run.Architecture, training, question.Train.SampleCount, runs.DataOf(scalings[0], 1).Form);
        SearchBreadth breadth = ScreeningPlan.BreadthOf(work, scalings.Length, !question.HasRate, shortens);
        ScreenedStart[] starts = [.. scalings.SelectMany(scaling => Diagnose(scaling, breadth))];

        // Defaults are what all is held against, whatever the diagnosis says; and where it rules out all, it rules out none.
        bool allOut = starts.All(start => start.Cause is not null);
        ScreenedStart[] kept = [.. starts.Where(start => start.Cause is null || start.Library is not null || allOut)];
        int beyond = 0;
        var candidates = new List<Candidate>();
        foreach (ScreenedStart start in kept)
        {
            candidates.AddRange(Candidates.Of(start, training, question.HasRate, breadth, out int left));
            beyond += left;
        }

        var plan = ScreeningPlan.Of(candidates.Count, work, shortens);
        planned(plan.Trainings + (plan.Confirmation / 2.0));
        var rounds = new List<ScreeningRound>();
        IReadOnlyList<HalvingPlace<Candidate>> places = Halving.Run(
            candidates, GroupOf, plan.Rounds, (round, left) => Score(plan.Rounds[round], left, rounds), (round, left) => round == ScreeningPlan.Semifinal ? [.. left, .. Between(left, plan.Final)] : left);
        Candidate[] finalists = Finalists(places is [] ? [.. candidates.Select(candidate => new HalvingPlace<Candidate>(candidate, 0, 0))] : places, plan.Final);
        (TrainingTarget target, TargetOrigin origin, ScreenedSetting[] final) = Final(finalists, isCut ? 2 : plan.Final.Seeds, Math.Max(2, plan.Rounds[^1].Seeds), plan.Confirmation, rounds);
        return new Screening(
            [.. final, .. places.Where(place => final.All(setting => setting.Candidate != place.Candidate)).Select(place => new ScreenedSetting(place.Candidate, place.Round + 1, place.Score, []))],
            [.. starts.Except(kept).Select(start => new RuledOutStart(start.Initializer, start.Scaling, start.Cause!))], beyond, rounds, trainings, target, origin, isCut);
    }

    /// <summary>A seed of screening.</summary>
    private uint Seed(int index) => unchecked(question.Run.Seed + SeedsApart + (uint)index);

    private static object GroupOf(Candidate candidate) => candidate.Library is Library library ? library : "others";

    private IEnumerable<ScreenedStart> Diagnose(Scaling scaling, SearchBreadth breadth)
    {
        PreparedData data = runs.DataOf(scaling, 1);
        (Initializer Initializer, Library? Library)[] starts = [.. Candidates.Starts(question.Run.Architecture.HiddenActivation, breadth)];

        // What is asked of a diagnosis here is the untouched weights alone, so that one update is enough.
        RunSpec[] specs = [.. starts.Select(start => new Candidate(start.Initializer, question.Run.Training.LearningRate, scaling).Of(question.Run, Seed(0)))
            .Select(spec => spec with { Training = spec.Training with { Iterations = 1, Epochs = null, Schedule = LearningRateSchedule.Constant } })];
        return Diagnosis.Of(specs, data, threads, cancellation).Select((diagnosis, i) => Candidates.Screen(diagnosis, starts[i].Library));
    }

    /// <summary>Settings beside the best ones of each group, whose rates lie between those that were looked at.</summary>
    private IEnumerable<Candidate> Between(IReadOnlyList<Candidate> candidates, HalvingRound final) => question.HasRate ? [] : candidates.GroupBy(GroupOf)
        .SelectMany(group => group.Take(group.Key is Library ? final.Fewest : final.Most - (Candidates.Libraries.Count * final.Fewest)))
        .SelectMany(candidate => Candidates.RatesBeside(candidate.LearningRate).Select(rate => candidate with { LearningRate = rate }))
        .Except(candidates);

    private double[]? Score(HalvingRound round, IReadOnlyList<Candidate> candidates, List<ScreeningRound> rounds)
    {
        if (Train(candidates, round.Share, round.Seeds, canEnd: true) is not CandidateRun[][] trained)
        {
            return null;
        }

        rounds.Add(new ScreeningRound(round.Share, round.Seeds, candidates.Count));
        if (rounds.Count <= ScreeningPlan.Semifinal)
        {
            return [.. trained.Select(seeds => Statistics.QuantileOf(seeds.Select(ScoreOf), Quantile))];
        }

        // From here on it counts how soon a good cost is reached, and from how many seeds.
        TrainingTarget target = question.Target ?? AdviceTarget.Of(trained.Min(seeds => AdviceTarget.FinalCostOf(CostsOf(seeds))), AdviceTarget.LimitOf(trained.Select(CostsOf), Constant));
        return [.. trained.Select(seeds => Confirmation.RankOf(ReachedAt(seeds, target), Statistics.QuantileOf(CostsOf(seeds), Quantile)))];
    }

    /// <summary>The lower, the better: the final cost; where there is a target, those that reached it come first, by the iterations that took.</summary>
    private double ScoreOf(CandidateRun run) => question.Target is not null && run.ReachedAt is int at ? at - (double)int.MaxValue : run.Cost;

    private static double[] CostsOf(CandidateRun[] trained) => [.. trained.Select(run => run.Cost)];

    private int?[] ReachedAt(IEnumerable<CandidateRun> trained, TrainingTarget target) => [.. trained.Select(run => run.At(target, question.Target is not null))];

    private static Candidate[] Finalists(IReadOnlyList<HalvingPlace<Candidate>> places, HalvingRound final)
    {
        HalvingPlace<Candidate>[] last = [.. places.Where(place => place.Round == places[0].Round)];
        return
        [
            .. last.GroupBy(place => GroupOf(place.Candidate)).SelectMany(group => group.Take(group.Key is Library ? final.Fewest : Math.Max(2, final.Most - (Candidates.Libraries.Count * final.Fewest))))
                .Select(place => place.Candidate),
        ];
    }

    /// <summary>Trains the finalists to the end from many seeds, sets the target where nobody did, and ranks them by the iterations to it.</summary>
    private (TrainingTarget Target, TargetOrigin Origin, ScreenedSetting[] Settings) Final(Candidate[] finalists, int seeds, int fewest, int further, List<ScreeningRound> rounds)
    {
        CandidateRun[][] all = Train(finalists, 1, seeds, canEnd: seeds > fewest) ?? Train(finalists, 1, fewest, canEnd: false)!;
        rounds.Add(new ScreeningRound(1, all[0].Length, finalists.Length));
        Finalist[] trained = [.. finalists.Zip(all, Finalist.Of)];
        if (question.Target is TrainingTarget given)
        {
            return (given, TargetOrigin.Given, new Confirmation(given, null, further, Further, NextRate).Rank(trained, rounds.Count));
        }

        double limit = AdviceTarget.LimitOf(all.Select(CostsOf), Constant), lowest = trained.Min(setting => setting.Cost);
        var confirmation = new Confirmation(AdviceTarget.Of(lowest, limit), limit, further, Further, NextRate);
        ScreenedSetting[] ranked = confirmation.Rank(trained, rounds.Count);
        return (confirmation.Target, confirmation.IsLoosened ? TargetOrigin.Loosened : AdviceTarget.IsLimited(lowest, limit) ? TargetOrigin.Halfway : TargetOrigin.FinalCost, ranked);
    }

    /// <summary>Trains a setting from seeds: each until it reaches a target, or, without one, as those that finalists are chosen by. Null where the deadline ends it.</summary>
    private IReadOnlyList<CandidateRun>? Further(Candidate candidate, int first, int count, TrainingTarget? target) => target is null
        ? Train([candidate], 1, count, canEnd: true)?[0] : Counted(exact.Train([.. Enumerable.Range(first, count).Select(i => (candidate, Seed(i)))], 1, target, deadline));

    private Candidate? NextRate(Candidate candidate, bool higher) => Candidates.NextRate(candidate, higher, question.HasRate);

    private IReadOnlyList<CandidateRun>? Counted(IReadOnlyList<CandidateRun>? trained)
    {
        isCut |= trained is null;
        trainings += trained?.Count ?? 0;
        return trained;
    }

    /// <summary>The cost of the best answer that is the same for all samples.</summary>
    private double Constant => TrainingGoal.Of(question.Run.Architecture.Loss, question.Train).ConstantCost;

    /// <summary>Trains candidates from the first seeds of screening; what was trained to its end before is not trained again.</summary>
    private CandidateRun[][]? Train(IReadOnlyList<Candidate> candidates, double share, int seeds, bool canEnd)
    {
        (Candidate Candidate, uint Seed)[] all = [.. candidates.SelectMany(candidate => Enumerable.Range(0, seeds).Select(i => (candidate, Seed(i))))];
        (Candidate Candidate, uint Seed)[] missing = share == 1 ? [.. all.Where(run => !whole.ContainsKey(run))] : all;
        if (Counted(runs.Train(missing, share, question.Target, canEnd ? deadline : null)) is not IReadOnlyList<CandidateRun> trained)
        {
            return null;
        }

        if (share < 1)
        {
            return [.. trained.Chunk(seeds)];
        }

        foreach (((Candidate, uint) run, CandidateRun result) in missing.Zip(trained))
        {
            whole[run] = result;
        }

        return [.. all.Select(run => whole[run]).Chunk(seeds)];
    }
}
