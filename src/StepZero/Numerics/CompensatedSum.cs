using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>A sum that carries its rounding error along (Neumaier 1974).</summary>
internal struct CompensatedSum
{
    private double total;
    private double lost;

    public readonly double Value => total + lost;

    public void Add(double value)
    {
        double next = total + value;
        double added = next - total;
        lost += (total - (next - added)) + (value - added);
        total = next;
    }
}

/// <summary>The same in every lane of a vector.</summary>
internal struct LaneSums<T> where T : unmanaged, INumberBase<T>
{
    private Vector512<T> total;
    private Vector512<T> lost;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector512<T> values)
    {
        Vector512<T> next = total + values;
        Vector512<T> added = next - total;
        lost += (total - (next - added)) + (values - added);
        total = next;
    }

    /// <summary>Adds the lanes, the first first, and then what rounding has lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AddTo(ref CompensatedSum sum)
    {
        CompensatedSum lanes = sum;
        for (int lane = 0; lane < Vector512<T>.Count; lane++)
        {
            lanes.Add(Simd.ToDouble(total[lane]));
        }

        lanes.Add(Simd.ToDouble(Simd.Sum(lost)));
        sum = lanes;
    }

    /// <summary>The sum without what rounding has lost.</summary>
    public readonly Vector512<T> Total => total;

    /// <summary>What rounding has lost.</summary>
    public readonly Vector512<T> Lost => lost;
}
