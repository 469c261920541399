using System.Runtime.InteropServices;
using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Initialization;

/// <summary>The number format of a tensor.</summary>
public enum WeightType
{
    /// <summary>IEEE 754 binary16.</summary>
    Float16,

    /// <summary>The upper half of a binary32.</summary>
    BFloat16,

    /// <summary>IEEE 754 binary32.</summary>
    Float32,

    /// <summary>IEEE 754 binary64.</summary>
    Float64,
}

/// <summary>One tensor of a model, and how it starts.</summary>
/// <param name="Name">Its name, by which a counter-based stream is addressed.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Initializer">How its weights are drawn.</param>
/// <param name="Type">Its number format.</param>
public sealed record TensorStart(string Name, TensorShape Shape, Initializer Initializer, WeightType Type)
{
    /// <summary>Bytes of one element.</summary>
    public int ElementSize => Type switch
    {
        WeightType.Float64 => sizeof(double),
        WeightType.Float32 => sizeof(float),
        _ => sizeof(ushort),
    };

    /// <summary>Draws the weights.</summary>
    /// <param name="random">The stream of the model.</param>
    /// <returns>The weights as they lie in memory, row-major.</returns>
    /// <exception cref="StepZeroException">The shape is impossible for the initializer, or it needs data; the message names the tensor.</exception>
    public byte[] Draw(RandomSource random)
    {
        Expected();
        byte[] bytes = new byte[Shape.ElementCount * ElementSize];
        RandomSource source = random.For(Name);
        switch (Type)
        {
            case WeightType.Float64: Initializer.Fill(MemoryMarshal.Cast<byte, double>(bytes.AsSpan()), Shape, source); break;
            case WeightType.Float32: Initializer.Fill(MemoryMarshal.Cast<byte, float>(bytes.AsSpan()), Shape, source); break;
            case WeightType.Float16: Initializer.Fill(MemoryMarshal.Cast<byte, Half>(bytes.AsSpan()), Shape, source); break;
            default: Initializer.Fill(MemoryMarshal.Cast<byte, BFloat16>(bytes.AsSpan()), Shape, source); break;
        }

        return bytes;
    }

    /// <summary>What mean and standard deviation the weights should have, but for the rounding of the format.</summary>
    /// <exception cref="StepZeroException">As <see cref="Draw"/>: so that a model can be checked before anything is drawn.</exception>
    public Moments Expected()
    {
        if ((long)Shape.ElementCount * ElementSize > Array.MaxLength)
        {
            throw Named($"{Shape} elements of {CanonicalText.Of(Type)} are more bytes than an array holds ({Array.MaxLength}). Use a narrower format, or split the tensor.");
        }

        try
        {
            Moments expected = Initializer.Expected(Shape);
            return double.IsFinite(expected.Mean) && double.IsFinite(expected.Deviation) ? expected : throw new StepZeroException(TooLarge());
        }
        catch (StepZeroException error)
        {
            throw Named(error.Message);
        }
    }

    /// <summary>Mean and standard deviation of drawn weights; both 0 where there are none.</summary>
    /// <param name="weights">What <see cref="Draw"/> gave.</param>
    /// <exception cref="StepZeroException">They are not all finite.</exception>
    public Moments Measure(ReadOnlySpan<byte> weights)
    {
        double sum = 0, squares = 0;
        int count = Shape.ElementCount;
        for (int i = 0; i < count; i++)
        {
            double weight = At(weights, i);
            sum += double.IsFinite(weight) ? weight / count : throw Named(TooLarge());
        }

        for (int i = 0; i < count; i++)
        {
            double deviation = At(weights, i) - sum;
            squares += deviation * deviation;
        }

        return new Moments(sum, count == 0 ? 0 : Math.Sqrt(squares / count));
    }

    private string TooLarge() =>
        $"'{Initializer.Name}' gives numbers that {CanonicalText.Of(Type)} cannot hold. Use smaller parameters{(Type == WeightType.Float64 ? "" : ", or float64")}.";

    private StepZeroException Named(string message) => new($"tensor '{Name}': {message}");

    private double At(ReadOnlySpan<byte> weights, int i) => Type switch
    {
        WeightType.Float64 => MemoryMarshal.Cast<byte, double>(weights)[i],
        WeightType.Float32 => MemoryMarshal.Cast<byte, float>(weights)[i],
        WeightType.Float16 => (double)MemoryMarshal.Cast<byte, Half>(weights)[i],
        _ => MemoryMarshal.Cast<byte, BFloat16>(weights)[i],
    };
}
