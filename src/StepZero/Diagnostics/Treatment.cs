using StepZero.Data;
using StepZero.Training;

namespace StepZero.Diagnostics;

/// <summary>A diagnosis whose advice was followed until nothing was left to advise, and both trainings, before and after, from the same seed.</summary>
/// <param name="Advice">All changes together.</param>
/// <param name="Diagnosis">The diagnosis with them.</param>
/// <param name="Data">The samples as they were prepared for it.</param>
/// <param name="Before">The training as it was asked for.</param>
/// <param name="After">The training with the changes.</param>
public sealed record Treatment(Advice Advice, Diagnosis Diagnosis, PreparedData Data, RunResult Before, RunResult After)
{
    /// <summary>The most rounds of advice.</summary>
    private const int MostRounds = 6;

    /// <summary>More time than so many times the budget is nothing to advise.</summary>
    private const int MostTime = 25;

    /// <summary>
    /// Whether it was worth it: the training with the changes reaches its goal, and the one before did not, or its costs rose more often, or ended higher.
    /// </summary>
    public bool Helps
    {
        get
        {
            var goal = TrainingGoal.Of(Diagnosis.Spec.Architecture.Loss, Data.Data);
            return Reaches(After) && (!Reaches(Before) || RisingShare(After) < RisingShare(Before) || After.Record.FinalCost < Before.Record.FinalCost);

            bool Reaches(RunResult run) => run.Record.Status == RunStatus.Completed && goal.IsReached(run.Record.Costs);
        }
    }

    /// <summary>
    /// Follows the advice of a diagnosis, then that of the diagnosis with the changes, and so on: at most six rounds, of which the first one with the best
    /// verdict counts.
    /// </summary>
    /// <param name="diagnosis">The diagnosis.</param>
    /// <param name="data">The training samples, as they were prepared for it.</param>
    /// <param name="test">Samples to test both networks on, or null.</param>
    /// <param name="execution">How the trainings are carried out.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>Null where there is nothing to change: the network will train calmly, or no finding has advice. Whether the changes were any good says <see cref="Helps"/>.</returns>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static Treatment? Of(Diagnosis diagnosis, PreparedData data, Dataset? test, Execution execution, CancellationToken cancellation = default)
    {
        (Advice All, Diagnosis Seen, PreparedData Data)? best = null;
        Advice? all = null;
        Diagnosis now = diagnosis;
        HashSet<string> tried = [];
        for (int round = 0; round < MostRounds && now.Outlook != Outlook.WillTrain && Next(now, all) is Advice next; round++)
        {
            all = next;
            if (!tried.Add(string.Join(' ', all.Options(diagnosis.Spec))))
            {
                break;
            }

            RunSpec changed = all.Apply(diagnosis.Spec);
            PreparedData prepared = PreparedData.Prepare(data.Data, changed.Architecture, changed.Training, execution.Threads, data.Held, cancellation);
            now = Diagnosis.Of([changed], prepared, execution.Threads, cancellation)[0];
            best = best is null || now.Outlook < best.Value.Seen.Outlook ? (all, now, prepared) : best;
        }

        if (best is not (Advice advice, Diagnosis seen, PreparedData after))
        {
            return null;
        }

        RunResult[] runs =
            [Trainings.Run([diagnosis.Spec], data, test, execution, cancellation)[0], Trainings.Run([seen.Spec], after, test, execution, cancellation)[0]];
        cancellation.ThrowIfCancellationRequested();
        return new Treatment(advice, seen, after, runs[0], runs[1]);

        // What weighs most and has advice that changes something, with what was changed before.
        Advice? Next(Diagnosis seen, Advice? before) => seen.Findings
            .Where(finding => finding.Rule.Severity != Severity.Note && finding.Advice is not null)
            .Select(finding => before is null ? finding.Advice! : finding.Advice!.With(before))
            .FirstOrDefault(advice => !(advice.Rounds > (long)MostTime * (diagnosis.Spec.Training.Epochs ?? diagnosis.Spec.Training.Iterations)));
    }

    private static double RisingShare(RunResult run) => new Probe(run.Record.Costs, run.Record.Costs.Length, false, []).RisingShare;
}
