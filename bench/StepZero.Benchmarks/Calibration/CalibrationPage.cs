using System.Globalization;
using StepZero.Benchmarks.Conclusions;
using StepZero.Diagnostics;

namespace StepZero.Benchmarks.Calibration;

/// <summary>The tables of a calibration as Markdown.</summary>
internal static class CalibrationPage
{
    /// <summary>Edges of the bins of confidence; the last holds what was seen to its end.</summary>
    private static readonly double[] Edges = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1];

    public static string Of(uint seed, Trial[] trials, int redrawn, (double Diagnosis, double Updates)[] times, double minutes)
    {
        Trial[] foretold = [.. trials.Where(trial => !trial.IsWhole)];
        return string.Create(CultureInfo.InvariantCulture, $"""
            Seed {seed}: {trials.Length} configurations, of which {Share(trials, trial => trial.Trains)} train; {redrawn} more were redrawn because their training takes more than {Configuration.MostWork:0.#e0} multiply-adds. {minutes:F0} minutes on {Machine.Describe()}.

            {Tables.Of("verdict | trains | does not train", [Verdict("will train", Outlook.WillTrain), Verdict("will train, unstably", Outlook.WillTrainUnstably), Verdict("will not train", Outlook.WillNotTrain)])}

            {Tables.Of("configurations | number | train | right | sensitivity | specificity", [Row("all", trials), Row("seen to the end", trials.Except(foretold)), Row("foretold", foretold)])}

            {Groups("activation", trial => trial.Configuration.Spec.Architecture.HiddenActivation.ToString().Split(':')[0])}

            {Groups("data set", trial => trial.Configuration.Set)}

            {Groups("reason", trial => (trial.IsForetold, trial.Cause) switch { (true, "") => "none: will train", (false, "") => "none: will not train", (_, string cause) => cause })}

            {Tables.Of("confidence of those foretold | number | stated, on average | right", Edges.Zip(Edges.Skip(1)).Select(edge => Bin(foretold, edge.First, edge.Second)))}

            {Unstable(trials)}

            {Cost(times)}
            """);

        string Verdict(string name, Outlook outlook) =>
            $"| {name} | {trials.Count(trial => trial.Outlook == outlook && trial.Trains)} | {trials.Count(trial => trial.Outlook == outlook && !trial.Trains)} |";

        string Groups(string title, Func<Trial, string> key) => Tables.Of(
            $"{title} | number | train | right | sensitivity | specificity", trials.GroupBy(key).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Row(group.Key, group)));
    }

    private static string Row(string name, IEnumerable<Trial> some)
    {
        Trial[] trials = [.. some];
        return $"| {name} | {trials.Length} | {Share(trials, trial => trial.Trains)} | {Share(trials, trial => trial.IsRight)} "
            + $"| {Share(trials.Where(trial => trial.Trains), trial => trial.IsRight)} | {Share(trials.Where(trial => !trial.Trains), trial => trial.IsRight)} |";
    }

    private static string Bin(Trial[] foretold, double low, double high)
    {
        Trial[] trials = [.. foretold.Where(trial => trial.Confidence >= low && trial.Confidence < high)];
        string stated = trials is [] ? "" : Percent(trials.Average(trial => trial.Confidence));
        return string.Create(CultureInfo.InvariantCulture, $"| {100 * low:0}–{100 * high:0}% | {trials.Length} | {stated} | {Share(trials, trial => trial.IsRight)} |");
    }

    private static string Unstable(Trial[] trials)
    {
        Trial[] trained = [.. trials.Where(trial => trial.Trains && trial.IsForetold)];
        Trial[] unstable = [.. trained.Where(trial => trial.RisingShare > FindingRule.RisingCost.Limit)];
        Trial[] calm = [.. trained.Except(unstable)];
        return $"Of the {trained.Length} that train and were foretold to, the cost of {unstable.Length} rises with more than {Percent(FindingRule.RisingCost.Limit)} of all updates; "
            + $"{Share(unstable, trial => trial.Outlook == Outlook.WillTrainUnstably)} of these were called unstable, and {Share(calm, trial => trial.Outlook == Outlook.WillTrainUnstably)} of the others.";
    }

    private static string Cost((double Diagnosis, double Updates)[] times)
    {
        double[] ratios = [.. times.Select(time => time.Diagnosis / Math.Max(time.Updates, 0.3)).Order()];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Cost of {times.Length} diagnoses, one after another, in processor time as a share of 30 updates or 0.3 s, whichever is larger: median {Percent(Machine.Median(ratios))}, 95th percentile {Percent(ratios[(int)(0.95 * (ratios.Length - 1))])}, worst {Percent(ratios[^1])}; {Percent(ratios.Count(ratio => ratio > 1) / (double)ratios.Length)} are above it. The longest took {times.Max(time => time.Diagnosis):F2} s.");
    }

    private static string Share(IEnumerable<Trial> trials, Func<Trial, bool> which) => !trials.Any() ? "" : Percent(trials.Count(which) / (double)trials.Count());

    private static string Percent(double share) => (100 * share).ToString("0.0'%'", CultureInfo.InvariantCulture);
}
