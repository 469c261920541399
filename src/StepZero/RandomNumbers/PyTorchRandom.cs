using StepZero.Numerics;

namespace StepZero.RandomNumbers;

/// <summary>
/// The exact twin of PyTorch's generator on the CPU, <c>torch.manual_seed(seed)</c>: MT19937 with the method of Box and Muller for normal numbers. The
/// same seed gives the same bits, in any mixture of calls; one call fills one tensor.
/// </summary>
/// <remarks>
/// The twin of torch 1.13 as its AVX2 kernels compute. Logarithm, exponential, sine and cosine of double precision and of the truncated normal are the
/// platform's, as in PyTorch; on Linux both call the same C library. One instance serves one thread. Sources: Matsumoto and Nishimura 1998, "Mersenne
/// Twister"; Box and Muller 1958; PyTorch, <c>ATen/core/DistributionsHelper.h</c>, <c>ATen/core/TransformationHelper.h</c>,
/// <c>ATen/native/cpu/DistributionTemplates.h</c>, <c>torch/nn/init.py</c>.
/// </remarks>
/// <example><code>new PyTorchRandom(0).FillUniform(values, 0, 1)   // 0.4962566, …, as torch.manual_seed(0); torch.rand(n)</code></example>
public sealed class PyTorchRandom : RandomSource
{
    /// <summary>Fewer normal numbers than this are drawn one after the other, with a spare that the generator keeps.</summary>
    private const int NormalBlock = PyTorchMath.NormalBlock;

    /// <summary>Normal numbers are made from uniform ones in batches that stay in the fastest cache.</summary>
    private const int Batch = 128 * NormalBlock;

    private const double TwoToMinus53 = 1 / 9007199254740992.0;

    private readonly MersenneTwister twister;
    private double spareNormal;
    private bool hasSpareNormal;

    /// <summary>Starts the stream as <c>torch.manual_seed(seed)</c> does.</summary>
    /// <param name="seed">Any number; as in PyTorch, only its low 32 bits count.</param>
    public PyTorchRandom(ulong seed) => twister = new MersenneTwister((uint)seed);

    /// <summary>The next 32 bits of the stream.</summary>
    public uint NextUInt32() => twister.NextUInt32();

    /// <summary>low + (high − low)·u with 53 random bits in u, as <c>tensor.uniform_(low, high)</c> in float64.</summary>
    public override void FillUniform(Span<double> values, double low, double high)
    {
        double range = high - low;
        foreach (ref double value in values)
        {
            value = Math.FusedMultiplyAdd(Uniform(), range, low);
        }
    }

    /// <summary>low + (high − low)·u with 24 random bits in u, as <c>tensor.uniform_(low, high)</c> in float32.</summary>
    public override void FillUniform(Span<float> values, double low, double high)
    {
        float from = (float)low;
        float range = (float)high - from;
        while (values.Length > 0)
        {
            ReadOnlySpan<uint> words = twister.NextWords(values.Length);
            PyTorchMath.Uniform(words, values, from, range);
            values = values[words.Length..];
        }
    }

    /// <summary>mean + deviation·z, as <c>tensor.normal_(mean, deviation)</c> in float64.</summary>
    public override void FillNormal(Span<double> values, double mean, double deviation)
    {
        if (values.Length < NormalBlock)
        {
            foreach (ref double value in values)
            {
                value = Normal(mean, deviation);
            }

            return;
        }

        FillUniform(values, 0, 1);
        PyTorchMath.Normal(values, mean, deviation);
        if (values.Length % NormalBlock != 0)
        {
            // What is left over does not fill a block: the last 16 numbers are drawn anew.
            Span<double> last = values[^NormalBlock..];
            FillUniform(last, 0, 1);
            PyTorchMath.Normal(last, mean, deviation);
        }
    }

    /// <summary>mean + deviation·z, as <c>tensor.normal_(mean, deviation)</c> in float32.</summary>
    public override void FillNormal(Span<float> values, double mean, double deviation)
    {
        if (values.Length < NormalBlock)
        {
            foreach (ref float value in values)
            {
                value = (float)Normal(mean, deviation);
            }

            return;
        }

        for (int at = 0; at < values.Length; at += Batch)
        {
            Span<float> some = values[at..Math.Min(values.Length, at + Batch)];
            FillUniform(some, 0, 1);
            PyTorchMath.Normal(some, (float)mean, (float)deviation);
        }

        if (values.Length % NormalBlock != 0)
        {
            // What is left over does not fill a block: the last 16 numbers are drawn anew.
            Span<float> last = values[^NormalBlock..];
            FillUniform(last, 0, 1);
            PyTorchMath.Normal(last, (float)mean, (float)deviation);
        }
    }

    /// <summary>
    /// mean + √2·deviation·erf⁻¹(y) with y uniform between the bounds' 2Φ − 1, then clamped, as
    /// <c>torch.nn.init.trunc_normal_(tensor, mean, deviation, low, high)</c> in float64.
    /// </summary>
    public override void FillTruncatedNormal(Span<double> values, double mean, double deviation, double low, double high)
    {
        FillUniform(values, TwiceCdfMinusOne((low - mean) / deviation), TwiceCdfMinusOne((high - mean) / deviation));
        double scale = deviation * Math.Sqrt(2);
        foreach (ref double value in values)
        {
            value = Math.Min(Math.Max((PyTorchMath.InverseErf(value) * scale) + mean, low), high);
        }
    }

    /// <summary>
    /// mean + √2·deviation·erf⁻¹(y) with y uniform between the bounds' 2Φ − 1, then clamped, as
    /// <c>torch.nn.init.trunc_normal_(tensor, mean, deviation, low, high)</c> in float32: every step rounds to single precision.
    /// </summary>
    public override void FillTruncatedNormal(Span<float> values, double mean, double deviation, double low, double high)
    {
        FillUniform(values, TwiceCdfMinusOne((low - mean) / deviation), TwiceCdfMinusOne((high - mean) / deviation));
        float center = (float)mean, scale = (float)(deviation * Math.Sqrt(2)), least = (float)low, most = (float)high;
        foreach (ref float value in values)
        {
            value = Math.Min(Math.Max((PyTorchMath.InverseErf(value) * scale) + center, least), most);
        }
    }

    /// <summary>The numbers 0 … count−1 in random order: <c>torch.randperm(count)</c>. Each place takes one of the numbers not yet placed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public override int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = 0; i < count - 1; i++)
        {
            // The remainder favours small numbers a little (by at most count/2³²); PyTorch accepts that.
            int j = i + (int)(twister.NextUInt32() % (uint)(count - i));
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    /// <summary>2Φ(z) − 1 of the standard normal distribution, in the order of roundings of <c>torch/nn/init.py</c>.</summary>
    private static double TwiceCdfMinusOne(double z) => (2 * ((1 + ErrorFunction.Erf(z / Math.Sqrt(2))) / 2)) - 1;

    /// <summary>A number uniform on [0, 1) from the low 53 bits of two words, the first of them the high one.</summary>
    private double Uniform()
    {
        ulong high = twister.NextUInt32();
        ulong bits = (high << 32) | twister.NextUInt32();
        return (bits & ((1ul << 53) - 1)) * TwoToMinus53;
    }

    /// <summary>mean + deviation·z of a single number: z = √(−2 ln(1 − v))·cos 2πu; the sine gives the next call's z.</summary>
    private double Normal(double mean, double deviation)
    {
        double z = spareNormal;
        if (!hasSpareNormal)
        {
            double angle = Math.Tau * Uniform();
            double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
            (double sine, double cosine) = Math.SinCos(angle);
            spareNormal = radius * sine;
            z = radius * cosine;
        }

        hasSpareNormal = !hasSpareNormal;
        return Math.FusedMultiplyAdd(z, deviation, mean);
    }
}
