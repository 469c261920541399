using System.Globalization;
using StepZero.Recommendations;
using StepZero.Reports;
using StepZero.Training;
using static StepZero.Cli.FigureText;

namespace StepZero.Cli;

/// <summary>Advice as text on standard output.</summary>
internal static class AdviseText
{
    /// <summary>Prints the recommendation, the evidence, why, and how to train it.</summary>
    /// <param name="advice">The advice.</param>
    /// <param name="data">What was trained on.</param>
    /// <param name="command">The command that trains it.</param>
    /// <param name="program">The C# program that does.</param>
    /// <param name="brief">Whether the recommendation and the table are enough.</param>
    public static void Print(Recommendation advice, PreparedData data, string command, string program, bool brief)
    {
        TextWriter output = Console.Out;
        if (!brief)
        {
            QuestionText.Print(data, advice.Winner.Diagnosis.Spec);
            output.WriteLine();
        }

        output.WriteLine($"Use {Options(advice.Winner.Candidate.Options)}");
        DiagnosisText.Write(AdviceText.Sentence(advice), 0);
        output.WriteLine();
        PrintTable(advice);
        if (advice.IsCut)
        {
            Console.Error.WriteLine("stepzero: the budget of time ended it early: with a larger --budget more is screened, and the result may be another.");
        }

        if (brief)
        {
            return;
        }

        DiagnosisText.Write(AdviceText.Target(advice), 0);
        foreach (string sentence in AdviceText.Screened(advice))
        {
            DiagnosisText.Write(sentence, 0);
        }

        output.WriteLine();
        output.WriteLine("Why:");
        foreach (Evidence evidence in advice.All)
        {
            DiagnosisText.Write($"  {evidence.Candidate} ({AdviceText.Role(advice, evidence)}): {AdviceText.Why(evidence)}", 4);
        }

        output.WriteLine();
        output.WriteLine("Train it from the same seeds:");
        output.WriteLine($"  {command}");
        output.WriteLine();
        output.WriteLine("The same in C#:");
        foreach (string line in program.TrimEnd().Split('\n'))
        {
            output.WriteLine(line.Length == 0 ? "" : $"  {line}");
        }

        output.WriteLine();
    }

    private static void PrintTable(Recommendation advice)
    {
        bool tested = advice.All.Any(evidence => evidence.TestAccuracy is not null);
        string[] titles = ["", "Setting", "Reached", "95% interval", "Iterations", "Quartiles", "More than recommended", "Slower in", .. tested ? (string[])["Test"] : []];
        string[][] rows = [.. advice.All.Select(evidence => (string[])[
            AdviceText.Role(advice, evidence), evidence.Candidate.ToString(), $"{evidence.Reached.Count} of {evidence.Reached.Total}",
            $"{Percent(evidence.Reached.IntervalLow)} to {Percent(evidence.Reached.IntervalHigh)}", AdviceText.Iterations(evidence.Median),
            $"{AdviceText.Iterations(evidence.LowerQuartile)} to {AdviceText.Iterations(evidence.UpperQuartile)}", AdviceText.Margin(advice, evidence),
            evidence == advice.Winner ? "–" : $"{Percent(advice.Winner.ChanceToBeat(evidence))} of pairs",
            .. tested ? (string[])[evidence.TestAccuracy is double share ? string.Create(CultureInfo.InvariantCulture, $"{100 * share:F2}%") : "–"] : []])];
        Console.Out.Write(TextTable.Format(titles, rows, leftAligned: [0, 1]));
        if (AdviceText.FewerSeeds(advice) is { Length: > 0 } sentence)
        {
            DiagnosisText.Write(sentence, 0);
        }
    }
}
