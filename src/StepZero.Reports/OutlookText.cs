using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Training;

namespace StepZero.Reports;

/// <summary>The words of a verdict, the same in a line of text, in JSON and on a page.</summary>
public static class OutlookText
{
    /// <summary>A verdict in two to four words: "will train", "will train, unstably" or "will not train".</summary>
    /// <param name="outlook">The verdict.</param>
    public static string Title(Outlook outlook) => outlook switch
    {
        Outlook.WillTrain => "will train",
        Outlook.WillTrainUnstably => "will train, unstably",
        _ => "will not train",
    };

    /// <summary>The verdict and why, as one sentence without a full stop: "will not train: the 5 units of layer 1 are identical, so every update keeps them identical".</summary>
    /// <param name="diagnosis">What was diagnosed.</param>
    public static string Sentence(Diagnosis diagnosis) => $"{Title(diagnosis.Outlook)}: {diagnosis.Cause?.Text ?? Course(diagnosis)}";

    /// <summary>How sure the verdict is: "95% sure", or "seen to its end" where nothing was left to foretell.</summary>
    /// <param name="diagnosis">What was diagnosed.</param>
    public static string Confidence(Diagnosis diagnosis) => IsSeen(diagnosis) ? "seen to its end"
        : diagnosis.Confidence > MostSure ? "over 99% sure"
        : $"{Figures.Percent(Math.Round(diagnosis.Confidence, 2))} sure";

    /// <summary>What a training became, whatever was foretold of it.</summary>
    public static string Became(RunResult run, Dataset data) => run.Record switch
    {
        { Status: RunStatus.Diverged } record => $"diverged at {record.DivergedAt}",
        { Status: RunStatus.Cancelled } => "was interrupted",
        { Costs: [_, ..] costs } when TrainingGoal.Of(run.Spec.Architecture.Loss, data).IsReached(costs) => "trained",
        _ => "did not train",
    };

    /// <summary>What is to be said of advice that was followed and brought nothing; nothing where it helps.</summary>
    public static string Disappointment(Treatment treatment) => treatment.Helps ? "" : "The advice does not help here.";

    /// <summary>Whether nothing is left to foretell: the training was seen to its end, or there is no cost to follow.</summary>
    internal static bool IsSeen(Diagnosis diagnosis) => diagnosis.Probe.IsWhole || diagnosis.Probe.Costs.Count == 0;

    /// <summary>What is surer than this is not told apart: no forecast is certain.</summary>
    private const double MostSure = 0.99;

    private static string Course(Diagnosis diagnosis)
    {
        (Probe probe, Forecast forecast) = (diagnosis.Probe, diagnosis.Forecast);
        return !double.IsFinite(forecast.Cost)
            ? $"the cost is not finite {(probe.Costs.Count == 0 ? "from the start" : $"after {Figures.Updates(probe.Costs.Count)}")}"
            : $"the cost {(probe.IsWhole ? "is" : "is foretold to be")} {Figures.Brief(forecast.Cost)} after {Figures.Updates(probe.Budget)}, {Beside(forecast)}";
    }

    /// <summary>A forecast weighs more than its middle, so its cost may lie on one side of the target and what is more probable on the other.</summary>
    private static string Beside(Forecast forecast)
    {
        bool below = forecast.Cost < forecast.Target, trains = forecast.Probability >= 0.5;
        return below == trains ? $"{(below ? "" : "not ")}below {Figures.Brief(forecast.Target)}" : $"close to {Figures.Brief(forecast.Target)}, which it has to be below";
    }
}
