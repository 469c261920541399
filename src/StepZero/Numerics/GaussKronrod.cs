namespace StepZero.Numerics;

/// <summary>Adaptive quadrature by the 15-point rule of Kronrod (1965): a range is halved until Gauss' 7 nodes among the 15 say the same.</summary>
/// <param name="pieces">How many ranges it looks at before it gives up.</param>
internal sealed class GaussKronrod(int pieces)
{
    private const double Tolerance = 1e-13;
    private const int MostBisections = 40;

    /// <summary>Kronrod's 15 nodes (those above 0, and 0) with their weights, and the weights of Gauss' 7 among them.</summary>
    private static readonly (double Node, double Weight, double GaussWeight)[] Rule =
    [
        (0.991455371120812639206854697526329, 0.022935322010529224963732008058970, 0),
        (0.949107912342758524526189684047851, 0.063092092629978553290700663189204, 0.129484966168869693270611432679082),
        (0.864864423359769072789712788640926, 0.104790010322250183839876322541518, 0),
        (0.741531185599394439863864773280788, 0.140653259715525918745189590510238, 0.279705391489276667901467771423780),
        (0.586087235467691130294144691693013, 0.169004726639267902826583426598550, 0),
        (0.405845151377397166906606412076961, 0.190350578064785409913256402421014, 0.381830050505118944950369775488975),
        (0.207784955007898467600689403773245, 0.204432940075298892414161999234649, 0),
        (0, 0.209482141084727828012999174891714, 0.417959183673469387755102040816327),
    ];

    private int left = pieces;

    /// <summary>∫ f(x) dx, accurate to the larger of <paramref name="tolerance"/> and 1e-13 of its size where f is smooth but for kinks and jumps.</summary>
    /// <param name="f">The function.</param>
    /// <param name="from">Where the range begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="tolerance">The difference of both rules that is let pass; infinity for no halving.</param>
    /// <param name="bisections">How often the range may still be halved.</param>
    /// <exception cref="ArgumentException">It gave up.</exception>
    public double Integrate(Func<double, double> f, double from, double to, double tolerance, int bisections = MostBisections)
    {
        if (--left < 0)
        {
            throw new ArgumentException("The activation cannot be integrated to 1e-10; expected a function that is smooth but for a few kinks and jumps.");
        }

        double middle = (from + to) / 2, half = (to - from) / 2, kronrod = 0, gauss = 0;
        foreach ((double node, double weight, double gaussWeight) in Rule)
        {
            double value = f(middle + (half * node)) + (node == 0 ? 0 : f(middle - (half * node)));
            kronrod += weight * value;
            gauss += gaussWeight * value;
        }

        double difference = half * Math.Abs(kronrod - gauss);
        return difference <= Math.Max(tolerance, Tolerance * Math.Abs(half * kronrod)) || bisections == 0 || !double.IsFinite(difference)
            ? half * kronrod
            : Integrate(f, from, middle, tolerance, bisections - 1) + Integrate(f, middle, to, tolerance, bisections - 1);
    }
}
