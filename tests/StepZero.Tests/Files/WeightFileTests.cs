using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Files;

public sealed class WeightFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(new int[0], "()")]
    [InlineData(new[] { 3 }, "(3,)")]
    [InlineData(new[] { 2, 3 }, "(2, 3)")]
    [InlineData(new[] { 2, 0, 3 }, "(2, 0, 3)")]
    public void An_npy_header_has_the_shape_as_Python_writes_it(int[] shape, string written)
    {
        var tensor = new TensorStart("t", new TensorShape(shape), Initializer.Parse("ones"), WeightType.Float64);
        WeightFile.Write(In("w.npz"), [tensor], one => one.Draw(new PhiloxRandom(1)));
        using ZipArchive zip = ZipFile.OpenRead(In("w.npz"));
        using var content = new MemoryStream();
        using Stream entry = Assert.Single(zip.Entries).Open();
        entry.CopyTo(content);
        byte[] bytes = content.ToArray();
        int length = BitConverter.ToUInt16(bytes, 8);
        Assert.Equal($"{{'descr': '<f8', 'fortran_order': False, 'shape': {written}, }}", Encoding.ASCII.GetString(bytes, 10, length).Trim());
        Assert.Equal(0, (10 + length) % 64);
        double[] values = MemoryMarshal.Cast<byte, double>(bytes.AsSpan(10 + length)).ToArray();
        Assert.Equal(tensor.Shape.ElementCount, values.Length);
        Assert.All(values, value => Assert.Equal(1, value));
    }

    [Theory]
    [InlineData(WeightType.Float64)]
    [InlineData(WeightType.Float32)]
    [InlineData(WeightType.Float16)]
    [InlineData(WeightType.BFloat16)]
    public void A_tensor_holds_what_the_initializer_fills(WeightType type)
    {
        var tensor = new TensorStart("t", TensorShape.Dense(30, 20), Initializer.He, type);
        byte[] bytes = tensor.Draw(new PhiloxRandom(5));
        double[] values = type switch
        {
            WeightType.Float64 => Fill<double>(value => value),
            WeightType.Float32 => Fill<float>(value => value),
            WeightType.Float16 => Fill<Half>(value => (double)value),
            _ => Fill<BFloat16>(value => value),
        };
        double mean = values.Average();
        Assert.Equal(mean, tensor.Measure(bytes).Mean, 12);
        Assert.Equal(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), tensor.Measure(bytes).Deviation, 12);

        double[] Fill<T>(Func<T, double> widen) where T : unmanaged
        {
            T[] filled = new T[600];
            Initializer.He.Fill(filled.AsSpan(), tensor.Shape, new PhiloxRandom(5, "t"));
            Assert.Equal(bytes, MemoryMarshal.AsBytes<T>(filled).ToArray());
            return [.. filled.Select(widen)];
        }
    }

    [Theory]
    [InlineData("w.npz")]
    [InlineData("w.safetensors")]
    public void What_breaks_off_leaves_the_old_file_and_nothing_else(string name)
    {
        TensorStart[] tensors = [.. Enumerable.Range(0, 2).Select(i => new TensorStart($"{i}", TensorShape.Dense(3, 2), Initializer.Zeros, WeightType.Float32))];
        File.WriteAllText(In(name), "old");
        Assert.Throws<StepZeroException>(() => WeightFile.Write(
            In(name), tensors, tensor => tensor.Name == "0" ? new byte[24] : throw new StepZeroException("no more")));
        Assert.Equal("old", File.ReadAllText(In(name)));
        Assert.Equal([In(name)], Directory.GetFiles(folder));
    }

    [Theory]
    [InlineData("w.txt", "w.txt: expected a name that ends in .npz or .safetensors.")]
    [InlineData("w.npz", "w.npz: tensor 't' is bfloat16, which NumPy does not have. Save as .safetensors, or choose float16 or float32.")]
    [InlineData("sub.safetensors", "sub.safetensors: is a folder; expected a file to write to.")]
    public void A_file_that_cannot_be_is_refused(string name, string message)
    {
        Directory.CreateDirectory(In("sub.safetensors"));
        var tensor = new TensorStart("t", TensorShape.Dense(3, 2), Initializer.Zeros, WeightType.BFloat16);
        Assert.EndsWith(message, Assert.Throws<StepZeroException>(() => WeightFile.Check(In(name), [tensor])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.npz", "a.npy", "ends in .npy, which NumPy takes off. Give it another name, or save in the other format.")]
    [InlineData("a.safetensors", "__metadata__", "is a name that the format keeps for itself.")]
    [InlineData("none/a.npz", "a", "cannot be written: there is no folder")]
    public void A_name_that_readers_misread_is_refused(string file, string tensor, string message) => Assert.Contains(
        message,
        Assert.Throws<StepZeroException>(() => WeightFile.Check(In(file), [new TensorStart(tensor, TensorShape.Dense(3, 2), Initializer.Zeros, WeightType.Float32)])).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("constant:1e300", WeightType.Float32, "tensor 't': 'constant:1E+300' gives numbers that float32 cannot hold. Use smaller parameters, or float64.")]
    [InlineData("constant:70000", WeightType.Float16, "tensor 't': 'constant:70000' gives numbers that float16 cannot hold.")]
    [InlineData("constant:1e300", WeightType.Float64, null)]
    public void Numbers_beyond_the_format_are_refused(string initializer, WeightType type, string? message)
    {
        var tensor = new TensorStart("t", TensorShape.Dense(3, 2), Initializer.Parse(initializer), type);
        byte[] drawn = tensor.Draw(new PhiloxRandom(1));
        if (message is null)
        {
            Assert.Equal(1, tensor.Measure(drawn).Mean / 1e300, 1e-15);
            return;
        }

        Assert.StartsWith(message, Assert.Throws<StepZeroException>(() => tensor.Measure(drawn)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_bytes_than_an_array_holds_are_refused_before_anything_is_drawn() => Assert.Contains(
        "are more bytes than an array holds",
        Assert.Throws<StepZeroException>(() => new TensorStart("t", TensorShape.Dense(1 << 15, 1 << 14), Initializer.He, WeightType.Float64).Expected()).Message, StringComparison.Ordinal);

    private string In(string name) => Path.Combine(folder, name);
}
