using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Reports;

/// <summary>What to try after a comparison, beside what its findings advise.</summary>
internal static class NextStep
{
    private const string Training = "stepzero train";
    private const string Comparing = "stepzero compare";
    private const string Diagnosing = "stepzero diagnose";

    /// <summary>The options that only a comparison takes.</summary>
    private static readonly string[] OfComparisons = ["seeds", "horizon"];

    /// <summary>The options that only a diagnosis takes.</summary>
    private static readonly string[] OfDiagnoses = ["during", "fix"];

    /// <summary>A command with more options, which take the place of its own of the same names.</summary>
    public static string WithOptions(string command, string options)
    {
        string[] added = options.Split("--", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (IsTraining(command) && added.Any(option => OfComparisons.Contains(NameOf(option)) || option.Contains(',', StringComparison.Ordinal)))
        {
            command = $"{Comparing}{command[Training.Length..]}{(command.Contains(" --init ", StringComparison.Ordinal) ? "" : " --init xavier")}";
        }

        HashSet<string> names = [.. added.Select(NameOf)];
        IEnumerable<string> kept = command.Split(" --").Where((part, i) => i == 0 || !names.Contains(NameOf(part)));
        return string.Join(" --", kept.Concat(added));
    }

    /// <summary>The command that trains and compares what a command diagnoses.</summary>
    public static string AsComparison(string command)
    {
        string compared = command.StartsWith(Diagnosing, StringComparison.Ordinal) ? $"{Comparing}{command[Diagnosing.Length..]}" : command;
        return string.Join(" --", compared.Split(" --").Where((part, i) => i == 0 || !OfDiagnoses.Contains(NameOf(part))));
    }

    /// <summary>Whether a command trains one network alone.</summary>
    public static bool IsTraining(string command) => command == Training || command.StartsWith($"{Training} ", StringComparison.Ordinal);

    /// <summary>For each step why, and the options to add to the command; the most telling first.</summary>
    public static IEnumerable<(string Why, string Options)> For(Comparison comparison)
    {
        RunSpec spec = comparison.FirstSpec;
        bool numbers = spec.Architecture.Loss == Networks.Loss.Mse, batches = spec.Training.HasBatches(comparison.Train.SampleCount);
        bool diverged = comparison.Starts.Any(start => start.Run.Record.Status == RunStatus.Diverged);
        if (batches && !diverged && CostSeries.Of(comparison).Any(series => Verdict.RisingShare(series.Costs) > 0.1))
        {
            yield return ("Costs jump up and down from epoch to epoch. A learning rate that falls to 0 lets them settle:", "--schedule cosine");
        }

        if (comparison.Starts.All(start => start.Seeds is null))
        {
            yield return ("One training is an anecdote. 32 seeds show what a start does in the middle:", "--seeds 32");
        }

        if (comparison.Starts.All(start => start.Horizon is null))
        {
            yield return ("Which of the digits mean anything?", "--horizon");
        }

        if (comparison.Test is null)
        {
            yield return ($"{(numbers ? "A low training cost" : "Training accuracy")} is not the aim. Hold a fifth of the samples back to test on:", "--test-fraction 0.2");
        }

        if (spec.Architecture.LayerCount > 1)
        {
            string other = spec.Architecture.HiddenActivation == Networks.Activation.Relu ? "tanh" : "relu";
            yield return ($"He's start was made for ReLU, Xavier's for tanh. The same with {other}:", $"--activation {other}");
            yield return ($"What do the hidden layers add? {TaskText.Regression(spec.Architecture.Loss)} has none:", "--hidden none");
        }
    }

    private static string NameOf(string option) => option.Split(' ')[0];
}
