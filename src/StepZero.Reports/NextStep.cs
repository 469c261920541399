using System.Globalization;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Reports;

/// <summary>What to try after a comparison.</summary>
internal static class NextStep
{
    /// <summary>A command with more options, which take the place of its own of the same names.</summary>
    public static string WithOptions(string command, string options)
    {
        string[] added = options.Split("--", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        HashSet<string> names = [.. added.Select(NameOf)];
        IEnumerable<string> kept = command.Split(" --").Where((part, i) => i == 0 || !names.Contains(NameOf(part)));
        return string.Join(" --", kept.Concat(added));

        static string NameOf(string option) => option.Split(' ')[0];
    }

    /// <summary>For each step why, and the options to add to the command; the most telling first.</summary>
    public static IEnumerable<(string Why, string Options)> For(Comparison comparison, IReadOnlyList<TrainedNetwork> networks)
    {
        RunSpec spec = comparison.FirstSpec;
        bool diverged = comparison.Starts.Any(start => start.Run.Record.Status == RunStatus.Diverged);
        bool restless = comparison.Starts.Any(start => Verdict.RisingShare(start.Run.Record.Costs) > 0.1);
        if (diverged || restless)
        {
            yield return (
                diverged ? "A training diverged. A tenth of the learning rate:" : "Costs jump up and down: the learning rate is past what is stable. A tenth of it, and more iterations:",
                string.Create(CultureInfo.InvariantCulture, $"--learning-rate {spec.Training.LearningRate / 10} --iterations {Math.Min(int.MaxValue, 5L * spec.Training.Iterations)}"));
            yield return ("Much of the instability comes from what all samples have in common. Without it larger rates are calm:", "--scaling center");
        }

        if (networks.Any(network => Observation.Of(network).Any(layer => layer.SaturatedBefore > 0.5)))
        {
            yield return ("Units start saturated. Smaller random values:", "--init random:0.1,random:0.01,xavier");
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
            yield return ("Training accuracy is not the aim. Hold a fifth of the samples back to test on:", "--test-fraction 0.2");
        }

        if (spec.Architecture.LayerCount > 1)
        {
            string other = spec.Architecture.HiddenActivation == Networks.Activation.Relu ? "tanh" : "relu";
            yield return ($"He's start was made for ReLU, Xavier's for tanh. The same with {other}:", $"--activation {other}");
            yield return ("What do the hidden layers add? Logistic regression has none:", "--hidden none");
        }
    }
}
