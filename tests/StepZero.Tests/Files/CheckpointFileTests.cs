using StepZero.Files;
using StepZero.Files.Arrays;
using StepZero.Training;

namespace StepZero.Tests.Files;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_bit_of_a_checkpoint_comes_back(bool stopsEarly)
    {
        TrainerState state = new(7, [double.Epsilon, -0.0, 1 / 3.0], [[1, 2, 3], [double.MaxValue, 5, 6]]), best = new(4, [1, 2, 3], [[4, 5, 6], [7, 8, 9]]);
        TrainingCheckpoint written = new(state, [0.1, 0.2], [0.3], stopsEarly ? [double.NaN] : [], stopsEarly ? best : null);
        Assert.Null(CheckpointFile.Read(folder));
        CheckpointFile.Write(folder, written);
        Assert.Equivalent(written, CheckpointFile.Read(folder), strict: true);
    }

    [Fact]
    public void A_file_that_is_no_checkpoint_is_refused()
    {
        NpzEntry[] good =
        [
            NpzEntry.Longs("schema", [1], 1), NpzEntry.Doubles("costs", [], 0), NpzEntry.Doubles("epoch_costs", [], 0), NpzEntry.Doubles("held_costs", [], 0),
            NpzEntry.Longs("state_iteration", [0], 1), NpzEntry.Doubles("state_values", [1], 1),
        ];
        Write(good);
        Assert.NotNull(CheckpointFile.Read(folder));
        foreach (NpzEntry entry in good)
        {
            AssertRefused($"lacks the {(entry.Type == "<i8" ? "single number" : "numbers")} '{entry.Name}'", [.. good.Where(other => other != entry), NpzEntry.Doubles("other", [1], 1)]);
        }

        AssertRefused("lacks the single number 'state_iteration'", [.. good.Where(entry => entry.Name != "state_iteration"), NpzEntry.Longs("state_iteration", [], 0)]);
        AssertRefused("lacks the single number 'schema'", [.. good[1..], NpzEntry.Longs("schema", [], 0)]);
        AssertRefused("schema 2; this version reads schema 1", [.. good[1..], NpzEntry.Longs("schema", [2], 1)]);
    }

    private void AssertRefused(string message, NpzEntry[] entries)
    {
        Write(entries);
        Assert.StartsWith($"{Path.Combine(folder, CheckpointFile.Name)}: {message}", Assert.Throws<StepZeroException>(() => CheckpointFile.Read(folder)).Message, StringComparison.Ordinal);
    }

    private void Write(NpzEntry[] entries)
    {
        using FileStream file = File.Create(Path.Combine(folder, CheckpointFile.Name));
        NpzWriter.Write(file, entries);
    }
}
