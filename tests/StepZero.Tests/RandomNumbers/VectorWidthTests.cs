using System.Diagnostics;
using StepZero.Networks;
using StepZero.Numerics;
using StepZero.RandomNumbers;
using StepZero.Tests.Networks;
using StepZero.Tests.Numerics;

namespace StepZero.Tests.RandomNumbers;

/// <summary>
/// The same bits on machines of narrower vectors (decision 5): a second process of these tests, told to be such a machine, makes the streams anew and
/// compares them with what this one found; and it holds the golden values of the libraries.
/// </summary>
public sealed class VectorWidthTests
{
    /// <summary>Where the first process tells the second what it found.</summary>
    private const string Expected = "STEPZERO_EXPECTED_BITS";

    /// <summary>Vectors of at most 256 bits, of 128 bits without fused multiply-add, and none.</summary>
    public static TheoryData<string> Switches => ["DOTNET_EnableAVX512 DOTNET_EnableAVX512F", "DOTNET_EnableAVX2 DOTNET_EnableAVX", "DOTNET_EnableHWIntrinsic"];

    [Theory]
    [MemberData(nameof(Switches))]
    public void Every_stream_has_the_same_bits_without(string switches) => AssertSame(
        StreamBits(),
        switches,
        $"{nameof(VectorWidthTests)}.{nameof(Every_stream_has_the_same_bits_without)}",
        $"{nameof(PyTorchRandomTests)}.Repeats*",
        $"{nameof(NumPyGeneratorTests)}.Repeats*",
        $"{nameof(NumPyRandomTests)}.Repeats*",
        $"{nameof(PhiloxRandomTests)}.Groups*");

    [Theory]
    [MemberData(nameof(Switches))]
    public void An_orthogonal_matrix_has_the_same_bits_without(string switches)
    {
        double[] matrix = new double[70 * 33];
        new NumPyRandom(1).FillStandardNormal(matrix);
        OrthogonalMatrix.Replace(matrix, 70, 33);
        AssertSame(Digest.Of<double>(matrix), switches, $"{nameof(VectorWidthTests)}.{nameof(An_orthogonal_matrix_has_the_same_bits_without)}");
    }

    [Theory]
    [MemberData(nameof(Switches))]
    public void Activations_have_the_same_bits_without(string switches) => AssertSame(
        string.Concat(EveryActivation.Texts.Select(text => OfActivation<double>(Activation.Parse(text), z => z) + OfActivation<float>(Activation.Parse(text), z => (float)z))),
        switches,
        $"{nameof(VectorWidthTests)}.{nameof(Activations_have_the_same_bits_without)}");

    [Theory]
    [MemberData(nameof(Switches))]
    public void Products_of_bytes_are_exact_without(string switches) => AssertSame(
        "exact",
        switches,
        $"{nameof(VectorWidthTests)}.{nameof(Products_of_bytes_are_exact_without)}",
        $"{nameof(ByteProductTests)}.Products*");

    /// <summary>φ, φ′ and φ″ of numbers from −45 to 45.</summary>
    private static string OfActivation<T>(Activation activation, Func<double, T> round) where T : unmanaged
    {
        Matrix<T> z = Matrix<T>.Allocate(1, 907), a = Matrix<T>.Allocate(1, 907), bends = Matrix<T>.Allocate(1, 907);
        for (int i = 0; i < z.Columns; i++)
        {
            z[0][i] = round((i - 453) * 0.0993);
        }

        activation.SecondDerivative(z, bends);
        activation.Apply(z, a);
        return Digest.Of<T>([.. z[0], .. a[0], .. bends[0]]);
    }

    /// <summary>In the first process: starts the second with some tests, this one among them. In the second: compares.</summary>
    private static void AssertSame(string bits, string switches, params string[] tests)
    {
        if (Environment.GetEnvironmentVariable(Expected) is string expected)
        {
            Assert.Equal(expected, bits);
            return;
        }

        var start = new ProcessStartInfo("dotnet", [typeof(VectorWidthTests).Assembly.Location, "-noColor", .. tests.SelectMany(test => new[] { "-method", $"*.{test}" })])
        {
            RedirectStandardOutput = true,
        };
        Array.ForEach(switches.Split(' '), name => start.Environment[name] = "0");
        start.Environment[Expected] = bits;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(5)), "the process did not end");
        Assert.True(process.ExitCode == 0 && !output.Contains("Total: 0,", StringComparison.Ordinal), output);
    }

    /// <summary>Every stream in all its ways.</summary>
    private static string StreamBits()
    {
        List<string> digests = [];
        foreach (string name in RandomSource.Names)
        {
            RandomSource random = RandomSource.Open(name, 5);
            double[] doubles = new double[1001];
            float[] singles = new float[1001];
            Action[] fillings =
            [
                () => random.FillUniform(doubles, -0.3, 0.7001), () => random.FillNormal(doubles, 0.37, 1.7), () => random.FillTruncatedNormal(doubles, 0.1, 0.7, -0.5, 1.9),
                () => random.FillTruncatedNormal(doubles, 0, 1, 4.9, 9), () => random.FillUniform(singles, -0.3, 0.7001), () => random.FillNormal(singles, 0.37, 1.7),
                () => random.FillTruncatedNormal(singles, 0.1, 0.7, -0.5, 1.9), () => random.FillTruncatedNormal(singles, 0, 1, 4.9, 9),
            ];
            digests.AddRange(fillings.Select((fill, i) =>
            {
                fill();
                return $"{name} {i} {Digest.Of<double>(doubles)[..12]} {Digest.Of<float>(singles)[..12]}";
            }));
        }

        return string.Join("; ", digests);
    }
}
