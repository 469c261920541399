using StepZero.Training;

namespace StepZero.Sweeps;

/// <summary>
/// All trainings of a sweep, numbered: every setting with every seed. A setting is a choice of a value for each axis and each trial; its options are those of
/// <c>stepzero compare</c>, by name and as text.
/// </summary>
/// <remarks>
/// Trainings of one data set and network follow one another, so that they can go through lanes, and of these the ones that start from the same weights: of one
/// initializer and seed, with all rates. A block is a part of such a run that is trained and kept together; blocks and their numbers depend on the plan alone.
/// </remarks>
public sealed class SweepPlan
{
    /// <summary>The most trainings that anybody can mean.</summary>
    public const long MostTrainings = 1_000_000_000;

    private const int LargestBlock = 512;
    private const int SmallestBlock = 16;
    private const int BlocksOfASweep = 1024;

    /// <summary>What is the same network on the same data however it is set, slowest first.</summary>
    private static readonly string[] OfLanes = ["init", "weight-decay", "learning-rate"];

    /// <summary>What starts from the same weights however it is set.</summary>
    private static readonly string[] OfAStart = OfLanes[1..];

    private readonly long settingsOfAGroup;
    private readonly long settingsOfAStart;
    private readonly long blocksOfAGroup;
    private readonly int blockSize;

    /// <summary>A plan.</summary>
    /// <param name="common">The options that are the same in all trainings.</param>
    /// <param name="axes">The options that take several values; all combinations are made.</param>
    /// <param name="draws">The options that are drawn in each trial; each trial is made with all combinations of the axes.</param>
    /// <param name="trials">The number of trials; 1 without draws.</param>
    /// <param name="seeds">The trainings of each setting: from the seed of its options, 1 by default, and those after it.</param>
    /// <param name="target">What trainings are to come to, or null.</param>
    /// <exception cref="StepZeroException">A name stands there twice, an axis has no values or one twice, or there are more than a billion trainings.</exception>
    public SweepPlan(
        IReadOnlyList<(string Name, string Value)> common, IReadOnlyList<SweepAxis> axes, IReadOnlyList<SweepDraw> draws, long trials = 1, int seeds = 1, TrainingTarget? target = null)
    {
        Check(common, axes, draws, trials, seeds);
        Common = common;
        Axes = [.. axes.OrderBy(axis => Array.IndexOf(OfLanes, axis.Name))];
        Draws = draws;
        Trials = trials;
        Seeds = seeds;
        Target = target;
        settingsOfAGroup = SettingsOf(OfLanes);
        settingsOfAStart = SettingsOf(OfAStart);
        long perBlock = Math.Clamp(((TrainingCount / BlocksOfASweep) + SmallestBlock - 1) / SmallestBlock * SmallestBlock, SmallestBlock, LargestBlock);
        blockSize = (int)Math.Min(perBlock, settingsOfAGroup * seeds);
        blocksOfAGroup = ((settingsOfAGroup * seeds) + blockSize - 1) / blockSize;
    }

    /// <summary>The options that are the same in all trainings.</summary>
    public IReadOnlyList<(string Name, string Value)> Common { get; }

    /// <summary>The options that take several values, slowest first.</summary>
    public IReadOnlyList<SweepAxis> Axes { get; }

    /// <summary>The options that are drawn in each trial.</summary>
    public IReadOnlyList<SweepDraw> Draws { get; }

    /// <summary>The trials of each combination of the axes, at least 1.</summary>
    public long Trials { get; }

    /// <summary>The trainings of each setting, at least 1.</summary>
    public int Seeds { get; }

    /// <summary>What trainings are to come to, or null.</summary>
    public TrainingTarget? Target { get; }

    /// <summary>The settings.</summary>
    public long SettingCount => Axes.Aggregate(Trials, (count, axis) => count * axis.Values.Count);

    /// <summary>The trainings.</summary>
    public long TrainingCount => SettingCount * Seeds;

    /// <summary>The blocks.</summary>
    public long BlockCount => SettingCount / settingsOfAGroup * blocksOfAGroup;

    /// <summary>The first training of a block, and how many there are.</summary>
    /// <param name="block">From 0.</param>
    public (long First, int Count) Block(long block)
    {
        long ofAGroup = settingsOfAGroup * Seeds, inGroup = block % blocksOfAGroup * blockSize;
        return ((block / blocksOfAGroup * ofAGroup) + inGroup, (int)Math.Min(blockSize, ofAGroup - inGroup));
    }

    /// <summary>The setting of a training, from 0.</summary>
    /// <param name="training">From 0.</param>
    public long SettingOf(long training) => (training / settingsOfAStart / Seeds * settingsOfAStart) + (training % settingsOfAStart);

    /// <summary>Which of the seeds of its setting a training has, from 0.</summary>
    /// <param name="training">From 0.</param>
    public int SeedOf(long training) => (int)(training / settingsOfAStart % Seeds);

    /// <summary>The value of each axis and then of each draw in a setting, in the order of <see cref="Names"/>.</summary>
    /// <param name="setting">From 0.</param>
    public IReadOnlyList<string> Values(long setting)
    {
        string[] values = new string[Axes.Count + Draws.Count];
        for (int i = 0; i < Axes.Count; i++)
        {
            values[i] = Axes[i].Values[LevelOf(setting, i)];
        }

        for (int i = 0; i < Draws.Count; i++)
        {
            values[Axes.Count + i] = SweepDraw.Text(Draws[i].At(TrialOf(setting), SeedOfDraws));
        }

        return values;
    }

    /// <summary>Which of the values of an axis a setting has, from 0.</summary>
    /// <param name="setting">From 0.</param>
    /// <param name="axis">The axis' place in <see cref="Axes"/>.</param>
    internal int LevelOf(long setting, int axis)
    {
        long rest = setting / Trials;
        for (int faster = Axes.Count - 1; faster > axis; faster--)
        {
            rest /= Axes[faster].Values.Count;
        }

        return (int)(rest % Axes[axis].Values.Count);
    }

    /// <summary>The trial of a setting, from 0.</summary>
    /// <param name="setting">From 0.</param>
    internal long TrialOf(long setting) => setting % Trials;

    /// <summary>The names of what differs between settings: the axes, then the draws.</summary>
    public IReadOnlyList<string> Names => [.. Axes.Select(axis => axis.Name), .. Draws.Select(draw => draw.Name)];

    /// <summary>All options of a setting, by name.</summary>
    /// <param name="setting">From 0.</param>
    public IReadOnlyList<(string Name, string Value)> Options(long setting) => [.. Common, .. Names.Zip(Values(setting))];

    /// <summary>The seed of the draws is that of the trainings, where all have one.</summary>
    internal ulong SeedOfDraws => ulong.TryParse(Common.FirstOrDefault(option => option.Name == "seed").Value, out ulong seed) ? seed : 1;

    /// <summary>The settings that follow one another and differ in these options alone.</summary>
    private long SettingsOf(string[] names) => Draws.All(draw => names.Contains(draw.Name))
        ? Axes.Where(axis => names.Contains(axis.Name)).Aggregate(Trials, (count, axis) => count * axis.Values.Count)
        : 1;

    private static void Check(IReadOnlyList<(string Name, string Value)> common, IReadOnlyList<SweepAxis> axes, IReadOnlyList<SweepDraw> draws, long trials, int seeds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        string[] names = [.. common.Select(option => option.Name), .. axes.Select(axis => axis.Name), .. draws.Select(draw => draw.Name)];
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key is string twice)
        {
            throw new StepZeroException($"{twice}: stands there twice; expected each option once.");
        }

        foreach (SweepAxis axis in axes)
        {
            if (axis.Values is [])
            {
                throw new StepZeroException($"{axis.Name}: the list is empty; expected at least one value.");
            }

            if (axis.Values.GroupBy(value => value).FirstOrDefault(group => group.Count() > 1)?.Key is string same)
            {
                throw new StepZeroException($"{axis.Name}: '{same}' stands there twice; expected each value once.");
            }
        }

        double count = axes.Aggregate((double)trials * seeds, (product, axis) => product * axis.Values.Count);
        if (count > MostTrainings)
        {
            throw new StepZeroException(FormattableString.Invariant($"{count:N0} trainings; expected at most {MostTrainings:N0}. Use shorter lists, fewer trials or fewer seeds."));
        }
    }
}
