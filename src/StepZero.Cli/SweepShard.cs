using StepZero.Files;
using StepZero.Sweeps;

namespace StepZero.Cli;

/// <summary>A part of a sweep that one process trains.</summary>
/// <param name="Part">Which, from 1.</param>
/// <param name="Of">How many there are; 1 where the sweep is not divided.</param>
internal sealed record SweepShard(int Part, int Of)
{
    /// <summary>The most parts.</summary>
    public const int Most = 10_000;

    /// <summary>Its blocks: every so manyth, so that parts take about as long as each other.</summary>
    public IEnumerable<long> Blocks(SweepPlan plan)
    {
        for (long block = Part - 1; block < plan.BlockCount; block += Of)
        {
            yield return block;
        }
    }

    /// <summary>Its trainings.</summary>
    public long TrainingCount(SweepPlan plan) => Of == 1 ? plan.TrainingCount : Blocks(plan).Sum(block => (long)plan.Block(block).Count);

    /// <summary>Its database in a folder.</summary>
    public string DatabaseIn(string folder) => Path.Combine(folder, SweepDatabase.NameOf(Part, Of));

    /// <summary>As on the command line.</summary>
    public override string ToString() => $"{Part}/{Of}";
}
