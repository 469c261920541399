using StepZero.Files;
using StepZero.Files.Arrays;
using StepZero.Initialization;
using StepZero.Maps;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Files;

public sealed class MapJournalTests : IDisposable
{
    private static readonly JobSpec Job = new("map", [("x", "gain:0.1..10:log")], "hash", null);

    /// <summary>40 pixels a row, so that there are blocks of several sizes.</summary>
    private static readonly MapSpec Spec = new(
        new RunSpec(new Architecture(2, [3], Activation.Tanh), Initializer.Xavier, new TrainingOptions { Iterations = 3 }), MapAxis.Parse("gain:0.1..10:log"),
        MapAxis.Parse("learning-rate:0.1..1"), 40, 3, MapMeasure.Cost);

    private static readonly IReadOnlyList<MapBlock> Blocks = MapBlock.Of(Spec);

    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    private string Path => System.IO.Path.Combine(folder, "map.part");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_was_added_comes_back()
    {
        using (MapJournal journal = MapJournal.Create(folder))
        {
            journal.Begin(Job, Blocks, (_, _) => Assert.Fail("nothing is there yet"));
            journal.Add(2, Pixels(2));
            journal.Add(0, Pixels(0));
        }

        Assert.Equal([2, 0], Read(Job));
        using (MapJournal journal = MapJournal.Open(folder)!)
        {
            journal.Begin(Job, Blocks, (_, _) => { });
            journal.Add(1, Pixels(1));
        }

        Assert.Equal([2, 0, 1], Read(Job));
    }

    /// <summary>Wherever a kill cuts the file, the whole blocks before it are there, and more can follow.</summary>
    [Fact]
    public void A_torn_end_is_cut_off()
    {
        Write(0, 1);
        byte[] whole = File.ReadAllBytes(Path);
        int first = 40 + RecordBytes(0);
        Assert.Equal(first + RecordBytes(1), whole.Length);
        for (int length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(Path, whole[..length]);
            Assert.Equal(length < first ? [] : [0], Read(Job));
            Assert.Equal(length < first ? 40 : first, new FileInfo(Path).Length);
        }
    }

    /// <summary>A changed byte makes a block be trained again; no wrong number is ever entered.</summary>
    [Fact]
    public void A_damaged_block_is_not_believed()
    {
        Write(0, 1);
        byte[] whole = File.ReadAllBytes(Path);
        int first = 40 + RecordBytes(0);
        for (int at = first; at < whole.Length; at += 5)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 4;
            File.WriteAllBytes(Path, damaged);
            Assert.Equal([0], Read(Job));
        }

        File.WriteAllBytes(Path, [.. whole, .. new byte[1000]]);
        Assert.Equal([0, 1], Read(Job));
    }

    [Fact]
    public void It_is_of_one_map_alone()
    {
        Write(0);
        string message = $"{Path}: is of another map, or of another version of StepZero; expected the finished part of the map in {folder}. Begin anew with --force.";
        Assert.Equal(message, Assert.Throws<StepZeroException>(() => Read(Job with { DataHash = "other" })).Message);
        using (MapJournal journal = MapJournal.Open(folder)!)
        {
            Assert.Equal(message, Assert.Throws<StepZeroException>(() => journal.Begin(Job, MapBlock.Of(Spec with { Rows = 4 }), (_, _) => { })).Message);
        }

        Assert.Equal([0], Read(Job));
    }

    [Fact]
    public void Two_cannot_have_it_at_once()
    {
        Assert.False(MapJournal.Exists(folder));
        Assert.Null(MapJournal.Open(folder));
        string message = $"{folder}: another process is at work on this map. Wait until it ends, or choose another folder with --output.";
        using (MapJournal journal = MapJournal.Create(folder))
        {
            Assert.Equal(message, Assert.Throws<StepZeroException>(() => MapJournal.Open(folder)).Message);
            Assert.Equal(message, Assert.Throws<StepZeroException>(() => MapJournal.Create(folder)).Message);
            Assert.True(MapJournal.Exists(folder));
            journal.Remove();
        }

        Assert.Empty(Directory.GetFiles(folder));
        Assert.StartsWith($"{folder}/none/map.part: cannot be written: ", Assert.Throws<StepZeroException>(() => MapJournal.Create($"{folder}/none")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_is_written_with_its_axes_and_its_lowest_row_first()
    {
        var map = new Map(Spec);
        for (int block = 0; block < Blocks.Count - 1; block++)
        {
            map.Enter(Blocks[block], Pixels(block));
        }

        ResultFolder results = ResultFolder.Create(folder, force: false, Job.ToJson());
        MapFile.Write(results, map);
        Dictionary<string, StoredArray> arrays = NpzFile.List(System.IO.Path.Combine(folder, "map.npz")).ToDictionary(array => array.Name);
        Assert.Equal(["accuracy", "convergence", "cost", "status", "value", "x", "y"], arrays.Keys.Order());
        Assert.Equal(Spec.X.Values(40), arrays["x"].Read());
        Assert.Equal([0.1, 0.55, 1], (double[])arrays["y"].Read());
        Assert.All(["value", "cost", "accuracy", "convergence", "status"], name => Assert.Equal([3, 40], arrays[name].Shape));
        double[] cost = (double[])arrays["cost"].Read(), value = (double[])arrays["value"].Read(), accuracy = (double[])arrays["accuracy"].Read();
        byte[] status = (byte[])arrays["status"].Read();
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 40; column++)
            {
                MapPixel pixel = map[column, row];
                int at = (40 * row) + column;
                Assert.Equal((pixel.Value, pixel.Cost, pixel.Accuracy, (byte)pixel.Status), (value[at], cost[at], accuracy[at], status[at]));
            }
        }

        Assert.Equal([0, 1, 2, 3], status.Distinct().Order().Select(number => (int)number));
    }

    private static int RecordBytes(int block) => 8 + (33 * Blocks[block].Pixels.Count) + 8;

    private static MapPixel[] Pixels(int block) =>
        [.. Blocks[block].Pixels.Select(place => new MapPixel((PixelStatus)(1 + (place % 3)), place, place % 3 == 2 ? double.NaN : -0.5 * place, 1.0 / (1 + place), Math.Sin(place)))];

    private void Write(params int[] blocks)
    {
        using MapJournal journal = MapJournal.Create(folder);
        journal.Begin(Job, Blocks, (_, _) => { });
        Array.ForEach(blocks, block => journal.Add(block, Pixels(block)));
    }

    /// <summary>The blocks that are there, whose pixels must be as they were added.</summary>
    private List<int> Read(JobSpec job)
    {
        List<int> found = [];
        using MapJournal journal = MapJournal.Open(folder)!;
        journal.Begin(job, Blocks, (block, pixels) =>
        {
            Assert.Equal(Pixels(block), pixels);
            found.Add(block);
        });
        return found;
    }
}
