using StepZero.Files.Arrays;
using StepZero.Files.Models;
using StepZero.Initialization;

namespace StepZero.Files;

/// <summary>Writes tensors to a file that other libraries read: NumPy's .npz or .safetensors. The same tensors give the same bytes.</summary>
public static class WeightFile
{
    private const string Npz = ".npz";
    private const string Safetensors = ".safetensors";
    private const int LongestNpzName = 10_000;
    private const int MostNumPyDimensions = 32;

    /// <summary>Refuses a file that could not be written, before anything is drawn.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">What is to be written.</param>
    /// <exception cref="StepZeroException">The ending is neither .npz nor .safetensors, or the format lacks a tensor's number format.</exception>
    public static void Check(string path, IReadOnlyList<TensorStart> tensors)
    {
        string ending = Path.GetExtension(path).ToLowerInvariant();
        if (ending is not (Npz or Safetensors))
        {
            throw new StepZeroException($"{path}: expected a name that ends in {Npz} or {Safetensors}.");
        }

        if (ending == Npz && tensors.FirstOrDefault(tensor => tensor.Type == WeightType.BFloat16) is TensorStart narrow)
        {
            throw new StepZeroException($"{path}: tensor '{narrow.Name}' is bfloat16, which NumPy does not have. Save as {Safetensors}, or choose float16 or float32.");
        }

        foreach (TensorStart tensor in tensors)
        {
            string? wrong = ending == Safetensors
                ? tensor.Name == SafetensorsFile.MetadataName ? "is a name that the format keeps for itself. Give it another name" : null
                : tensor.Name.EndsWith(".npy", StringComparison.Ordinal) ? "ends in .npy, which NumPy takes off. Give it another name"
                : tensor.Name.Length > LongestNpzName ? $"is a name of more than {LongestNpzName} letters. Give it another name"
                : tensor.Shape.Dimensions.Count > MostNumPyDimensions ? $"has more than the {MostNumPyDimensions} dimensions that NumPy knows. Give it fewer" : null;
            if (wrong is not null)
            {
                throw new StepZeroException($"{path}: the tensor '{(tensor.Name.Length > 100 ? tensor.Name[..100] + "…" : tensor.Name)}' {wrong}, or save in the other format.");
            }
        }

        AtomicFile.CheckPlace(path);
    }

    /// <summary>Writes a file; its ending says in which format.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="content">The bytes of each, asked for in order.</param>
    /// <exception cref="StepZeroException">As <see cref="Check"/>, or the file cannot be written; nothing is left half-written.</exception>
    public static void Write(string path, IReadOnlyList<TensorStart> tensors, Func<TensorStart, byte[]> content)
    {
        Check(path, tensors);
        bool npz = Path.GetExtension(path).Equals(Npz, StringComparison.OrdinalIgnoreCase);
        AtomicFile.Write(
            path,
            file =>
            {
                if (npz)
                {
                    WriteNpz(file, tensors, content);
                }
                else
                {
                    SafetensorsWriter.Write(file, [.. tensors.Select(tensor => new SafetensorsEntry(
                        tensor.Name, tensor.Type, [.. tensor.Shape.Dimensions.Select(size => (long)size)], stream => stream.Write(content(tensor))))]);
                }
            },
            "Choose another file with --save.");
    }

    private static void WriteNpz(Stream file, IReadOnlyList<TensorStart> tensors, Func<TensorStart, byte[]> content)
    {
        NpzWriter.Write(file, tensors.Select(tensor =>
        {
            string type = tensor.Type switch
            {
                WeightType.Float64 => "<f8",
                WeightType.Float32 => "<f4",
                _ => "<f2",
            };
            return new NpzEntry(tensor.Name, type, [.. tensor.Shape.Dimensions], stream => stream.Write(content(tensor)));
        }));
    }
}
