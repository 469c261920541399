using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>Passes over matrices of lanes, and the ways in and out of a lane.</summary>
internal static unsafe class LaneElementwise
{
    /// <summary>Sets each row to the vector of its place in <paramref name="rowValues"/>, [1, rows] of lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SetRows<T>(Matrix<T> target, Matrix<T> rowValues) where T : unmanaged
    {
        for (int row = 0; row < target.Rows; row++)
        {
            Vector512<T> value = Vector512.Load(rowValues.Data + (row * Vector512<T>.Count));
            T* to = target.Data + ((nint)row * target.Stride);
            for (int i = 0; i < target.Columns; i += Vector512<T>.Count)
            {
                value.Store(to + i);
            }
        }

        target.KeepAlive();
        rowValues.KeepAlive();
    }

    /// <summary>Sets each row to the vector of its place in <paramref name="rowValues"/> plus <paramref name="factor"/> times the row of <paramref name="source"/>.</summary>
    /// <param name="target">[rows, columns] of lanes.</param>
    /// <param name="rowValues">[1, rows] of lanes.</param>
    /// <param name="source">[rows, columns] of lanes.</param>
    /// <param name="factor">[1, 1] of lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SetRows<T>(Matrix<T> target, Matrix<T> rowValues, Matrix<T> source, Matrix<T> factor) where T : unmanaged
    {
        Vector512<T> times = Vector512.Load(factor.Data);
        for (int row = 0; row < target.Rows; row++)
        {
            Vector512<T> value = Vector512.Load(rowValues.Data + (row * Vector512<T>.Count));
            T* to = target.Data + ((nint)row * target.Stride), from = source.Data + ((nint)row * source.Stride);
            for (int i = 0; i < target.Columns; i += Vector512<T>.Count)
            {
                Simd.MultiplyAdd(times, Vector512.Load(from + i), value).Store(to + i);
            }
        }

        target.KeepAlive();
        rowValues.KeepAlive();
        source.KeepAlive();
        factor.KeepAlive();
    }

    /// <summary>target += addend.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(Matrix<T> target, Matrix<T> addend) where T : unmanaged
    {
        for (int row = 0; row < target.Rows; row++)
        {
            T* to = target.Data + ((nint)row * target.Stride), from = addend.Data + ((nint)row * addend.Stride);
            for (int i = 0; i < addend.Columns; i += Vector512<T>.Count)
            {
                (Vector512.Load(to + i) + Vector512.Load(from + i)).Store(to + i);
            }
        }

        target.KeepAlive();
        addend.KeepAlive();
    }

    /// <summary>Writes a matrix of one network, row for row, to its lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load<T>(Matrix<T> lanes, int lane, Matrix<T> network) where T : unmanaged
    {
        for (int row = 0; row < network.Rows; row++)
        {
            T* to = lanes.Data + ((nint)row * lanes.Stride) + lane, from = network.Data + ((nint)row * network.Stride);
            for (int i = 0; i < network.Columns; i++)
            {
                to[(nint)i * Vector512<T>.Count] = from[i];
            }
        }

        lanes.KeepAlive();
        network.KeepAlive();
    }

    /// <summary>Reads a matrix of one network out of its lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unload<T>(Matrix<T> lanes, int lane, Matrix<T> network) where T : unmanaged
    {
        for (int row = 0; row < network.Rows; row++)
        {
            T* from = lanes.Data + ((nint)row * lanes.Stride) + lane, to = network.Data + ((nint)row * network.Stride);
            for (int i = 0; i < network.Columns; i++)
            {
                to[i] = from[(nint)i * Vector512<T>.Count];
            }
        }

        lanes.KeepAlive();
        network.KeepAlive();
    }
}
