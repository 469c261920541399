using StepZero.Files.Models;
using StepZero.Networks;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Files.Models;

/// <summary>Models and weights in files with some wrong bytes: numbers, or one line that says why not, and nothing else.</summary>
public sealed class DamagedModelTests : IDisposable
{
    private const int Damages = 10_000;

    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    public static MatrixTheoryData<string, string> Kinds => new(SampleModels.Names, ["m.safetensors", "m.npz"]);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Wrong_bytes_end_in_a_model_or_in_one_line(string model, string name)
    {
        string path = Path.Combine(folder, name);
        ModelFile.Write(path, SampleModels.Of(model));
        byte[] valid = File.ReadAllBytes(path);
        var random = new NumPyRandom(6);
        int models = 0, weights = 0;
        for (int trial = 0; trial < Damages / SampleModels.Names.Length; trial++)
        {
            byte[] damaged = [.. valid];
            for (uint flips = 1 + (random.NextUInt32() % 3); flips > 0; flips--)
            {
                damaged[random.NextUInt32() % (uint)damaged.Length] ^= (byte)(1 + (random.NextUInt32() % 255));
            }

            File.WriteAllBytes(path, trial % 8 == 0 ? damaged[..(int)(random.NextUInt32() % (uint)damaged.Length)] : damaged);
            models += Try(() => AssertWhole(ModelFile.Read(path)));
            weights += Try(() => Assert.NotEmpty(SavedWeights.Read(path).Weights));
        }

        // The bytes of .npz members have checksums; a number of a .safetensors file is another number.
        Assert.InRange(models, name == "m.npz" ? 0 : 1, (Damages / SampleModels.Names.Length) - 1);
        Assert.InRange(weights, 1, (Damages / SampleModels.Names.Length) - 1);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_cut_anywhere_ends_in_one_line(string model, string name)
    {
        string path = Path.Combine(folder, name);
        ModelFile.Write(path, SampleModels.Of(model));
        byte[] valid = File.ReadAllBytes(path);
        for (int length = 0; length < valid.Length; length++)
        {
            File.WriteAllBytes(path, valid[..length]);
            Assert.Equal(0, Try(() => ModelFile.Read(path)));
            Assert.Equal(0, Try(() => SavedWeights.Read(path)));
        }
    }

    private static int Try(Action read)
    {
        try
        {
            read();
            return 1;
        }
        catch (StepZeroException error)
        {
            Assert.Matches(@"^[^\n]{20,2000}$", error.Message);
            return 0;
        }
    }

    private static void AssertWhole(Model model)
    {
        Assert.Equal(model.Architecture.LayerSizes, model.Parameters.LayerSizes);
        Assert.Equal(model.Architecture.LayerSizes[0], model.Form.FeatureCount);
        Assert.Equal(model.Form.FeatureCount, model.Scaling.Means?.Length ?? model.Form.FeatureCount);
        Assert.Equal(model.Form.FeatureCount, model.Form.FeatureNames.Length);
        Assert.Equal(model.Architecture.Loss == Loss.Mse ? 0 : Math.Max(2, model.Architecture.OutputCount), model.Answers.Count);
    }
}
