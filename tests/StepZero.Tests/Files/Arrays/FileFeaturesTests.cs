using StepZero.Data;
using StepZero.Files;
using StepZero.Files.Arrays;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Tests.Files.Arrays;

/// <summary>Features that stay in a file give the bits of those in memory, whatever is computed from them.</summary>
public sealed class FileFeaturesTests : IDisposable
{
    private const int Samples = 60;

    /// <summary>More than are read at once.</summary>
    private const int Features = 300_001;

    private readonly string path = Path.GetTempFileName();
    private readonly Dataset memory;
    private readonly Dataset stored;

    public FileFeaturesTests()
    {
        var random = new NumPyRandom(3);
        byte[] bytes = new byte[Samples * Features];
        foreach (ref byte value in bytes.AsSpan())
        {
            value = (byte)random.NextUInt32();
        }

        File.WriteAllBytes(path, [1, 2, 3, .. bytes]);
        int[] labels = [.. Enumerable.Range(0, Samples).Select(i => i % 2)];
        memory = Dataset.FromBytes("m", bytes, Features, labels, ["a", "b"]);
        stored = Dataset.FromStored("s", new FileFeatures(path, 3, Features), Features, labels, ["a", "b"]);
    }

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData("divide:255", 1)]
    [InlineData("divide:255", 2)]
    [InlineData("center", 2)]
    [InlineData("standardize", 2)]
    public void Trainings_have_the_same_bits(string scaling, int threads)
    {
        var options = new TrainingOptions { Form = TrainingForm.Dual, Scaling = Scaling.Parse(scaling), Iterations = 10, LearningRate = 0.001 };
        var spec = new RunSpec(new Architecture(Features, [3], Activation.Tanh), Initializer.Xavier, options);
        var execution = new Execution { Threads = threads };
        RunResult expected = Trainings.Run(spec, memory, memory, execution), found = Trainings.Run(spec, stored, stored, execution);
        Assert.Equal(expected.Record.Costs, found.Record.Costs);
        Assert.Equal(expected.TestAccuracy, found.TestAccuracy);
        Assert.Equal(expected.FinalParameters!.Value.Weights[0], found.FinalParameters!.Value.Weights[0]);
    }

    [Fact]
    public void Stored_features_train_in_the_dual_form_however_few_the_iterations()
    {
        var options = new TrainingOptions { Iterations = 1 };
        var architecture = new Architecture(Features, [3], Activation.Tanh);
        Assert.Equal(TrainingForm.Primal, PreparedData.Prepare(memory.Select([.. Enumerable.Range(0, 20)]), architecture, options).Form);
        Assert.Equal(TrainingForm.Dual, PreparedData.Prepare(stored.Select([.. Enumerable.Range(0, 20)]), architecture, options).Form);
    }

    [Fact]
    public void Chosen_samples_and_summaries_are_those_of_the_file()
    {
        int[] chosen = [7, 3, 59];
        Dataset some = stored.Select(chosen);
        byte[] row = new byte[Features];
        for (int i = 0; i < chosen.Length; i++)
        {
            some.ReadBytes(i, 0, row);
            Assert.True(memory.Bytes.Slice(chosen[i] * Features, Features).SequenceEqual(row));
        }

        Assert.True(some.IsStored);
        Assert.Equal(DataSummary.Of(memory.Select(chosen)).All, DataSummary.Of(some).All);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_200_000)]
    [InlineData(8_999_999)]
    public void The_hash_follows_every_byte_of_the_file(int changed)
    {
        var wide = Dataset.FromStored("w", new FileFeatures(path, 3, 4_500_000), 4_500_000, [0, 1], ["a", "b"]);
        string before = DataHash.Of(wide);
        Assert.StartsWith("xxh128:", before, StringComparison.Ordinal);
        using (FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = 3 + changed;
            file.WriteByte((byte)(memory.Bytes[changed] ^ 1));
        }

        Assert.NotEqual(before, DataHash.Of(wide));
    }
}
