namespace StepZero.Maps;

/// <summary>
/// The costs of one training as they come, summed up as in "The boundary of neural network trainability is fractal" (Sohl-Dickstein 2024, arXiv:2402.06184,
/// and its notebook): costs that are not finite count as 10⁶, all are divided by the first and cut at 10⁶, and the training converged where the last 20 are
/// below 1 on the mean. Beyond what is published, a training that ends without a finite cost never converged, also where the first cost was above 10⁶.
/// </summary>
internal struct PixelCosts(int iterations)
{
    private const double Most = 1e6;
    private const int LastCosts = 20;

    private double first;
    private double sum;
    private double inverses;
    private double last;

    /// <summary>The costs so far.</summary>
    public int Count { get; private set; }

    /// <summary>Takes the next cost, which is finite.</summary>
    public void Add(double cost)
    {
        Take(cost, 1);
    }

    /// <summary>Whether the training converged; its costs from <see cref="Count"/> on, if it ended before its time, are as its last says.</summary>
    /// <param name="rest">The cost that stands for those which did not come: not finite where it diverged.</param>
    /// <param name="convergence">−Σv where it converged and Σ1/v elsewhere.</param>
    public bool HasConverged(double rest, out double convergence)
    {
        PixelCosts whole = this;
        if (Count < iterations)
        {
            whole.Take(rest, iterations - Count);
        }

        bool converged = double.IsFinite(rest) && whole.last / Math.Min(LastCosts, iterations) < 1;
        convergence = converged ? -whole.sum : whole.inverses;
        return converged;
    }

    private void Take(double cost, int times)
    {
        bool finite = double.IsFinite(cost);
        first = Count > 0 ? first : finite ? cost : Most;

        // A training that begins at a cost of 0 has nothing to gain.
        double share = first == 0 && cost == 0 ? 1 : Math.Min((finite ? cost : Math.Max(Most, first)) / first, Most);
        sum += times * share;
        inverses += times / share;
        last += share * Math.Max(0, Math.Min(times, Count + times - Math.Max(0, iterations - LastCosts)));
        Count += times;
    }
}
