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

    /// <summary>Follows the advice of a diagnosis.</summary>
    /// <param name="diagnosis">The diagnosis.</param>
    /// <param name="data">The training samples, as they were prepared for it.</param>
    /// <param name="test">Samples to test both networks on, or null.</param>
    /// <param name="execution">How the trainings are carried out.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>Null where there is nothing to change: the network will train calmly, or no finding has advice.</returns>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static Treatment? Of(Diagnosis diagnosis, PreparedData data, Dataset? test, Execution execution, CancellationToken cancellation = default)
    {
        Advice? all = null;
        Diagnosis now = diagnosis;
        PreparedData prepared = data;
        for (int round = 0; round < MostRounds && now.Outlook != Outlook.WillTrain && now.Cause?.Advice is Advice next; round++)
        {
            all = all is null ? next : next.With(all);
            RunSpec changed = all.Apply(diagnosis.Spec);
            prepared = PreparedData.Prepare(data.Data, changed.Architecture, changed.Training, execution.Threads, data.Held, cancellation);
            now = Diagnosis.Of([changed], prepared, execution.Threads, cancellation)[0];
        }

        if (all is null)
        {
            return null;
        }

        RunResult before = Trainings.Run([diagnosis.Spec], data, test, execution, cancellation)[0];
        return new Treatment(all, now, prepared, before, Trainings.Run([now.Spec], prepared, test, execution, cancellation)[0]);
    }
}
