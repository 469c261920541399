using System.Globalization;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Recommendations;
using StepZero.Training;

namespace StepZero.Reports;

/// <summary>The words of advice, the same in text, in JSON and on a page.</summary>
public static class AdviceText
{
    /// <summary>What a setting is in the evidence: "recommended", "runner-up" or "PyTorch's default"; of one that is several of these all.</summary>
    /// <param name="advice">The advice.</param>
    /// <param name="evidence">One of its settings.</param>
    public static string Role(Recommendation advice, Evidence evidence)
    {
        string[] roles =
        [
            .. evidence.Candidate == advice.Winner.Candidate ? (string[])["recommended"] : evidence.Candidate == advice.RunnerUp?.Candidate ? ["runner-up"] : [],
            .. evidence.Candidate.Library is Library library ? (string[])[$"{NameOf(library)}'s default"] : [],
        ];
        return string.Join(", ", roles);
    }

    /// <summary>What a library calls itself.</summary>
    public static string NameOf(Library library) => library switch
    {
        Library.Pytorch => "PyTorch",
        Library.Sklearn => "scikit-learn",
        _ => library.ToString(),
    };

    /// <summary>What is recommended and what it does, in two sentences.</summary>
    /// <param name="advice">The advice.</param>
    public static string Sentence(Recommendation advice)
    {
        Evidence winner = advice.Winner;
        string goal = Goal(advice.Screening.Target);
        string reached = $"{winner.Reached.Count} of {winner.Reached.Total} fresh seeds reach {goal}";
        string middle = double.IsFinite(winner.Median) ? $", half of them within {Iterations(winner.Median)} iterations" : "";
        return $"{reached}{middle}. {Beside(advice)}";
    }

    /// <summary>How much of the screening was done, and who was ruled out.</summary>
    /// <param name="advice">The advice.</param>
    public static IEnumerable<string> Screened(Recommendation advice)
    {
        Screening screening = advice.Screening;
        string rounds = string.Join(", then ", screening.Rounds.Select(round =>
            $"{Figures.Count(round.Settings)} for {Figures.Percent(round.Share)} of the updates from {Figures.Count(round.Seeds)} seed{(round.Seeds == 1 ? "" : "s")}"));
        int most = screening.Finalists.Max(setting => setting.ReachedAt.Count);
        string confirmed = most > screening.Rounds[^1].Seeds ? $", then what led to its target from up to {Figures.Count(most)} seeds" : "";
        yield return $"Screened {Figures.Count(screening.Settings.Count)} settings in {Figures.Count(screening.Trainings)} trainings: {rounds}{confirmed}.";
        if (screening.RuledOut.Count > 0)
        {
            string causes = string.Join(", ", screening.RuledOut.GroupBy(start => start.Cause.Rule.Id).OrderByDescending(group => group.Count()).Select(group => $"{group.Key} {group.Count()}"));
            yield return $"The diagnosis ruled out {Figures.Count(screening.RuledOut.Count)} of the starts under one scaling or another: {causes}.";
        }

        if (screening.RatesBeyond > 0)
        {
            yield return $"{Figures.Count(screening.RatesBeyond)} settings were left out whose rate is more than five times what is stable at the start.";
        }

        if (advice.IsCut)
        {
            yield return "The budget of time ended it early: with a larger --budget more is screened, and the result may be another.";
        }
    }

    /// <summary>That some settings were trained from fewer seeds than others; empty where none was.</summary>
    /// <param name="advice">The advice.</param>
    public static string FewerSeeds(Recommendation advice) => advice.All.All(evidence => evidence.Reached.Total == advice.Winner.Reached.Total) ? ""
        : "Where trainings take long, the others are trained from fewer of the seeds, and what is clearly slower from the fewest.";

    /// <summary>What the target is.</summary>
    /// <param name="advice">The advice.</param>
    public static string Target(Recommendation advice) => advice.Question.Target is not null
        ? $"The target is {Goal(advice.Screening.Target)}, as asked for."
        : $"The target is {Goal(advice.Screening.Target)}: 1.1 times the final cost of the best screened setting, at or below which nearly all of its seeds end.";

    /// <summary>Why a setting does what it does, as a diagnosis of its first seed sees it: sentences.</summary>
    /// <param name="evidence">The setting.</param>
    public static string Why(Evidence evidence)
    {
        Diagnosis diagnosis = evidence.Diagnosis;
        List<string> sentences = [$"It {OutlookText.Sentence(diagnosis)}"];
        IReadOnlyList<LayerStatistics> layers = diagnosis.Signal.Layers;
        int hidden = layers.Count - 1;
        if (hidden > 1)
        {
            double gradient = Math.Pow(layers[0].Gradients.RootMeanSquare / layers[hidden - 1].Gradients.RootMeanSquare, 1.0 / (hidden - 1));
            double signal = Math.Pow(layers[hidden - 1].PreActivations.RootMeanSquare / layers[0].PreActivations.RootMeanSquare, 1.0 / (hidden - 1));
            if (double.IsFinite(gradient) && gradient > 0 && double.IsFinite(signal) && signal > 0)
            {
                sentences.Add($"At the start its signal {Change(signal)} and its gradient {Change(gradient)} a layer");
            }
        }

        if (diagnosis.StableRate is double stable)
        {
            sentences.Add($"Its rate is {Figures.Brief(evidence.Candidate.LearningRate / stable)} times the largest that is stable at the start");
        }

        sentences.AddRange(diagnosis.Findings.Where(finding => finding != diagnosis.Cause && finding.Rule.Severity != Severity.Note).Take(2).Select(finding => FindingList.Sentence(finding.Text).TrimEnd('.')));
        return $"{string.Join(". ", sentences)}.";
    }

    /// <summary>Iterations as text: "never" where they are infinite.</summary>
    /// <param name="iterations">The iterations, whole or a half.</param>
    public static string Iterations(double iterations) => double.IsFinite(iterations) ? Figures.Count((long)Math.Round(iterations)) : "never";

    /// <summary>How many iterations more than the recommended setting another needs, by the medians.</summary>
    /// <param name="advice">The advice.</param>
    /// <param name="evidence">One of its settings.</param>
    public static string Margin(Recommendation advice, Evidence evidence)
    {
        // Of the medians as they stand beside it.
        double margin = Math.Round(evidence.Median) - Math.Round(advice.Winner.Median);
        return evidence == advice.Winner || double.IsNaN(margin) ? "–" : double.IsInfinity(margin) ? "∞"
            : string.Create(CultureInfo.InvariantCulture, $"{(margin < 0 ? "−" : "+")}{Figures.Count((long)Math.Abs(margin))}");
    }

    internal static string Goal(TrainingTarget target) => target.Quantity == TargetQuantity.Cost
        ? string.Create(CultureInfo.InvariantCulture, $"a cost of {target.Value}")
        : $"an accuracy of {Figures.Percent(target.Value)}";

    private static string Beside(Recommendation advice)
    {
        if (advice.Defaults is [])
        {
            return "";
        }

        Evidence best = advice.BestDefault;
        string name = NameOf(best.Candidate.Library!.Value);
        return best.Candidate == advice.Winner.Candidate ? $"It is {name}'s default with a rate and scaling that suit it: nothing that was screened is clearly faster."
            : !double.IsFinite(best.Median) ? "No default of a library does so from half of its seeds, with the rate and scaling that are best for it."
            : $"The best default of a library, {name}'s, needs {Iterations(best.Median)} with the rate and scaling that are best for it.";
    }

    private static string Change(double factor) => factor is > 0.95 and < 1.05 ? "stays the same" : factor > 1 ? $"grows {Figures.Brief(factor)} times" : $"shrinks {Figures.Brief(1 / factor)} times";
}
