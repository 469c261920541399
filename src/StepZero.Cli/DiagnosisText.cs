using System.Globalization;
using StepZero.Diagnostics;
using StepZero.Reports;
using StepZero.Sweeps;
using static StepZero.Cli.FigureText;

namespace StepZero.Cli;

/// <summary>A checkup as text on standard output.</summary>
internal static class DiagnosisText
{
    private const int Width = 100;
    private const int FindingIndent = 9;

    /// <summary>A table of more layers shows those at both ends.</summary>
    private const int MostLayers = 24;

    /// <summary>The question; for each start the verdict, what it rests on, and its layers; and the closing table.</summary>
    /// <param name="checkup">The checkup.</param>
    /// <param name="settings">What was asked for.</param>
    public static void Print(Checkup checkup, JobSettings settings)
    {
        if (!settings.Quiet)
        {
            QuestionText.Print(checkup.Data, checkup.Starts[0].Diagnosis.Spec);

            // What was found with every start is of the data, and said once.
            Diagnosis[] all = [.. checkup.Starts.Select(start => start.Diagnosis)];
            Finding[] shared = all.Length == 1 ? [] : [.. all[0].Findings.Where(finding => all.All(one => one.Cause?.Text != finding.Text && one.Findings.Any(other => other.Text == finding.Text)))];
            foreach (Finding finding in shared)
            {
                Print(finding, all[0]);
            }

            foreach (CheckedStart start in checkup.Starts)
            {
                Console.Out.WriteLine();
                Print(start.Diagnosis, shared);
                CheckupText.Print(start, settings.Fix);
            }

            Console.Out.WriteLine();
        }

        PrintTable(checkup);
    }

    private static void Print(Diagnosis diagnosis, Finding[] shared)
    {
        Write($"{diagnosis.Spec.Initializer.Name} {OutlookText.Sentence(diagnosis)}.", 0);
        Write(Evidence(diagnosis), 0);
        foreach (Finding finding in diagnosis.Findings.Where(finding => !shared.Any(one => one.Text == finding.Text)))
        {
            Print(finding, diagnosis);
        }

        Console.Out.WriteLine();
        PrintLayers(diagnosis);
    }

    /// <summary>What was found, what was measured, and what to change. The cause of a verdict has its words there.</summary>
    private static void Print(Finding finding, Diagnosis diagnosis)
    {
        FindingRule rule = finding.Rule;
        string[] lines =
        [
            .. finding == diagnosis.Cause ? (string[])[] : [finding.Text], $"{rule.Measure}: {Number(finding.Measured)}; threshold {Number(finding.Threshold)}",
            .. finding.Advice is Advice advice ? (string[])[$"try {FigureText.Options(advice.Options(diagnosis.Spec))}: {advice.Why}"] : [], rule.Page,
        ];
        Console.Out.WriteLine();
        for (int i = 0; i < lines.Length; i++)
        {
            Write($"{(i == 0 ? CanonicalText.Of(rule.Severity) : "").PadRight(FindingIndent)}{lines[i]}", FindingIndent);
        }
    }

    /// <summary>How sure the verdict is, and what it was seen from.</summary>
    private static string Evidence(Diagnosis diagnosis)
    {
        Probe probe = diagnosis.Probe;
        string target = $"to train it has to be below {Number(diagnosis.Forecast.Target)}";
        if (probe.Costs is not [double first, ..])
        {
            return "Seen to its end: the first cost is not finite.";
        }

        string seen = string.Create(CultureInfo.InvariantCulture, $"{probe.Costs.Count} of {probe.Budget} updates");
        return probe.Diverged ? $"Seen to its end: the cost, {Number(first)} at the start, is not finite after {seen}."
            : probe.IsWhole ? $"Seen to its end: the cost goes from {Number(first)} to {Number(diagnosis.Forecast.Cost)} in {probe.Budget} updates; {target}."
            : $"{Percent(diagnosis.Confidence)} sure, from {seen}: the cost went from {Number(first)} to {Number(probe.Costs[^1])} and is foretold to be {Number(diagnosis.Forecast.Cost)} at the end; {target}.";
    }

    private static void PrintLayers(Diagnosis diagnosis)
    {
        IReadOnlyList<LayerStatistics> layers = diagnosis.Signal.Layers;
        (string Title, Func<int, string> Cell)[] columns =
        [
            ("Layer", layer => $"{layer + 1}"), ("Units", layer => $"{layers[layer].Units}"), ("z rms", layer => Number(layers[layer].PreActivations.RootMeanSquare)),
            ("Theory", layer => Number(diagnosis.Theory.Layers[layer] is LayerTheory theory ? Math.Sqrt(theory.Length) : null)),
            ("Activation", layer => double.IsNaN(layers[layer].Activations.Mean) ? "–" : $"{Number(layers[layer].Activations.Mean)} ± {Number(layers[layer].Activations.Deviation)}"),
            ("Saturated", layer => Percent(layers[layer].SaturatedShare)), ("Dead", layer => Percent(layers[layer].DeadShare)), ("Linear", layer => Percent(layers[layer].LinearShare)),
            ("Cosine", layer => Number(layers[layer].MeanCosine)), ("Gradient", layer => Number(layers[layer].Gradients.RootMeanSquare)), ("Growth", layer => Number(layers[layer].Growth)),
        ];

        // What no layer has, such as saturated units of relu or dead ones of tanh, only takes space.
        columns = [.. columns.Where(column => Enumerable.Range(0, layers.Count).Any(layer => column.Cell(layer) is not ("–" or "0%") || (column.Title != "Dead" && column.Cell(layer) != "–")))];
        int[] shown = layers.Count <= MostLayers ? [.. Enumerable.Range(0, layers.Count)]
            : [.. Enumerable.Range(0, MostLayers / 2), -1, .. Enumerable.Range(layers.Count - (MostLayers / 2), MostLayers / 2)];
        Console.Out.Write(TextTable.Format(
            [.. columns.Select(column => column.Title)], [.. shown.Select(layer => (string[])[.. columns.Select(column => layer < 0 ? "…" : column.Cell(layer))])], leftAligned: []));
    }

    private static void PrintTable(Checkup checkup)
    {
        string[][] rows = [.. checkup.Starts.Select(start => Row(start.Diagnosis))];
        Console.Out.Write(TextTable.Format(["Initializer", "Verdict", "Sure", "Sharpness", "Limit", "Stable rate", "Last cost", "Main cause"], rows, leftAligned: [0, 1, 7]));
        if (checkup.Starts.Any(start => !start.Diagnosis.Probe.IsWhole))
        {
            Console.Out.WriteLine("~ foretold from the first updates");
        }
    }

    private static string[] Row(Diagnosis diagnosis)
    {
        Probe probe = diagnosis.Probe;
        string first = Number(probe.Sharpness is [SharpnessAt at, ..] ? at.Value : null), largest = Number(probe.Largest?.Value);
        return
        [
            diagnosis.Spec.Initializer.Name, OutlookText.Title(diagnosis.Outlook), probe.IsWhole ? "seen" : Percent(diagnosis.Confidence), first == largest ? first : $"{first} to {largest}", Number(diagnosis.SharpnessLimit), Number(diagnosis.StableRate),
            $"{(probe.IsWhole ? "" : "~")}{Number(diagnosis.Forecast.Cost)}", diagnosis.Cause?.Rule.Id ?? "–",
        ];
    }

    /// <summary>Writes a text in lines of at most <see cref="Width"/> letters, the first of which has its indent.</summary>
    internal static void Write(string text, int indent)
    {
        int start = 0;
        string before = "";
        while (text.Length - start > Width - before.Length)
        {
            int end = text.LastIndexOf(' ', start + Width - before.Length, Width - before.Length - indent);
            if (end <= start)
            {
                break;
            }

            Console.Out.WriteLine($"{before}{text[start..end]}");
            start = end + 1;
            before = new string(' ', indent);
        }

        Console.Out.WriteLine($"{before}{text[start..]}");
    }
}
