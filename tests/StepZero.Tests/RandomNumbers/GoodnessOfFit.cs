using System.Numerics.Tensors;
using StepZero.Numerics;

namespace StepZero.Tests.RandomNumbers;

/// <summary>
/// Whether numbers follow a distribution. The keys of the streams are fixed, so a test passes always or never; the limits are those that a right
/// stream would exceed about once in a thousand keys.
/// </summary>
internal static class GoodnessOfFit
{
    /// <summary>Enough that a normal deviation wrong by three percent, or a uniform range by one, is found.</summary>
    public const int Count = 131072;

    /// <summary>The Kolmogorov-Smirnov distance to a distribution function, times √n, is below 1.95 for 999 right samples of 1,000.</summary>
    public static void AssertDistribution(double[] values, Func<double, double> cdf)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        double distance = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double share = cdf(sorted[i]);
            distance = Math.Max(distance, Math.Max(share - (i / (double)sorted.Length), ((i + 1) / (double)sorted.Length) - share));
        }

        Assert.InRange(distance * Math.Sqrt(sorted.Length), 0.2, 1.95);
    }

    /// <summary>The means of x, x², x³ and x⁴ lie within 3.7 of their own deviations of what they should be; those follow from the moments up to the eighth.</summary>
    public static void AssertMoments(double[] values, double[] moments)
    {
        double[] powers = [.. values];
        for (int power = 1; power <= 4; power++)
        {
            double found = powers.Average();
            double deviation = Math.Sqrt((moments[2 * power] - (moments[power] * moments[power])) / values.Length);
            Assert.InRange((found - moments[power]) / deviation, -3.7, 3.7);
            TensorPrimitives.Multiply<double>(powers, values, powers);
        }
    }

    /// <summary>Numbers of mean 0 and variance 1 that lie <paramref name="lag"/> apart do not go together.</summary>
    public static void AssertUncorrelated(double[] values, int lag)
    {
        double sum = 0;
        for (int i = lag; i < values.Length; i++)
        {
            sum += values[i] * values[i - lag];
        }

        Assert.InRange(sum / Math.Sqrt(values.Length - lag), -3.7, 3.7);
    }

    /// <summary>χ² of counts that should be equal, as the normal number that Wilson and Hilferty 1931 make of it.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="freedom">How many of the counts are free.</param>
    /// <param name="scale">What makes of the sum of squares a χ², where counts depend on each other.</param>
    public static void AssertEqualCounts(int[] counts, int freedom, double scale = 1)
    {
        double expected = counts.Average();
        double chiSquare = scale * counts.Sum(count => (count - expected) * (count - expected) / expected);
        double variance = 2 / (9.0 * freedom);
        Assert.InRange((Math.Cbrt(chiSquare / freedom) - (1 - variance)) / Math.Sqrt(variance), -3.3, 3.3);
    }

    /// <summary>The distribution function of the normal numbers between two bounds. The error function here has the bits of the C library, not those of the sampler.</summary>
    public static Func<double, double> NormalBetween(double mean, double deviation, double low, double high)
    {
        // Upper tails keep their digits where the bounds are high, lower ones where they are low.
        double side = low > mean ? 1 : -1;
        double first = Tail(low), all = Tail(high) - first;
        return x => (Tail(x) - first) / all;

        double Tail(double x) => 0.5 * ErrorFunction.Erfc(side * (x - mean) / deviation / Math.Sqrt(2));
    }

    /// <summary>The moments 0 to 8 of the normal distribution between two bounds, by Simpson's rule.</summary>
    public static double[] MomentsBetween(double mean, double deviation, double low, double high)
    {
        const int Steps = 4000;
        double from = Math.Max(low, mean - (12 * deviation)), step = (Math.Min(high, Math.Max(mean, from) + (12 * deviation)) - from) / Steps;
        double[] moments = new double[9];
        for (int i = 0; i <= Steps; i++)
        {
            double x = from + (i * step), z = (x - mean) / deviation, first = Math.Max(0, (from - mean) / deviation);
            double weight = (i is 0 or Steps ? 1 : 2 + (2 * (i % 2))) * Math.Exp(((first * first) - (z * z)) / 2);
            for (int power = 0; power < moments.Length; power++)
            {
                moments[power] += weight * Math.Pow(x, power);
            }
        }

        return Array.ConvertAll(moments, moment => moment / moments[0]);
    }
}
