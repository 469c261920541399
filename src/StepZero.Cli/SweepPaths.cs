using StepZero.Files;
using StepZero.Sweeps;

namespace StepZero.Cli;

/// <summary>A sweep with full paths and canonical names, so that its spec can be run from anywhere and one sweep has one spec.</summary>
internal static class SweepPaths
{
    /// <summary>The same sweep.</summary>
    /// <param name="file">Where it was read from, for messages.</param>
    /// <param name="plan">The sweep.</param>
    /// <exception cref="StepZeroException">An initializer is none.</exception>
    public static SweepPlan Whole(string file, SweepPlan plan)
    {
        try
        {
            return new SweepPlan(
                [.. plan.Common.Select(option => (option.Name, Whole(option.Name, option.Value)))], [.. plan.Axes.Select(axis => new SweepAxis(axis.Name, [.. axis.Values.Select(value => Whole(axis.Name, value))]))],
                plan.Draws, plan.Trials, plan.Seeds, plan.Target);
        }
        catch (StepZeroException error)
        {
            throw new StepZeroException($"{file}: {error.Message}", error);
        }
    }

    private static string Whole(string name, string value)
    {
        try
        {
            return name switch
            {
                "data" or "test-data" => JobSettings.Whole(value, value),
                "init" => InitializerSource.Canonical(value),
                "y" when File.Exists(value) => Path.GetFullPath(value),
                _ => value,
            };
        }
        catch (StepZeroException error)
        {
            throw new StepZeroException($"{name}: {error.Message}", error);
        }
    }
}
