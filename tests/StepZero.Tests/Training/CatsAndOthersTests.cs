using System.Security.Cryptography;
using System.Text.Json;
using StepZero.Data;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Training;

/// <summary>209 pictures of cats and other things from an HDF5 file, the exercise that follows the classic experiment, beside NumPy.</summary>
public sealed class CatsAndOthersTests
{
    private static readonly JsonElement Golden = Repository.Golden("catvnoncat.json");

    [Fact]
    public void Pixels_are_those_of_h5py()
    {
        (Dataset train, Dataset test) = Read();
        string[] hashes = [Convert.ToHexStringLower(SHA256.HashData(train.Bytes)), Convert.ToHexStringLower(SHA256.HashData(test.Bytes))];
        Assert.Equal(Golden.GetProperty("pixelsHashes").EnumerateArray().Select(hash => hash.GetString()), hashes);
        Assert.Equal((209, 50, 12288, new ImageSize(64, 64)), (train.SampleCount, test.SampleCount, train.FeatureCount, train.ImageSize));
        Assert.Equal(["non-cat", "cat"], test.Classes);
        Assert.Equal("cat", test.Positive);
    }

    [Theory]
    [InlineData("xavier")]
    [InlineData("random:0.01")]
    public void Every_hundredth_of_2500_costs_is_that_of_NumPy(string start)
    {
        (Dataset train, Dataset test) = Read();
        JsonElement expected = Golden.GetProperty(start);
        var architecture = new Architecture(train.FeatureCount, expected.GetProperty("hidden").Integers(), Activation.Relu);
        var options = new TrainingOptions { LearningRate = 0.0075, Iterations = 2500 };
        RunResult result = Trainings.Run(new RunSpec(architecture, Initializer.Parse(start), options), train, test);
        double[] costs = [result.Record.Costs[0], .. Enumerable.Range(1, 25).Select(i => result.Record.Costs[(100 * i) - 1])];
        Assert.All(costs.Zip(expected.GetProperty("costs").Numbers()), pair => Assert.Equal(pair.Second, pair.First, 1e-9 * pair.Second));
        Assert.Equal(expected.GetProperty("accuracy").GetDouble(), result.Record.TrainAccuracy);
        Assert.InRange(result.TestAccuracy!.Value, 0.6, 0.9);
    }

    private static (Dataset Train, Dataset Test) Read()
    {
        string folder = Repository.CatsAndOthers();
        Dataset train = DataSource.Load(Path.Combine(folder, "train_catvnoncat.h5"), 1, new DataOptions()).Data;
        return (train, DataSource.Load(Path.Combine(folder, "test_catvnoncat.h5"), 1, new DataOptions(), train).Data);
    }
}
