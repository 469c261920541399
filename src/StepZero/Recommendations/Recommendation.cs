using StepZero.Diagnostics;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Recommendations;

/// <summary>Which start, rate and scaling to use for a network on its data, with the evidence.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Screening">The search.</param>
/// <param name="Winner">What is recommended.</param>
/// <param name="RunnerUp">The best other setting of the search; null where there is none.</param>
/// <param name="Defaults">The defaults of the libraries, each with the rate and scaling that were best for it; one of them may be the winner itself.</param>
/// <param name="IsCut">Whether the budget ended the search or the evidence early.</param>
public sealed record Recommendation(AdviceQuestion Question, Screening Screening, Evidence Winner, Evidence? RunnerUp, IReadOnlyList<Evidence> Defaults, bool IsCut)
{
    /// <summary>The work of the evidence, in multiply-adds, up to which every setting is trained from every seed.</summary>
    private const double Work = 1.5e12;

    /// <summary>Where that is not enough, a setting that is held against the winner is trained from so many seeds at least, but for one that is clearly worse.</summary>
    private const int FewestSeeds = 16;

    /// <summary>Where trainings take long, so many seeds at a time are trained, and then it is seen whether the setting is clearly worse.</summary>
    private const int SeedsAtATime = 8;

    /// <summary>Where the time is over, from so many.</summary>
    private const int SeedsWithoutTime = 2;

    /// <summary>One that loses more of its pairs than an equal one would, by so many standard errors, is clearly worse: an equal one does so in 1 of 200 cases.</summary>
    private const double StandardErrors = 2.58;

    /// <summary>From that share of the seeds on, a setting counts as one that reaches the target: 30 of 32.</summary>
    private const double ReliableShare = 15.0 / 16;

    /// <summary>The part of a budget that is for the search.</summary>
    private const double PartOfSearch = 0.5;

    /// <summary>All evidence: the winner, the runner-up and the defaults, each once.</summary>
    public IReadOnlyList<Evidence> All => [.. new[] { Winner, RunnerUp }.OfType<Evidence>().Concat(Defaults).DistinctBy(evidence => evidence.Candidate)];

    /// <summary>The default that needs the fewest iterations, of those that reach the target from 15 of 16 seeds; where none does, the one that reaches it from the most.</summary>
    public Evidence BestDefault => Defaults.OrderByDescending(evidence => Math.Min(evidence.Reached.Share, ReliableShare)).ThenBy(evidence => evidence.Median).First();

    /// <summary>Screens, chooses, and trains what was chosen and what it is held against from fresh seeds.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="execution">How it is carried out; its clock times the budget.</param>
    /// <param name="budget">The time that it may take; null for no limit. Nothing else in it depends on time.</param>
    /// <param name="progress">Is told of the share that is done.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="StepZeroException">No setting trains, or the data do not fit the network.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static Recommendation Of(AdviceQuestion question, Execution execution, TimeSpan? budget = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var quiet = new Execution { Threads = execution.Threads };
        double done = 0, planned = double.PositiveInfinity;

        // Half the digits are enough to search with, and take half the time; how surely a setting at the edge of stability comes to its target depends on them.
        AdviceQuestion quick = question with { Run = question.Run with { Training = question.Run.Training with { Precision = Precision.Single } } };
        Deadline deadline = new(execution.Clock, budget), searching = new(execution.Clock, budget * PartOfSearch);
        bool isSearching = true;
        CandidateRuns search = Runs(quick), runs = question.Run.Training.Precision == Precision.Single ? search : Runs(question);
        Screening screening = new Screener(quick, search, runs, searching, execution.Threads, trainings => planned = trainings, cancellation).Run();
        isSearching = false;
        (Candidate winner, Candidate? second, Candidate[] defaults) = Choose([.. screening.Finalists]);
        int settled = 0;
        var evidence = new EvidenceRuns(question, screening.Target, runs, deadline);
        Candidate[] others = [.. new[] { second }.OfType<Candidate>().Concat(defaults).Where(candidate => candidate != winner).Distinct()];
        List<CandidateRun> ofWinner = evidence.Train(winner, question.Seeds, SeedsAtATime);
        double updates = question.Run.Training.UpdatesFor(question.Train.SampleCount);
        double work = TrainingWork.Of(question.Run.Architecture, question.Run.Training, question.Train.SampleCount, runs.DataOf(winner.Scaling, 1).Form).Of(1);
        (int seeds, bool races) = SeedsOf(work, ofWinner.Average(run => run.ReachedAt ?? updates) / updates, question.Seeds, others.Length);
        var found = new Dictionary<Candidate, List<CandidateRun>> { [winner] = ofWinner };
        foreach (Candidate other in others)
        {
            progress?.Report(PartOfSearch + ((1 - PartOfSearch) * ++settled / (others.Length + 2)));
            found[other] = evidence.Train(other, seeds, SeedsWithoutTime, races ? ofWinner : null);
        }

        Dictionary<Candidate, Evidence> made = found.Keys.ToDictionary(candidate => candidate, candidate => Of(candidate, found[candidate], question, runs, execution.Threads, cancellation));
        return new Recommendation(question, screening, made[winner], second is null ? null : made[second], [.. defaults.Select(one => made[one])], screening.IsCut || deadline.WasOver);

        CandidateRuns Runs(AdviceQuestion asked) => new(asked, quiet, cancellation)
        {
            Done = trainings =>
            {
                if (isSearching)
                {
                    progress?.Report(PartOfSearch * Math.Max(searching.Gone, Math.Min(1, (done += trainings) / planned)));
                }
            },
        };
    }

    /// <summary>The winner, the runner-up and the best setting of each default.</summary>
    /// <param name="finalists">The finalists, the best first.</param>
    internal static (Candidate Winner, Candidate? RunnerUp, Candidate[] Defaults) Choose(IReadOnlyList<ScreenedSetting> finalists)
    {
        Candidate[] candidates = [.. finalists.Select(setting => setting.Candidate)];
        Candidate winner = candidates[0];
        Candidate? second = candidates.FirstOrDefault(candidate => candidate.Initializer.Name != winner.Initializer.Name) ?? candidates.Skip(1).FirstOrDefault();
        return (winner, second, [.. Candidates.Libraries.Select(library => candidates.FirstOrDefault(candidate => candidate.Library == library)).OfType<Candidate>()]);
    }

    /// <summary>From how many seeds what the winner is held against is trained at most, and whether it is raced against the winner.</summary>
    /// <param name="work">The work of one whole training, in multiply-adds.</param>
    /// <param name="share">The share of it that the winner needs to reach the target, from 0 to 1.</param>
    /// <param name="seeds">The seeds that were asked for.</param>
    /// <param name="others">How many settings the winner is held against.</param>
    internal static (int Seeds, bool Races) SeedsOf(double work, double share, int seeds, int others)
    {
        return (Math.Clamp(Affordable(work * share), Math.Min(FewestSeeds, seeds), seeds), Affordable(work) < seeds);

        int Affordable(double one) => (int)Math.Min(seeds, ((Work / one) - seeds) / Math.Max(1, others));
    }

    /// <summary>Whether values are clearly less than others: by the standard error of the share of pairs among equal ones, √((m + n + 1)/(12mn)), Mann and Whitney 1947.</summary>
    /// <param name="values">Values; at least one.</param>
    /// <param name="others">What they are compared with; at least one.</param>
    internal static bool IsClearlyLess(double[] values, double[] others) =>
        Statistics.ChanceOfLess(values, others) - 0.5 >= StandardErrors * Math.Sqrt((values.Length + others.Length + 1) / (12.0 * values.Length * others.Length));

    private static Evidence Of(Candidate candidate, IReadOnlyList<CandidateRun> trained, AdviceQuestion question, CandidateRuns runs, int threads, CancellationToken cancellation)
    {
        Diagnosis diagnosis = Diagnosis.Of([candidate.Of(question.Run, question.Run.Seed)], runs.DataOf(candidate.Scaling, 1), threads, cancellation)[0];
        double[] tested = [.. trained.Select(run => run.TestAccuracy).OfType<double>()];
        return new Evidence(candidate, [.. trained.Select(run => run.ReachedAt)], tested is [] ? null : Statistics.QuantileOf(tested, 0.5), diagnosis);
    }

    /// <summary>Trains from the fresh seeds.</summary>
    private sealed class EvidenceRuns(AdviceQuestion question, TrainingTarget target, CandidateRuns runs, Deadline deadline)
    {
        /// <summary>Trains a setting.</summary>
        /// <param name="candidate">The setting.</param>
        /// <param name="seeds">The seeds.</param>
        /// <param name="fewest">From so many seeds it is trained where the time is over.</param>
        /// <param name="winner">What it is raced against: it ends as soon as it is clearly worse. Null to train from every seed.</param>
        public List<CandidateRun> Train(Candidate candidate, int seeds, int fewest, List<CandidateRun>? winner = null)
        {
            var done = new List<CandidateRun>();
            while (done.Count < seeds)
            {
                int count = Math.Min(seeds - done.Count, done.Count == 0 && deadline.IsOver ? fewest : done.Count == 0 || winner is not null ? SeedsAtATime : seeds);
                (Candidate, uint)[] next = [.. Enumerable.Range(done.Count, count).Select(i => (candidate, question.Run.Seed + (uint)i))];
                if (runs.Train(next, 1, target, done.Count > 0 ? deadline : null, question.Test) is not IReadOnlyList<CandidateRun> trained)
                {
                    break;
                }

                done.AddRange(trained);
                if (winner is not null && IsClearlyLess(Iterations(winner), Iterations(done)))
                {
                    break;
                }
            }

            return done;
        }

        private static double[] Iterations(IEnumerable<CandidateRun> runs) => [.. IterationsToTarget.Of(runs.Select(run => run.ReachedAt))];
    }
}
