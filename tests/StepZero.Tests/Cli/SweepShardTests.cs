using StepZero.Cli;
using StepZero.Files;
using StepZero.Sweeps;

namespace StepZero.Tests.Cli;

public sealed class SweepShardTests : IDisposable
{
    /// <summary>12 settings, two networks, and 60 seeds: 720 trainings in 46 blocks.</summary>
    private static readonly SweepPlan Plan = new(
        [("data", "moons:20"), ("iterations", "3")], [new("hidden", ["3", "2,2"]), new("init", ["he", "xavier"]), new("learning-rate", ["0.1", "1", "1e300"])], [], seeds: 60);

    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(100)]
    public void Each_block_belongs_to_one_part(int parts)
    {
        SweepShard[] shards = [.. Enumerable.Range(1, parts).Select(part => new SweepShard(part, parts))];
        Assert.Equal(Enumerable.Range(0, (int)Plan.BlockCount).Select(block => (long)block), shards.SelectMany(shard => shard.Blocks(Plan)).Order());
        Assert.Equal(Plan.TrainingCount, shards.Sum(shard => shard.TrainingCount(Plan)));
        Assert.All(shards, shard => Assert.Equal(shard.Blocks(Plan).Sum(block => Plan.Block(block).Count), shard.TrainingCount(Plan)));
    }

    [Fact]
    public void Sixteen_parts_in_any_order_are_the_whole()
    {
        string whole = Trained(new SweepShard(1, 1));
        string[] parts = [.. Enumerable.Range(1, 16).Select(part => Trained(new SweepShard(part, 16)))];
        string[] expected = Rows(whole);
        Assert.Equal(Plan.TrainingCount, expected.Length);
        var random = new Random(16);
        for (int order = 0; order < 4; order++)
        {
            random.Shuffle(parts);
            string merged = Path.Combine(folder, $"merged-{order}.db");
            Assert.Equal(Plan.TrainingCount, SweepMerge.Into(merged, parts));
            Assert.Equal(expected, Rows(merged));
        }
    }

    private static string[] Rows(string path)
    {
        using SweepDatabase database = SweepDatabase.Read(path);
        return [.. database.Trainings().Select(training => $"{training with { Seconds = 0, Curve = [] }} {string.Join(' ', training.Curve)}")];
    }

    private string Trained(SweepShard shard)
    {
        var settings = new SweepSettings("sweep.json", Plan, threads: 2, (_, _) => { }, CancellationToken.None);
        using SweepDatabase database = SweepDatabase.Write(shard.DatabaseIn(folder), Plan);
        Assert.True(new SweepTraining(Plan, settings.Of).Run([.. shard.Blocks(Plan)], _ => false, database.Append, threads: 2));
        return database.Path;
    }
}
