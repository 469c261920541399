using System.Globalization;
using StepZero.Sweeps;

namespace StepZero.Files;

/// <summary>What a row says of a training's setting. The last setting is kept: where no option runs faster than the seed, trainings of one setting follow one another.</summary>
/// <param name="plan">The sweep.</param>
internal sealed class SettingTexts(SweepPlan plan)
{
    private const string Seed = "seed";
    private const long DefaultSeed = 1;

    private readonly string[] names = [.. plan.Names];
    private readonly bool[] areNumbers = [.. plan.Axes.Select(axis => axis.Values.All(value => SweepRows.Number(value) is not null)), .. plan.Draws.Select(_ => true)];
    private readonly long commonSeed = SeedIn(plan.Common.FirstOrDefault(option => option.Name == Seed).Value);
    private long setting = -1;
    private IReadOnlyList<string> values = [];
    private string? json;

    /// <summary>The values of what differs between settings, in the order of the plan's names.</summary>
    /// <param name="training">The number of a training.</param>
    public IReadOnlyList<string> ValuesOf(long training)
    {
        if (plan.SettingOf(training) is long wanted && wanted != setting)
        {
            (setting, values, json) = (wanted, plan.Values(wanted), null);
        }

        return values;
    }

    /// <summary>These as JSON.</summary>
    /// <param name="training">The number of a training.</param>
    public string JsonOf(long training)
    {
        IReadOnlyList<string> current = ValuesOf(training);
        return json ??= SweepRows.Options(names, current, areNumbers);
    }

    /// <summary>The seed of a training's weights.</summary>
    /// <param name="training">The number of a training.</param>
    public long SeedOf(long training)
    {
        int place = Array.IndexOf(names, Seed);
        return (place < 0 ? commonSeed : SeedIn(ValuesOf(training)[place])) + plan.SeedOf(training);
    }

    private static long SeedIn(string? text) => uint.TryParse(text, CultureInfo.InvariantCulture, out uint seed) ? seed : DefaultSeed;
}
