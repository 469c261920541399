using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>The vectors that the products of lanes compute with. The width changes the speed and no bit of a result.</summary>
public enum VectorWidth
{
    /// <summary>128 bits: two doubles or four singles.</summary>
    Bits128 = 128,

    /// <summary>256 bits.</summary>
    Bits256 = 256,

    /// <summary>512 bits.</summary>
    Bits512 = 512,
}

/// <summary>The few operations that a product needs, over vectors of one width.</summary>
internal unsafe interface ILaneVector<TSelf, T>
    where TSelf : unmanaged, ILaneVector<TSelf, T>
    where T : unmanaged
{
    public static abstract int Count { get; }

    /// <summary>Rows of the largest tile whose accumulators stay in registers.</summary>
    public static abstract int TileRows { get; }

    /// <summary>Columns of that tile.</summary>
    public static abstract int TileColumns { get; }

    public static abstract TSelf Load(T* from);

    public static abstract TSelf Create(T number);

    public static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    public static abstract void Store(TSelf vector, T* to);

    public static abstract TSelf Add(TSelf a, TSelf b);

    public static abstract TSelf Multiply(TSelf a, TSelf b);
}

internal readonly unsafe struct Vector512Lanes<T>(Vector512<T> value) : ILaneVector<Vector512Lanes<T>, T> where T : unmanaged
{
    private readonly Vector512<T> value = value;

    public static int Count => Vector512<T>.Count;

    public static int TileRows => 5;

    public static int TileColumns => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Lanes<T> Load(T* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Lanes<T> Create(T number) => new(Vector512.Create(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Lanes<T> MultiplyAdd(Vector512Lanes<T> a, Vector512Lanes<T> b, Vector512Lanes<T> c) => new(Simd.MultiplyAdd(a.value, b.value, c.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512Lanes<T> vector, T* to) => vector.value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Lanes<T> Add(Vector512Lanes<T> a, Vector512Lanes<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Lanes<T> Multiply(Vector512Lanes<T> a, Vector512Lanes<T> b) => new(a.value * b.value);
}

internal readonly unsafe struct Vector256Lanes<T>(Vector256<T> value) : ILaneVector<Vector256Lanes<T>, T> where T : unmanaged
{
    private readonly Vector256<T> value = value;

    public static int Count => Vector256<T>.Count;

    public static int TileRows => 4;

    public static int TileColumns => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Lanes<T> Load(T* from) => new(Vector256.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Lanes<T> Create(T number) => new(Vector256.Create(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Lanes<T> MultiplyAdd(Vector256Lanes<T> a, Vector256Lanes<T> b, Vector256Lanes<T> c) => new(typeof(T) == typeof(double)
        ? Vector256.FusedMultiplyAdd(a.value.AsDouble(), b.value.AsDouble(), c.value.AsDouble()).As<double, T>()
        : Vector256.FusedMultiplyAdd(a.value.AsSingle(), b.value.AsSingle(), c.value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256Lanes<T> vector, T* to) => vector.value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Lanes<T> Add(Vector256Lanes<T> a, Vector256Lanes<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Lanes<T> Multiply(Vector256Lanes<T> a, Vector256Lanes<T> b) => new(a.value * b.value);
}

internal readonly unsafe struct Vector128Lanes<T>(Vector128<T> value) : ILaneVector<Vector128Lanes<T>, T> where T : unmanaged
{
    private readonly Vector128<T> value = value;

    public static int Count => Vector128<T>.Count;

    public static int TileRows => 4;

    public static int TileColumns => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Lanes<T> Load(T* from) => new(Vector128.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Lanes<T> Create(T number) => new(Vector128.Create(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Lanes<T> MultiplyAdd(Vector128Lanes<T> a, Vector128Lanes<T> b, Vector128Lanes<T> c) => new(typeof(T) == typeof(double)
        ? Vector128.FusedMultiplyAdd(a.value.AsDouble(), b.value.AsDouble(), c.value.AsDouble()).As<double, T>()
        : Vector128.FusedMultiplyAdd(a.value.AsSingle(), b.value.AsSingle(), c.value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128Lanes<T> vector, T* to) => vector.value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Lanes<T> Add(Vector128Lanes<T> a, Vector128Lanes<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Lanes<T> Multiply(Vector128Lanes<T> a, Vector128Lanes<T> b) => new(a.value * b.value);
}
