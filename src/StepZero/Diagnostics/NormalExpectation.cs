using StepZero.Numerics;

namespace StepZero.Diagnostics;

/// <summary>
/// Expectations of a function f of normal numbers u of mean 0 and variance q, accurate to about 1e-10 of E[f²] for functions that are smooth but at
/// −1, 0 and 1, where the activations of networks have their kinks; kinks elsewhere cost time only.
/// </summary>
/// <param name="variance">q, above 0.</param>
/// <param name="rough">Where expectations of pairs may be off by 1e-6, what they may take together: for what is shown, not computed with. Null for exact ones.</param>
internal sealed class NormalExpectation(double variance, GaussKronrod? rough = null)
{
    /// <summary>The normal density is below 1e-17 beyond, more than a square can make up for.</summary>
    private const double Reach = 9;

    /// <summary>The range within which the transition between two correlated numbers at a kink lies, in standard deviations.</summary>
    private const double Transition = 9;

    private const double Widest = 1.75;
    private const double Tolerance = 1e-13;
    private const int MostPieces = 20_000;
    private const int MostNestedPieces = 4_000_000;

    private readonly double nestedTolerance = rough is null ? 1e-11 : 1e-7;

    private readonly double deviation = Math.Sqrt(variance);
    private readonly double[] marks = Marks(1 / Math.Sqrt(variance));

    /// <summary>E[f(u)].</summary>
    /// <exception cref="ArgumentException">f oscillates too fast.</exception>
    public double Of(Func<double, double> f)
    {
        // A first look without halving says how large the result is, and so how exact its parts must be.
        var rule = new GaussKronrod(MostPieces);
        double size = Sum(rule, z => Math.Abs(f(deviation * z)), marks, double.PositiveInfinity);
        return double.IsFinite(size) ? Sum(rule, z => f(deviation * z), marks, Tolerance * size) : size;
    }

    /// <summary>E[f(u)·f(v)] where v is such a number too and the correlation of u and v is c, from −1 to 1.</summary>
    /// <exception cref="ArgumentException">f oscillates too fast.</exception>
    public double OfPair(Func<double, double> f, double correlation)
    {
        double square = Of(u => f(u) * f(u)), c = correlation;
        if (Math.Abs(c) >= 1 || !double.IsFinite(square) || square == 0)
        {
            return c < 0 ? Of(u => f(u) * f(-u)) : square;
        }

        // v = c·u + s·w with w independent of u. For c near 1 the inner mean rises over a range of width s around each mark.
        double s = Math.Sqrt((1 - c) * (1 + c)), tolerance = nestedTolerance * square;
        double[] outer = c == 0 ? marks
            : [.. marks, .. marks.SelectMany(mark => (double[])[(mark - (Transition * s)) / c, mark / c, (mark + (Transition * s)) / c])];
        Array.Sort(outer);
        GaussKronrod rule = rough ?? new GaussKronrod(MostNestedPieces);
        double innerTolerance = nestedTolerance * Math.Sqrt(square);
        double[] inner = new double[marks.Length];
        return Sum(rule, z => f(deviation * z) * Mean(c * z), outer, tolerance);

        double Mean(double center)
        {
            for (int i = 0; i < inner.Length; i++)
            {
                inner[i] = (marks[i] - center) / s;
            }

            return Sum(rule, w => f(deviation * (center + (s * w))), inner, innerTolerance);
        }
    }

    /// <summary>0, ±1, ±8, ±64, … in units of u, as multiples of its deviation: what happens near a kink is seen, however wide u spreads.</summary>
    private static double[] Marks(double unit)
    {
        List<double> marks = [0];
        for (double mark = unit; mark < Reach; mark *= 8)
        {
            marks.Add(mark);
            marks.Add(-mark);
        }

        marks.Sort();
        return [.. marks];
    }

    /// <summary>∫ f(z)·density(z) dz in pieces between the places given, in ascending order.</summary>
    private static double Sum(GaussKronrod rule, Func<double, double> f, double[] places, double tolerance)
    {
        double sum = 0, from = -Reach;
        foreach (double place in places)
        {
            sum += Piece(Math.Clamp(place, from, Reach));
        }

        return sum + Piece(Reach);

        double Piece(double to)
        {
            int parts = (int)Math.Ceiling((to - from) / Widest);
            double piece = 0, start = from, width = (to - from) / parts;
            for (int part = 0; part < parts; part++)
            {
                piece += rule.Integrate(z => f(z) * NormalDistribution.Density(z), start + (part * width), start + ((part + 1) * width), tolerance);
            }

            from = to;
            return piece;
        }
    }
}
