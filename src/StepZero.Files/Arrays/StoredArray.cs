using StepZero.Data;

namespace StepZero.Files.Arrays;

/// <summary>What the elements of an array are.</summary>
internal enum ElementKind
{
    /// <summary>Whole numbers from 0 to 255 (uint8), or truth values as 0 and 1.</summary>
    Byte,

    /// <summary>Numbers of any other type, read as doubles.</summary>
    Number,

    /// <summary>Texts.</summary>
    Text,

    /// <summary>Something else, which cannot be read.</summary>
    Other,
}

/// <summary>One array of a file: what its header says of it, and how it is read.</summary>
/// <param name="Name">Its name, as in <c>X_train</c>, or its path, as in <c>train/x</c>.</param>
/// <param name="Type">Its type as the user would write it, as in <c>uint8</c>.</param>
/// <param name="Kind">What its elements are.</param>
/// <param name="Shape">Its sizes; none for a single value.</param>
internal sealed record StoredArray(string Name, string Type, ElementKind Kind, IReadOnlyList<long> Shape)
{
    /// <summary>The letters of a name, or of another text out of a file, that a message shows.</summary>
    public const int LongestName = 100;

    /// <summary>The number of elements of each sample, the product of all sizes but the first; what a header claims may be more than a number holds, which counts as the most.</summary>
    public long FeatureCount => Shape.Skip(1).Aggregate(1L, (product, size) => size > 0 && product > long.MaxValue / size ? long.MaxValue : product * size);

    /// <summary>Its sizes as messages show them, as in 200×3.</summary>
    public string ShapeText => Shape is [] ? "single value" : string.Join('×', Shape);

    /// <summary>
    /// Reads all elements, row-major: a <c>byte[]</c>, a <c>double[]</c> or a <c>string[]</c>, by <see cref="Kind"/>. Throws a
    /// <see cref="StepZeroException"/> where the file is damaged or cannot be read.
    /// </summary>
    public required Func<Array> Read { get; init; }

    /// <summary>The bytes where they are, for an array that need not be read as a whole; null where that is impossible. The first size is that of the samples.</summary>
    public Func<StoredFeatures>? Stored { get; init; }

    /// <summary>The number of elements of a shape.</summary>
    /// <exception cref="InvalidDataException">There are more than a number holds.</exception>
    public static long CountOf(IReadOnlyList<long> shape)
    {
        if (shape.Contains(0))
        {
            return 0;
        }

        long count = 1;
        foreach (long size in shape)
        {
            if (size > long.MaxValue / count)
            {
                throw new InvalidDataException($"its header names more elements than there can be: {string.Join(" × ", shape)}");
            }

            count *= size;
        }

        return count;
    }
}
