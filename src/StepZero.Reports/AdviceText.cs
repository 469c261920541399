using System.Globalization;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Recommendations;
using StepZero.Sweeps;
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

    /// <summary>What is recommended and what it does, and what it is held against: sentences.</summary>
    /// <param name="advice">The advice.</param>
    public static string Sentence(Recommendation advice)
    {
        Proportion reached = advice.Winner.Reached;
        string goal = Goal(advice.Screening.Target), seeds = $"fresh seed{(reached.Total == 1 ? "" : "s")}";
        if (reached.Count == 0)
        {
            return $"None of {reached.Total} {seeds} reaches {goal}: give it more --iterations, or another --target.";
        }

        string half = reached.Total == 1 ? "" : reached.Count == reached.Total ? ", half of them" : $", half of all {reached.Total}";
        string middle = double.IsFinite(advice.Winner.Median) ? $"{half} within {Figures.Iterations(advice.Winner.Median)}" : "";
        return string.Join(' ', new[] { $"{reached.Count} of {reached.Total} {seeds} reach{(reached.Count == 1 ? "es" : "")} {goal}{middle}.", Beside(advice), Caution(advice) }.Where(sentence => sentence.Length > 0));
    }

    /// <summary>From which seeds the settings were trained, and what the defaults of libraries are trained with: sentences.</summary>
    /// <param name="advice">The advice.</param>
    public static string Seeds(Recommendation advice) => string.Join(' ', new[]
    {
        "The seeds are the same for every setting, and the search had seen none of them.", FewerSeeds(advice),
        advice.Defaults is not [] && Searched(advice) is string searched ? $"A default of a library has {searched}." : "",
    }.Where(sentence => sentence.Length > 0));

    /// <summary>That some settings were trained from fewer seeds than were asked for; empty where none was.</summary>
    /// <param name="advice">The advice.</param>
    public static string FewerSeeds(Recommendation advice) => advice.All.All(evidence => evidence.Reached.Total == advice.Question.Seeds) ? ""
        : advice.IsCut ? $"Of the {advice.Question.Seeds} seeds the budget of time left some out."
        : "Where trainings take long, the others are trained from fewer of the seeds, and what is clearly slower from the fewest.";

    /// <summary>How much of the screening was done, and who was ruled out.</summary>
    /// <param name="advice">The advice.</param>
    public static IEnumerable<string> Screened(Recommendation advice)
    {
        Screening screening = advice.Screening;
        string rounds = string.Join(", then ", screening.Rounds.Select(round =>
            $"{Figures.Count(round.Settings)} for {Figures.Percent(round.Share)} of the updates from {Figures.Count(round.Seeds)} seed{(round.Seeds == 1 ? "" : "s")}"));
        int[] confirmed = [.. screening.Finalists.Select(setting => setting.ReachedAt.Count).Where(seeds => seeds != screening.Rounds[^1].Seeds)];
        string led = confirmed is [] ? "" : $", then what led, and rates beside it, to the target from up to {Figures.Count(confirmed.Max())} seeds";
        yield return $"Screened {Figures.Count(screening.Settings.Count)} settings in {Figures.Count(screening.Trainings)} trainings: {rounds}{led}.";
        if (screening.RuledOut.Count > 0)
        {
            string causes = string.Join(", ", screening.RuledOut.GroupBy(start => start.Cause.Rule.Id).OrderByDescending(group => group.Count()).Select(group => $"{group.Key} {group.Count()}"));
            yield return $"The diagnosis ruled out {Figures.Count(screening.RuledOut.Count)} of the starts under one scaling or another: {causes}.";
        }

        if (screening.RatesBeyond > 0)
        {
            yield return $"{Figures.Count(screening.RatesBeyond)} setting{(screening.RatesBeyond == 1 ? " was left out, since its" : "s were left out, since their")} rate is more than five times what is stable at the start.";
        }

        if (advice.IsCut)
        {
            yield return "The budget of time ended it early: with a larger --budget more is screened, and the result may be another.";
        }
    }

    /// <summary>What the target is.</summary>
    /// <param name="advice">The advice.</param>
    public static string Target(Recommendation advice) => $"The target is {Goal(advice.Screening.Target)}{advice.Screening.Origin switch
    {
        TargetOrigin.Given => ", as asked for.",
        TargetOrigin.FinalCost => ": 1.1 times the final cost of the best screened setting, at or below which nearly all of its seeds end.",
        TargetOrigin.Halfway => $": half the way from what half of the seeds of the best screened setting end at or below to {Figures.Cost(Constant(advice))}, what the best constant answer costs. What nearly all of its seeds end at or below is more, or little less.",
        _ => ": 1.1 times the final cost of the best screened setting, loosened so that nearly all seeds of what is recommended reach it.",
    }}";

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
        string name = NameOf(best.Candidate.Library!.Value), with = Searched(advice) is string searched ? $" with {searched}" : "";
        int missed = best.Reached.Total - best.Reached.Count;
        return best.Candidate == advice.Winner.Candidate ? $"It is {name}'s default{with}: nothing that was screened is clearly faster."
            : !double.IsFinite(best.Median) ? $"No default of a library does so from half of its seeds{with}."
            : $"The best default of a library, {name}'s, needs {Iterations(best.Median)}{with}{(missed == 0 ? "" : $", and misses it from {missed} of {best.Reached.Total}")}.";
    }

    /// <summary>What was searched for beside the start, as a default of a library has it; null where nothing was.</summary>
    private static string? Searched(Recommendation advice)
    {
        string? what = (advice.Question.HasRate, advice.Question.HasScaling) switch
        {
            (false, false) => "rate and scaling",
            (false, true) => "rate",
            (true, false) => "scaling",
            _ => null,
        };
        return what is null ? null : advice.Screening.IsCut ? $"the best {what} that there was time to look at" : $"the {what} that {(what.Contains(' ', StringComparison.Ordinal) ? "are" : "is")} best for it";
    }

    /// <summary>A target that an answer reaches which is the same for all samples; empty where it does not.</summary>
    private static string Caution(Recommendation advice)
    {
        TrainingTarget target = advice.Screening.Target;
        return target.Quantity != TargetQuantity.Cost || target.Value < Constant(advice) ? ""
            : $"But the best constant answer costs {Figures.Cost(Constant(advice))}: to reach this target is not to learn anything.";
    }

    private static double Constant(Recommendation advice) => TrainingGoal.Of(advice.Question.Run.Architecture.Loss, advice.Question.Train).ConstantCost;

    private static string Change(double factor) => factor is > 0.95 and < 1.05 ? "stays the same" : factor > 1 ? $"grows {Figures.Brief(factor)} times" : $"shrinks {Figures.Brief(1 / factor)} times";
}
