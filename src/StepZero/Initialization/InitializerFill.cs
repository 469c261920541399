using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Initialization;

/// <content>Filling single tensors.</content>
public sealed partial class Initializer
{
    /// <summary>Fills a tensor.</summary>
    /// <typeparam name="T">double, float, Half or <see cref="BFloat16"/>; the 16-bit formats are drawn in single precision and rounded to nearest.</typeparam>
    /// <param name="weights">Receives the weights, row-major.</param>
    /// <param name="shape">The shape; its elements are as many as the span's.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <exception cref="ArgumentException">The span has another length than the shape has elements, or T is another type.</exception>
    /// <exception cref="StepZeroException">The shape is impossible for this initializer, or it needs data.</exception>
    /// <example><code>Initializer.Parse("he_normal@keras").Fill(weights, TensorShape.Dense(128, 784), new PhiloxRandom(1, "hidden.weight"));</code></example>
    public void Fill<T>(Span<T> weights, TensorShape shape, RandomSource random) where T : unmanaged
    {
        if (weights.Length != shape.ElementCount)
        {
            throw new ArgumentException($"The span has {weights.Length} elements; the shape {shape} has {shape.ElementCount}.", nameof(weights));
        }

        if (Single() is Recipe.Elementwise elementwise)
        {
            FillSpan(weights, elementwise.Of(shape), random);
            return;
        }

        if (typeof(T) == typeof(double))
        {
            FillWhole(MemoryMarshal.Cast<T, double>(weights), shape, new Draws(random, Single: false));
            return;
        }

        double[] exact = new double[weights.Length];
        float[] single = new float[weights.Length];
        FillWhole(exact, shape, new Draws(random, Single: true));
        Conversion.Copy<double, float>(exact, single);
        Narrow<T>(single, weights);
    }

    /// <summary>Fills a part of a tensor with what it would hold if all of it were filled: on another machine, in another order.</summary>
    /// <param name="part">Receives the part.</param>
    /// <param name="start">The index of its first element in the tensor.</param>
    /// <param name="shape">The shape of the whole tensor.</param>
    /// <param name="random">The counter-based stream of the tensor. (Only initializers that draw each weight on its own cost less than the whole.)</param>
    /// <inheritdoc cref="Fill{T}(Span{T}, TensorShape, RandomSource)"/>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie in the tensor.</exception>
    public void FillPart<T>(Span<T> part, int start, TensorShape shape, PhiloxRandom random) where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)start + part.Length, shape.ElementCount, nameof(start));
        if (Single() is Recipe.Elementwise elementwise)
        {
            FillSpan(part, elementwise.Of(shape), random.At(start));
            return;
        }

        T[] whole = new T[shape.ElementCount];
        Fill(whole.AsSpan(), shape, random.At(0));
        whole.AsSpan(start, part.Length).CopyTo(part);
    }

    /// <summary>Fills an array of any rank, whose sizes are the shape.</summary>
    /// <param name="weights">An array of double, float, Half or <see cref="BFloat16"/>.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="layout">The meaning of the axes, as in <see cref="TensorShape"/>.</param>
    /// <exception cref="ArgumentException">The elements are of another type.</exception>
    /// <exception cref="StepZeroException">The shape is impossible for this initializer, or it needs data.</exception>
    public void Fill(Array weights, RandomSource random, string layout = TensorShape.DefaultLayout)
    {
        var shape = new TensorShape([.. Enumerable.Range(0, weights.Rank).Select(weights.GetLength)], layout);
        Type type = weights.GetType().GetElementType()!;
        if (type == typeof(double))
        {
            FillElements<double>();
        }
        else if (type == typeof(float))
        {
            FillElements<float>();
        }
        else if (type == typeof(Half))
        {
            FillElements<Half>();
        }
        else if (type == typeof(BFloat16))
        {
            FillElements<BFloat16>();
        }
        else
        {
            throw OtherType(type);
        }

        void FillElements<T>() where T : unmanaged =>
            Fill(MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(weights)), weights.Length), shape, random);
    }

    /// <summary>Fills a tensor of System.Numerics.Tensors, whose lengths are the shape.</summary>
    /// <typeparam name="T">double, float, Half or <see cref="BFloat16"/>.</typeparam>
    /// <param name="weights">Receives the weights.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="layout">The meaning of the axes, as in <see cref="TensorShape"/>.</param>
    /// <exception cref="ArgumentException">T is another type.</exception>
    /// <exception cref="StepZeroException">The shape is impossible for this initializer, or it needs data.</exception>
    public void Fill<T>(Tensor<T> weights, RandomSource random, string layout = TensorShape.DefaultLayout) where T : unmanaged
    {
        int[] sizes = new int[weights.Rank];
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            sizes[axis] = checked((int)weights.Lengths[axis]);
        }

        var shape = new TensorShape(sizes, layout);
        T[] values = new T[shape.ElementCount];
        Fill(values.AsSpan(), shape, random);
        Tensor.Create(values, weights.Lengths).CopyTo(weights);
    }

    /// <summary>What mean and standard deviation the weights of a tensor have over all draws; for a deterministic initializer those it has.</summary>
    /// <param name="shape">The shape of the tensor.</param>
    /// <returns>Both over all its elements together.</returns>
    /// <exception cref="StepZeroException">The shape is impossible for this initializer, or it needs data.</exception>
    public Moments Expected(TensorShape shape) => Single() switch
    {
        Recipe.Elementwise elementwise => elementwise.Of(shape).Expected,
        Recipe.Whole whole => whole.Expected(shape).Times(gain),
        _ => throw WithoutData(),
    };

    /// <summary>Draws each number on its own; 16-bit formats by way of single precision.</summary>
    private static void FillSpan<T>(Span<T> weights, Distribution distribution, RandomSource random) where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            distribution.Fill(MemoryMarshal.Cast<T, double>(weights), random);
        }
        else if (typeof(T) == typeof(float))
        {
            distribution.Fill(MemoryMarshal.Cast<T, float>(weights), random);
        }
        else
        {
            float[] wide = new float[weights.Length];
            distribution.Fill(wide, random);
            Narrow<T>(wide, weights);
        }
    }

    private void FillWhole(Span<double> weights, TensorShape shape, Draws draws)
    {
        weights.Clear();
        (recipe as Recipe.Whole ?? throw WithoutData()).Fill(weights, shape, draws);
        TensorPrimitives.Multiply(weights, gain, weights);
    }

    private Recipe Single() => recipe
        ?? throw new StepZeroException($"Initializer '{Name}': names one for each layer of a network; expected a single one for a single tensor.");

    private static void Narrow<T>(ReadOnlySpan<float> wide, Span<T> weights) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            wide.CopyTo(MemoryMarshal.Cast<T, float>(weights));
        }
        else if (typeof(T) == typeof(Half))
        {
            TensorPrimitives.ConvertToHalf(wide, MemoryMarshal.Cast<T, Half>(weights));
        }
        else if (typeof(T) == typeof(BFloat16))
        {
            Span<BFloat16> narrow = MemoryMarshal.Cast<T, BFloat16>(weights);
            for (int i = 0; i < wide.Length; i++)
            {
                narrow[i] = (BFloat16)wide[i];
            }
        }
        else
        {
            throw OtherType(typeof(T));
        }
    }

    private static ArgumentException OtherType(Type type) => new($"Weights cannot be {type.Name}; expected double, float, Half or BFloat16.");
}
