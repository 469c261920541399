using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>
/// A row-major view of aligned memory. Every row starts on a 64-byte boundary, and the elements between <see cref="Columns"/> and
/// <see cref="Stride"/> belong to the kernels: they read and write whole vectors. A view over whole columns shares its memory with the matrix
/// it was cut from.
/// </summary>
/// <remarks>
/// The memory is a pinned managed array, so it needs no disposal. The view keeps it alive, and so do its rows, but a pointer into it does not: a kernel
/// that works on <see cref="Data"/> ends with <see cref="KeepAlive"/>, or the collector may take the memory of a temporary matrix away in the middle.
/// </remarks>
internal readonly unsafe struct Matrix<T> where T : unmanaged
{
    private readonly T[] memory;
    private readonly nint offset;

    private Matrix(T[] memory, nint offset, int rows, int columns, int stride)
    {
        this.memory = memory;
        this.offset = offset;
        Rows = rows;
        Columns = columns;
        Stride = stride;
    }

    /// <summary>Elements in one vector, the unit to which rows are padded.</summary>
    public static int VectorLength => Vector512<T>.Count;

    public T* Data => memory is null ? null : (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(memory)) + offset;

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Elements from the start of one row to the start of the next; a multiple of <see cref="VectorLength"/>.</summary>
    public int Stride { get; }

    public bool IsEmpty => memory is null;

    /// <summary>Vectors that cover one row, the last one perhaps in part.</summary>
    public int VectorsPerRow => (Columns + VectorLength - 1) / VectorLength;

    public Span<T> this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows);
            return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(memory), offset + ((nint)row * Stride)), Columns);
        }
    }

    /// <summary>Elements that <see cref="Allocate"/> uses for a matrix of this shape.</summary>
    public static long PaddedLength(int rows, int columns) => (long)rows * Pad(columns);

    /// <summary>A matrix of zeros.</summary>
    public static Matrix<T> Allocate(int rows, int columns)
    {
        int aligned = 64 / sizeof(T);
        T[] memory = GC.AllocateArray<T>(checked((int)(PaddedLength(rows, columns) + aligned)), pinned: true);
        fixed (T* start = memory)
        {
            var data = (T*)(((nuint)start + 63) & ~(nuint)63);
            return new Matrix<T>(memory, (nint)(data - start), rows, columns, Pad(columns));
        }
    }

    /// <summary>The columns from <paramref name="start"/>, which must be a multiple of <see cref="VectorLength"/>.</summary>
    public Matrix<T> ColumnRange(int start, int count)
    {
        if (start == 0 && count == Columns)
        {
            return this;
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(start % VectorLength, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)(start + count), (uint)Columns);
        return new Matrix<T>(memory, offset + start, Rows, count, Stride);
    }

    /// <summary>The rows from <paramref name="start"/>.</summary>
    public Matrix<T> RowRange(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)(start + count), (uint)Rows);
        return new Matrix<T>(memory, offset + ((nint)start * Stride), count, Columns, Stride);
    }

    /// <summary>A matrix of the given shape in the single row of this one, from element <paramref name="start"/> (a multiple of <see cref="VectorLength"/>).</summary>
    public Matrix<T> Reshape(int start, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(Rows, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(start % VectorLength, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + PaddedLength(rows, columns), Stride);
        return new Matrix<T>(memory, offset + start, rows, columns, Pad(columns));
    }

    /// <summary>Keeps the memory until here.</summary>
    public void KeepAlive() => GC.KeepAlive(memory);

    private static int Pad(int columns) => checked((columns + VectorLength - 1) / VectorLength * VectorLength);
}
