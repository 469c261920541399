using StepZero.Files.Arrays;

namespace StepZero.Files.Models;

/// <summary>A file of named tensors, .safetensors or .npz as its content says, and what StepZero wrote beside them.</summary>
/// <param name="Path">The file.</param>
/// <param name="Tensors">The tensors: in the order of their bytes, of a .npz in the order of the file.</param>
/// <param name="Model">The text that <see cref="ModelText"/> reads; null where the file is not one of ours.</param>
internal sealed record TensorFile(string Path, IReadOnlyList<StoredArray> Tensors, string? Model)
{
    /// <summary>The name of the text: among the metadata of a .safetensors file, an array of one text in a .npz.</summary>
    public const string ModelName = "stepzero.model";

    private const string Expected = "a .safetensors or .npz file of weights";
    private const int Start = 9;

    /// <summary>Opens a file and reads all but the tensors' elements.</summary>
    /// <exception cref="StepZeroException">It cannot be read, is damaged, or neither .safetensors nor .npz.</exception>
    public static TensorFile Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new StepZeroException($"{path}: is a folder; expected {Expected}.");
        }

        byte[] start = Damage.Guard(path, Expected, () =>
        {
            using FileStream file = FileKinds.OpenOrdinary(path, Expected);
            byte[] bytes = new byte[Start];
            return bytes[..file.ReadAtLeast(bytes, Start, throwOnEndOfStream: false)];
        });
        if (start.AsSpan().StartsWith("PK"u8))
        {
            return OfNpz(path);
        }

        if (!SafetensorsFile.Begins(start))
        {
            throw new StepZeroException($"{path}: begins with {Convert.ToHexString(start)}, as neither a .safetensors nor a .npz file does; expected one of these. {(path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? "ONNX files are for other programs: keep the network as .safetensors or .npz too" : "Give a file of weights")}.");
        }

        var safetensors = SafetensorsFile.Open(path);
        return new TensorFile(path, safetensors.Tensors, safetensors.Metadata.GetValueOrDefault(ModelName));
    }

    /// <summary>Reads the elements of a tensor.</summary>
    /// <exception cref="StepZeroException">They are no floating point numbers, or the file is damaged.</exception>
    public double[] Numbers(StoredArray tensor) =>
        tensor.Type is "F64" or "F32" or "F16" or "BF16" or "float64" or "float32" or "float16"
            ? (double[])tensor.Read()
            : throw new StepZeroException($"{Path}: {Named(tensor)} is of the type {tensor.Type}; expected floating point numbers of 16, 32 or 64 bits. Save it as one of these.");

    /// <summary>How a message names a tensor.</summary>
    public static string Named(StoredArray tensor) => $"tensor '{OneLine.Of(tensor.Name, StoredArray.LongestName)}'";

    /// <summary>How a message shows a shape.</summary>
    public static string Text(IReadOnlyList<long> shape) => shape is [] ? "()" : OneLine.Of(string.Join('×', shape), StoredArray.LongestName);

    private static TensorFile OfNpz(string path)
    {
        IReadOnlyList<StoredArray> arrays = NpzFile.List(path);
        StoredArray? text = arrays.FirstOrDefault(array => array.Name == ModelName);
        if (text is null)
        {
            return new TensorFile(path, arrays, null);
        }

        return text is { Kind: ElementKind.Text, Shape: [] } && text.Read() is string[] and [string model]
            ? new TensorFile(path, [.. arrays.Where(array => array != text)], model)
            : throw new StepZeroException($"{path}: {Named(text)} is {text.Type} of shape {Text(text.Shape)}; expected one text. Save the model again.");
    }
}
