using System.Text.Json;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Files;

/// <summary>Makes a plan of the keys of a sweep.json.</summary>
internal static class SweepKeys
{
    private const string Init = "init";
    private const string Seeds = "seeds";
    private const string Trials = "trials";
    private const int MostPoints = 10_000_000;

    /// <summary>Those of <c>compare</c>.</summary>
    private static readonly string[] DefaultInit = ["zeros", "random", "he", "xavier"];

    /// <summary>The plan.</summary>
    /// <param name="keys">The keys, each another.</param>
    /// <param name="knownNames">The options that may be set; null for any.</param>
    /// <param name="isWhole">Whether they are all keys of a plan; else one without initializers has those of <c>compare</c>.</param>
    /// <param name="target">What trainings are to come to, or null.</param>
    public static SweepPlan PlanOf(SweepKey[] keys, IReadOnlyList<string>? knownNames, bool isWhole, TrainingTarget? target)
    {
        if (knownNames is not null)
        {
            RefuseUnknown(keys, [.. knownNames.Union([Seeds, Trials])]);
        }

        var common = new List<(string Name, string Value)>();
        var axes = new List<SweepAxis>();
        var draws = new List<SweepDraw>();
        (long Count, int Line)? trials = null;
        int seeds = 1;
        foreach (SweepKey key in keys)
        {
            switch (key.Name, key.Value.ValueKind)
            {
                case (Seeds, _):
                    seeds = (int)Whole(key, int.MaxValue, key.Value.ValueKind == JsonValueKind.Array ? "a whole number of seeds, as in 100; for an axis of chosen seeds use \"seed\"" : "a whole number above 0");
                    break;
                case (Trials, _):
                    trials = (Whole(key, SweepPlan.MostTrainings, "a whole number above 0"), key.Line);
                    break;
                case (_, JsonValueKind.Array):
                    axes.Add(SweepValues.List(key, IsSplit(key)));
                    break;
                case (_, JsonValueKind.Object):
                    if (SweepValues.Range(key, MostPoints) is SweepAxis range)
                    {
                        axes.Add(range);
                    }
                    else
                    {
                        draws.Add(SweepValues.Draw(key));
                    }

                    break;
                default:
                    string text = SweepValues.One(key, key.Value);
                    if (IsSplit(key) && text.Contains(',', StringComparison.Ordinal))
                    {
                        axes.Add(SweepValues.Axis(key, text.Split(',')));
                    }
                    else
                    {
                        common.Add((key.Name, text));
                    }

                    break;
            }
        }

        if (trials is null && draws is [SweepDraw drawn, ..])
        {
            throw new StepZeroException($"{drawn.Name} is drawn at random, but there is no \"{Trials}\"; expected the number of draws, as in \"{Trials}\": 100.");
        }

        if (trials is (_, int line) && draws is [])
        {
            throw new StepZeroException($"{Trials} (line {line}): nothing is drawn at random; expected an option such as {{\"loguniform\": [1e-4, 1]}} beside it. For more trainings of a setting use \"{Seeds}\".");
        }

        if (!isWhole && !keys.Any(key => key.Name == Init))
        {
            axes.Add(new SweepAxis(Init, DefaultInit));
        }

        return new SweepPlan([.. common.OrderBy(option => option.Name, StringComparer.Ordinal)], axes, draws, trials?.Count ?? 1, seeds, target);
    }

    /// <summary>Whether a comma separates values, as it does on the command line; elsewhere it is part of one, as in the hidden layers 5,5.</summary>
    private static bool IsSplit(SweepKey key) => key.Name == Init;

    private static long Whole(SweepKey key, long most, string expected) => key.Value.ValueKind == JsonValueKind.Number && key.Value.TryGetInt64(out long number) && number >= 1
        ? number <= most ? number : throw key.Wrong($"{number}", FormattableString.Invariant($"at most {most:N0}"))
        : throw key.Wrong(SweepKey.Written(key.Value), expected);

    private static void RefuseUnknown(SweepKey[] keys, string[] known)
    {
        StepZeroException[] unknown = [.. keys.Where(key => !known.Contains(key.Name)).Select(key => StepZeroException.UnknownName("key", key.Name, known, $"Line {key.Line}."))];
        if (unknown is not [])
        {
            throw new StepZeroException($"{string.Join(" ", unknown.Select(error => error.Message))} Known are the options of 'stepzero compare' that make its results, without dashes, and {Seeds} and {Trials}: {string.Join(", ", known)}.");
        }
    }
}
