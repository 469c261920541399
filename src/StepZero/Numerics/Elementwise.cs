using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>Passes over whole matrices, padding included.</summary>
internal static unsafe class Elementwise
{
    /// <summary>Sets each row to one value plus, where given, <paramref name="factor"/> times the row of <paramref name="source"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SetRows<T>(Matrix<T> target, ReadOnlySpan<T> rowValues, Matrix<T> source, T factor) where T : unmanaged
    {
        int length = target.VectorsPerRow * Vector512<T>.Count;
        Vector512<T> times = Vector512.Create(factor);
        for (int row = 0; row < target.Rows; row++)
        {
            Vector512<T> value = Vector512.Create(rowValues[row]);
            T* to = target.Data + ((nint)row * target.Stride);
            T* from = source.IsEmpty ? null : source.Data + ((nint)row * source.Stride);
            for (int i = 0; i < length; i += Vector512<T>.Count)
            {
                (from == null ? value : Simd.MultiplyAdd(times, Vector512.Load(from + i), value)).Store(to + i);
            }
        }

        target.KeepAlive();
        source.KeepAlive();
    }

    /// <summary>Sets every element to zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Clear<T>(Matrix<T> target) where T : unmanaged
    {
        int length = target.VectorsPerRow * Vector512<T>.Count;
        for (int row = 0; row < target.Rows; row++)
        {
            new Span<T>(target.Data + ((nint)row * target.Stride), length).Clear();
        }

        target.KeepAlive();
    }

    /// <summary>Multiplies each element by the one at the same place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyBy<T>(Matrix<T> target, Matrix<T> factors) where T : unmanaged
    {
        int length = target.VectorsPerRow * Vector512<T>.Count;
        for (int row = 0; row < target.Rows; row++)
        {
            T* to = target.Data + ((nint)row * target.Stride);
            T* by = factors.Data + ((nint)row * factors.Stride);
            for (int i = 0; i < length; i += Vector512<T>.Count)
            {
                (Vector512.Load(to + i) * Vector512.Load(by + i)).Store(to + i);
            }
        }

        target.KeepAlive();
        factors.KeepAlive();
    }

    /// <summary>Multiplies each element by one number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyBy<T>(Matrix<T> target, T factor) where T : unmanaged
    {
        Vector512<T> times = Vector512.Create(factor);
        int length = target.VectorsPerRow * Vector512<T>.Count;
        for (int row = 0; row < target.Rows; row++)
        {
            T* to = target.Data + ((nint)row * target.Stride);
            for (int i = 0; i < length; i += Vector512<T>.Count)
            {
                (Vector512.Load(to + i) * times).Store(to + i);
            }
        }

        target.KeepAlive();
    }

    /// <summary>The sum of the products of elements at the same place, padding included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfProducts<T>(Matrix<T> a, Matrix<T> b) where T : unmanaged, INumberBase<T>
    {
        double sum = 0;
        int length = a.VectorsPerRow * Vector512<T>.Count;
        for (int row = 0; row < a.Rows; row++)
        {
            Vector512<T> lanes = default;
            for (int i = 0; i < length; i += Vector512<T>.Count)
            {
                lanes = Simd.MultiplyAdd(Vector512.Load(a.Data + ((nint)row * a.Stride) + i), Vector512.Load(b.Data + ((nint)row * b.Stride) + i), lanes);
            }

            sum += Simd.ToDouble(Simd.Sum(lanes));
        }

        a.KeepAlive();
        b.KeepAlive();
        return sum;
    }

    /// <summary>Writes the transpose of <paramref name="source"/> [rows, columns] to <paramref name="target"/> [columns, rows].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose<T>(Matrix<T> source, Matrix<T> target) where T : unmanaged
    {
        // Eight rows at a time, so that a line of the target is full before it leaves the cache.
        const int Together = 8;
        int row = 0;
        nint s = source.Stride;
        for (; row + Together <= source.Rows; row += Together)
        {
            T* from = source.Data + (row * s);
            T* to = target.Data + row;
            for (int column = 0; column < source.Columns; column++, from++, to += target.Stride)
            {
                to[0] = from[0];
                to[1] = from[s];
                to[2] = from[2 * s];
                to[3] = from[3 * s];
                to[4] = from[4 * s];
                to[5] = from[5 * s];
                to[6] = from[6 * s];
                to[7] = from[7 * s];
            }
        }

        for (; row < source.Rows; row++)
        {
            for (int column = 0; column < source.Columns; column++)
            {
                target.Data[((nint)column * target.Stride) + row] = source.Data[(row * s) + column];
            }
        }

        source.KeepAlive();
        target.KeepAlive();
    }

    /// <summary>target += scale·addend.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled<T>(Matrix<T> target, T scale, Matrix<T> addend) where T : unmanaged
    {
        Vector512<T> factor = Vector512.Create(scale);
        int length = target.VectorsPerRow * Vector512<T>.Count;
        for (int row = 0; row < target.Rows; row++)
        {
            T* to = target.Data + ((nint)row * target.Stride);
            T* from = addend.Data + ((nint)row * addend.Stride);
            for (int i = 0; i < length; i += Vector512<T>.Count)
            {
                Simd.MultiplyAdd(factor, Vector512.Load(from + i), Vector512.Load(to + i)).Store(to + i);
            }
        }

        target.KeepAlive();
        addend.KeepAlive();
    }

    /// <summary>Adds the sum of each row to its place in <paramref name="sums"/>. The padding takes part, so it must be zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddRowSums<T>(Matrix<T> source, Span<T> sums) where T : unmanaged, INumberBase<T>
    {
        int length = source.VectorsPerRow * Vector512<T>.Count;
        for (int row = 0; row < source.Rows; row++)
        {
            T* from = source.Data + ((nint)row * source.Stride);
            Vector512<T> sum = Vector512<T>.Zero;
            for (int i = 0; i < length; i += Vector512<T>.Count)
            {
                sum += Vector512.Load(from + i);
            }

            sums[row] += Simd.Sum(sum);
        }

        source.KeepAlive();
    }

    /// <summary>Bytes as numbers, exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<byte> source, Span<double> target)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(source.Length, target.Length);
        int i = 0;
        fixed (byte* from = source)
        fixed (double* to = target)
        {
            // An integer below 2^52 in the low bits of the number 2^52 is that number plus the integer.
            Vector512<long> magic = Vector512.Create(4503599627370496.0).AsInt64();
            for (; i + 8 <= source.Length; i += 8)
            {
                Vector128<ushort> words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)(from + i)).AsByte());
                Vector256<uint> integers = Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words));
                Vector512<long> wide = Vector512.Create(Vector256.WidenLower(integers), Vector256.WidenUpper(integers)).AsInt64();
                ((wide | magic).AsDouble() - magic.AsDouble()).Store(to + i);
            }
        }

        for (; i < source.Length; i++)
        {
            target[i] = source[i];
        }
    }

    /// <summary>Bytes as 16-bit integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<byte> source, Span<short> target)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(source.Length, target.Length);
        int i = 0;
        fixed (byte* from = source)
        fixed (short* to = target)
        {
            for (; i + Vector512<short>.Count <= source.Length; i += Vector512<short>.Count)
            {
                Vector512.WidenLower(Vector256.Load(from + i).ToVector512Unsafe()).AsInt16().Store(to + i);
            }
        }

        for (; i < source.Length; i++)
        {
            target[i] = source[i];
        }
    }
}
