namespace StepZero.Files.Arrays;

/// <summary>Puts arrays whose first index runs fastest, as Fortran has them, into the order of rows.</summary>
internal static class Transposition
{
    /// <summary>Small enough that the rows and columns of a square of this side stay in the nearest cache.</summary>
    private const int Tile = 32;

    /// <summary>The elements with the last index running fastest.</summary>
    /// <param name="source">The elements with the first index running fastest; may be returned itself.</param>
    /// <param name="shape">The sizes.</param>
    public static T[] ToRows<T>(T[] source, IReadOnlyList<long> shape)
    {
        if (source.Length == 0 || !Reorders(shape))
        {
            return source;
        }

        int[] sizes = [.. shape.Where(size => size != 1).Select(size => (int)size)];
        int first = sizes[0];
        int last = sizes[^1];
        int[] sourceStrides = new int[sizes.Length];
        int[] targetStrides = new int[sizes.Length];
        for (int axis = 0, before = 1; axis < sizes.Length; axis++)
        {
            sourceStrides[axis] = before;
            before *= sizes[axis];
            targetStrides[axis] = source.Length / before;
        }

        T[] target = GC.AllocateUninitializedArray<T>(source.Length);
        int[] index = new int[sizes.Length];
        int from = 0;
        int to = 0;
        for (int plane = source.Length / first / last; plane > 0; plane--)
        {
            Transpose(source.AsSpan(from), sourceStrides[^1], target.AsSpan(to), targetStrides[0], first, last);
            for (int axis = 1; axis < sizes.Length - 1; axis++)
            {
                from += sourceStrides[axis];
                to += targetStrides[axis];
                if (++index[axis] < sizes[axis])
                {
                    break;
                }

                from -= sizes[axis] * sourceStrides[axis];
                to -= sizes[axis] * targetStrides[axis];
                index[axis] = 0;
            }
        }

        return target;
    }

    /// <summary>Whether the two orders differ at all.</summary>
    public static bool Reorders(IReadOnlyList<long> shape) => shape.Count(size => size != 1) > 1;

    /// <summary>Takes a matrix of neighbours in a column to one of neighbours in a row, square by square.</summary>
    private static void Transpose<T>(ReadOnlySpan<T> source, int sourceStride, Span<T> target, int targetStride, int rows, int columns)
    {
        for (int top = 0; top < rows; top += Tile)
        {
            int bottom = Math.Min(rows, top + Tile);
            for (int left = 0; left < columns; left += Tile)
            {
                int width = Math.Min(columns - left, Tile);
                for (int row = top; row < bottom; row++)
                {
                    Span<T> line = target.Slice((row * targetStride) + left, width);
                    for (int column = 0; column < line.Length; column++)
                    {
                        line[column] = source[row + ((left + column) * sourceStride)];
                    }
                }
            }
        }
    }
}
