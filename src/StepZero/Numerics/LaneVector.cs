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

    public static abstract void AddTo(T* to, TSelf vector);
}

internal readonly unsafe struct Lanes512<T>(Vector512<T> value) : ILaneVector<Lanes512<T>, T> where T : unmanaged
{
    private readonly Vector512<T> value = value;

    public static int Count => Vector512<T>.Count;

    public static int TileRows => 5;

    public static int TileColumns => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(T* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Create(T number) => new(Vector512.Create(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c) => new(Simd.MultiplyAdd(a.value, b.value, c.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512<T> vector, T* to) => vector.value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(T* to, Lanes512<T> vector) => (Vector512.Load(to) + vector.value).Store(to);
}

internal readonly unsafe struct Lanes256<T>(Vector256<T> value) : ILaneVector<Lanes256<T>, T> where T : unmanaged
{
    private readonly Vector256<T> value = value;

    public static int Count => Vector256<T>.Count;

    public static int TileRows => 4;

    public static int TileColumns => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(T* from) => new(Vector256.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Create(T number) => new(Vector256.Create(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c) => new(typeof(T) == typeof(double)
        ? Vector256.FusedMultiplyAdd(a.value.AsDouble(), b.value.AsDouble(), c.value.AsDouble()).As<double, T>()
        : Vector256.FusedMultiplyAdd(a.value.AsSingle(), b.value.AsSingle(), c.value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256<T> vector, T* to) => vector.value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(T* to, Lanes256<T> vector) => (Vector256.Load(to) + vector.value).Store(to);
}

internal readonly unsafe struct Lanes128<T>(Vector128<T> value) : ILaneVector<Lanes128<T>, T> where T : unmanaged
{
    private readonly Vector128<T> value = value;

    public static int Count => Vector128<T>.Count;

    public static int TileRows => 4;

    public static int TileColumns => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(T* from) => new(Vector128.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Create(T number) => new(Vector128.Create(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAdd(Lanes128<T> a, Lanes128<T> b, Lanes128<T> c) => new(typeof(T) == typeof(double)
        ? Vector128.FusedMultiplyAdd(a.value.AsDouble(), b.value.AsDouble(), c.value.AsDouble()).As<double, T>()
        : Vector128.FusedMultiplyAdd(a.value.AsSingle(), b.value.AsSingle(), c.value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128<T> vector, T* to) => vector.value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(T* to, Lanes128<T> vector) => (Vector128.Load(to) + vector.value).Store(to);
}
