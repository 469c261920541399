using System.Text;
using StepZero.Files.Arrays;
using StepZero.Files.Models;
using StepZero.Initialization;

namespace StepZero.Tests.Files.Models;

/// <summary>The format as it is published, and everything that it is not.</summary>
public sealed class SafetensorsFileTests : IDisposable
{
    private const string Tensor = """{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""";

    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    private string FilePath => Path.Combine(folder, "w.safetensors");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("F64", "000000000000F03F 9A9999999999B93F", new[] { 1, 0.1 })]
    [InlineData("F32", "CDCCCC3D 000080BF", new[] { 0.10000000149011612, -1 })]
    [InlineData("F16", "003C 0100", new[] { 1, 5.960464477539063e-08 })]
    [InlineData("BF16", "CD3D 80FF", new[] { 0.10009765625, double.NegativeInfinity })]
    public void Floating_point_numbers_are_read_as_doubles(string type, string bytes, double[] expected)
    {
        byte[] content = Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal));
        Put($$$"""{"a":{"dtype":"{{{type}}}","shape":[2,1],"data_offsets":[0,{{{content.Length}}}]}}   """, content);
        StoredArray tensor = Assert.Single(SafetensorsFile.Open(FilePath).Tensors);
        Assert.Equal(("a", type, ElementKind.Number), (tensor.Name, tensor.Type, tensor.Kind));
        Assert.Equal([2, 1], tensor.Shape);
        Assert.Equal(expected, Assert.IsType<double[]>(tensor.Read()));
    }

    [Fact]
    public void A_large_tensor_is_read_piece_by_piece_from_its_place()
    {
        double[] bits = [.. Enumerable.Range(0, 200_000).Select(i => (double)BitConverter.UInt32BitsToSingle((uint)(i % 30_000) << 16))];
        byte[] halves = [.. Enumerable.Range(0, 200_000).SelectMany(i => BitConverter.GetBytes((ushort)(i % 30_000)))];
        Put("""{"b":{"dtype":"BF16","shape":[200000],"data_offsets":[8,400008]},"a":{"dtype":"F64","shape":[],"data_offsets":[0,8]}}""", [0, 0, 0, 0, 0, 0, 0, 64, .. halves]);
        IReadOnlyList<StoredArray> tensors = SafetensorsFile.Open(FilePath).Tensors;
        Assert.Equal(["a", "b"], tensors.Select(tensor => tensor.Name));
        Assert.Equal([2.0], (double[])tensors[0].Read());
        Assert.Equal(bits, (double[])tensors[1].Read());
    }

    [Fact]
    public void Others_are_listed_but_not_read_and_texts_are_kept()
    {
        Put("""{"__metadata__":{"format":"pt","ü":"\u00e4\n"},"n":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},"none":{"dtype":"U8","shape":[0,3],"data_offsets":[8,8]}}""", new byte[8]);
        var file = SafetensorsFile.Open(FilePath);
        Assert.Equal(new Dictionary<string, string> { ["format"] = "pt", ["ü"] = "ä\n" }, file.Metadata);
        Assert.Equal(["n", "none"], file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal(
            $"{FilePath}: tensor 'n' is of the type I64; expected F64, F32, F16 or BF16. Save it as one of these.",
            Assert.Throws<StepZeroException>(file.Tensors[0].Read).Message);
    }

    [Fact]
    public void What_is_written_is_read_with_its_texts()
    {
        using (FileStream file = File.Create(FilePath))
        {
            SafetensorsWriter.Write(
                file, [new SafetensorsEntry("\"x\"\n", WeightType.Float16, [2], stream => stream.Write([0, 60, 0, 0])), new SafetensorsEntry("scalar", WeightType.Float64, [], stream => stream.Write(new byte[8]))],
                ("a", "{\"b\": 1}"), ("c", ""));
        }

        Assert.Equal(0, (BitConverter.ToInt64(File.ReadAllBytes(FilePath)) % 8));
        var read = SafetensorsFile.Open(FilePath);
        Assert.Equal(new Dictionary<string, string> { ["a"] = "{\"b\": 1}", ["c"] = "" }, read.Metadata);
        Assert.Equal(["\"x\"\n", "scalar"], read.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([1.0, 0], (double[])read.Tensors[0].Read());
    }

    [Theory]
    [InlineData("[]", 0, "its header does not begin with '{'")]
    [InlineData(" {}", 0, "its header does not begin with '{'")]
    [InlineData("", 0, "its header does not begin with '{'")]
    [InlineData("{\"a\":", 0, "Expected depth to be zero at the end of the JSON payload.")]
    [InlineData("{} x", 0, "'x' is invalid after a single JSON value.")]
    [InlineData("{\"a\":[]}", 0, "tensor 'a': has no \"dtype\"; expected an object with \"dtype\", \"shape\" and \"data_offsets\"")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8, "tensor 'a': has no \"data_offsets\"; expected an object")]
    [InlineData("{\"a\":{\"dtype\":7,\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "tensor 'a': its \"dtype\" is 7; expected a text such as \"F32\"")]
    [InlineData("{\"a\":{\"dtype\":\"F31\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "tensor 'a': is of the type 'F31', which is not known here; known: BOOL, U8")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}", 8, "tensor 'a': its \"shape\" is 2; expected sizes that are whole numbers from 0")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", 8, "tensor 'a': its \"shape\" holds -2; expected sizes that are whole numbers from 0")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}", 8, "tensor 'a': its \"shape\" holds 2.5; expected")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}", 8, "tensor 'a': its \"shape\" holds 99999999999999999999; expected")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[[2]],\"data_offsets\":[0,8]}}", 8, "tensor 'a': its \"shape\" holds [2]; expected")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,4294967296],\"data_offsets\":[0,8]}}", 8, "tensor 'a': its header names more elements than there can be: 4294967296 × 4294967296")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387906],\"data_offsets\":[0,8]}}", 8, "tensor 'a': lies from byte 0 to 8; expected 18446744073709551624 bytes for 4611686018427387906 elements of F32")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,9]}}", 8, "tensor 'a': its \"data_offsets\" are not two")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,\"8\"]}}", 8, "tensor 'a': its \"data_offsets\" holds \"8\"; expected two offsets that are whole numbers from 0")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", 8, "tensor 'a': lies from byte 8 to 0; expected 8 bytes for 2 elements of F32")]
    [InlineData("{\"a\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "tensor 'a': lies from byte 0 to 8; expected 16 bytes for 2 elements of F64")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[9223372036854775799,9223372036854775807]}}", 8, "tensor 'a' begins at byte 9223372036854775799; expected 0")]
    [InlineData("{\"a\":" + Tensor + "}", 7, "its tensors take 8 bytes, and 7 follow the header")]
    [InlineData("{\"a\":" + Tensor + "}", 9, "its tensors take 8 bytes, and 9 follow the header")]
    [InlineData("{}", 1, "its tensors take 0 bytes, and 1 follow the header")]
    [InlineData("{\"a\":" + Tensor + ",\"b\":" + Tensor + "}", 8, "tensor 'b' begins at byte 0; expected 8, where the one before it ends")]
    [InlineData("{\"a\":" + Tensor + ",\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8, "tensor 'b' begins at byte 4; expected 8, where the one before it ends")]
    [InlineData("{\"a\":" + Tensor + ",\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[12,16]}}", 16, "tensor 'b' begins at byte 12; expected 8, where the one before it ends")]
    [InlineData("{\"a\":" + Tensor + ",\"\\u0061\":" + Tensor + "}", 8, "Duplicate property 'a' encountered")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "Duplicate property 'dtype' encountered")]
    [InlineData("{\"__metadata__\":[]}", 0, "its __metadata__ is []; expected an object of texts")]
    [InlineData("{\"__metadata__\":{\"a\":\"x\",\"b\":7}}", 0, "its __metadata__ has 'b' = 7; expected a text")]
    [InlineData("{\"__metadata__\":{\"a\":\"x\",\"a\":\"y\"}}", 0, "Duplicate property 'a' encountered")]
    [InlineData("{\"__metadata__\":{\"a\":\"\\ud800\"}}", 0, "")]
    public void Another_header_ends_in_one_line(string header, int rest, string message)
    {
        Put(header, new byte[rest]);
        AssertDamaged(message);
    }

    [Fact]
    public void A_length_that_lies_and_a_file_that_is_cut_end_in_one_line()
    {
        Put("{\"a\":" + Tensor + "}", new byte[8]);
        byte[] valid = File.ReadAllBytes(FilePath);
        for (int length = 0; length < valid.Length; length++)
        {
            File.WriteAllBytes(FilePath, valid[..length]);
            AssertDamaged("");
        }

        foreach ((ulong length, string message) in ((ulong, string)[])[
            (ulong.MaxValue, "its header claims 18446744073709551615 bytes; 62 follow, and at most 100000000 are allowed"), (63, "its header claims 63 bytes; 62 follow"), (1UL << 63, "its header claims 9223372036854775808 bytes")])
        {
            File.WriteAllBytes(FilePath, [.. BitConverter.GetBytes(length), .. valid[8..]]);
            AssertDamaged(message);
        }

        using (FileStream sparse = File.Create(FilePath))
        {
            sparse.Write(BitConverter.GetBytes(100_000_001L));
            sparse.WriteByte((byte)'{');
            sparse.SetLength(200_000_000);
        }

        AssertDamaged("its header claims 100000001 bytes; 199999992 follow, and at most 100000000 are allowed");
    }

    [Fact]
    public void Nested_nonsense_and_many_sizes_end_in_one_line()
    {
        Put("{\"a\":" + new string('[', 100_000) + new string(']', 100_000) + "}", []);
        AssertDamaged("The maximum configured depth of 64 has been exceeded.");
        Put($$$"""{"a":{"dtype":"F32","shape":[{{{string.Join(',', Enumerable.Repeat(1, 100_000))}}}],"data_offsets":[0,4]}}""", new byte[4]);
        AssertDamaged("tensor 'a': its \"shape\" has 100000 numbers; expected at most 64");
    }

    [Fact]
    public void A_file_that_shrinks_after_it_was_opened_ends_in_one_line()
    {
        Put("{\"a\":" + Tensor + "}", new byte[8]);
        StoredArray tensor = SafetensorsFile.Open(FilePath).Tensors[0];
        Put("{}", []);
        Assert.StartsWith($"{FilePath}: is damaged; expected a .safetensors file that is whole", Assert.Throws<StepZeroException>(tensor.Read).Message, StringComparison.Ordinal);
    }

    private void Put(string header, byte[] content)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(FilePath, [.. BitConverter.GetBytes((long)text.Length), .. text, .. content]);
    }

    private void AssertDamaged(string message)
    {
        string found = Assert.Throws<StepZeroException>(() => SafetensorsFile.Open(FilePath)).Message;
        Assert.StartsWith($"{FilePath}: is damaged; expected a .safetensors file that is whole ({message}", found, StringComparison.Ordinal);
        Assert.Matches(@"^[^\n]{20,2000}\. Write or copy it again\.$", found);
    }
}
