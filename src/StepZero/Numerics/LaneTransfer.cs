using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>The ways into a lane and out of it.</summary>
internal static unsafe class LaneTransfer
{
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
