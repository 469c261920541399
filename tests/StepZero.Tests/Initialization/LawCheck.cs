namespace StepZero.Tests.Initialization;

/// <summary>Whether draws follow a law: Kolmogorov-Smirnov, the first four moments, and the bounds.</summary>
internal static class LawCheck
{
    private const int Bins = 4096;
    private const double Sigmas = 5;

    /// <summary>Kolmogorov's statistic times √n beyond which a sample is refused: true ones exceed it once in 1,500.</summary>
    private const double Level = 2;

    /// <summary>What is wrong with the sample; null for nothing.</summary>
    /// <param name="sample">The draws.</param>
    /// <param name="law">What they should follow.</param>
    /// <param name="rounding">How far rounding to the number format may move a value, relative to it.</param>
    public static string? Complaint(ReadOnlySpan<double> sample, Law law, double rounding = 1e-14)
    {
        foreach (double value in sample)
        {
            if (value < law.Low - (rounding * Math.Abs(law.Low)) || value > law.High + (rounding * Math.Abs(law.High)) || double.IsNaN(value))
            {
                return $"{value} lies outside {law.Low} to {law.High}";
            }
        }

        return law.IsConstant ? null : ComplaintOfMoments(sample, law, rounding) ?? ComplaintOfKolmogorov(sample, law, rounding);
    }

    /// <summary>√n times the largest distance of the distribution functions, taken at 4,095 quantiles, so that nothing need be sorted.</summary>
    public static double Kolmogorov(ReadOnlySpan<double> sample, Law law)
    {
        int[] counts = new int[Bins];
        foreach (double value in sample)
        {
            counts[Math.Min(Bins - 1, (int)(law.Cdf(value) * Bins))]++;
        }

        double distance = 0;
        long below = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            below += counts[bin];
            distance = Math.Max(distance, Math.Abs(((double)below / sample.Length) - ((bin + 1.0) / Bins)));
        }

        return distance * Math.Sqrt(sample.Length);
    }

    public static bool IsRefusedByKolmogorov(ReadOnlySpan<double> sample, Law law) => Kolmogorov(sample, law) > Level;

    private static string? ComplaintOfKolmogorov(ReadOnlySpan<double> sample, Law law, double rounding)
    {
        // Rounding makes steps in the distribution function: at most the density there times the size of a value, which is below 0.5 for all laws here.
        double distance = Kolmogorov(sample, law), most = Level + (0.5 * rounding * Math.Sqrt(sample.Length));
        return distance > most ? $"the distribution functions are {distance} / √n apart; at most {most} is chance" : null;
    }

    private static string? ComplaintOfMoments(ReadOnlySpan<double> sample, Law law, double rounding)
    {
        double scale = Math.Max(Math.Abs(law.Mean), Math.Sqrt(law.Variance));
        Span<double> sums = stackalloc double[5];
        foreach (double value in sample)
        {
            double centered = value - law.Mean, power = 1;
            for (int k = 1; k <= 4; k++)
            {
                sums[k] += power *= centered;
            }
        }

        for (int k = 1; k <= 4; k++)
        {
            double expected = law.CentralMoment(k), found = sums[k] / sample.Length;
            double chance = Math.Sqrt((law.CentralMoment(2 * k) - (expected * expected)) / sample.Length);
            if (!(Math.Abs(found - expected) <= (Sigmas * chance) + (k * rounding * Math.Pow(scale, k))))
            {
                return $"central moment {k} is {found}; expected {expected} ± {Sigmas * chance}";
            }
        }

        return null;
    }
}
