namespace StepZero.Tests.Initialization;

/// <summary>A distribution written down for the tests: uniform, normal, or normal between bounds. It shares no code with what it judges.</summary>
internal sealed record Law
{
    private const double Reach = 12;
    private const int Steps = 4000;
    private static readonly double[] NormalTable = MakeNormalTable();
    private static readonly double[] DensityTable = [.. Enumerable.Range(0, (2 * Steps) + 1).Select(i => Density((i * Reach / Steps) - Reach))];

    private readonly bool uniform;
    private readonly double center;
    private readonly double deviation;
    private readonly double below;
    private readonly double between;
    private readonly double[] moments = new double[9];

    private Law(bool uniform, double center, double deviation, double low, double high)
    {
        this.uniform = uniform;
        this.center = center;
        this.deviation = deviation;
        (Low, High) = (low, high);
        (below, between) = uniform ? (0, 1) : (Phi(low), Phi(high) - Phi(low));
        Mean = low == high ? low : uniform ? (low + high) / 2 : center + Integrate(x => x - center);
        for (int k = 1; k < moments.Length; k++)
        {
            moments[k] = FindCentralMoment(k);
        }
    }

    public double Low { get; }

    public double High { get; }

    public double Mean { get; }

    public double Variance => moments[2];

    public bool IsConstant => Low == High;

    public static Law Constant(double value) => new(true, value, 0, value, value);

    public static Law Uniform(double low, double high) => new(true, 0, 0, low, high);

    public static Law UniformOfVariance(double variance) => Uniform(-Math.Sqrt(3 * variance), Math.Sqrt(3 * variance));

    public static Law Normal(double mean, double deviation) => deviation == 0
        ? Constant(mean)
        : new(false, mean, deviation, double.NegativeInfinity, double.PositiveInfinity);

    public static Law NormalOfVariance(double variance) => Normal(0, Math.Sqrt(variance));

    /// <summary>N(mean, deviation²) between two bounds.</summary>
    public static Law Truncated(double mean, double deviation, double low, double high) => new(false, mean, deviation, low, high);

    /// <summary>A normal distribution cut at two of its standard deviations, wide enough to be left with the variance.</summary>
    public static Law CorrectedOfVariance(double variance)
    {
        double deviation = Math.Sqrt(variance / 0.7737413035);
        return Truncated(0, deviation, -2 * deviation, 2 * deviation);
    }

    public Law Times(double gain) => new(uniform, center * gain, deviation * gain, Low * gain, High * gain);

    public double Cdf(double x) => uniform
        ? Math.Clamp((x - Low) / (High - Low), 0, 1)
        : Math.Clamp((Phi(x) - below) / between, 0, 1);

    /// <summary>E[(x − mean)^k], for k from 1 to 8.</summary>
    public double CentralMoment(int k) => moments[k];

    private double FindCentralMoment(int k) => IsConstant ? 0
        : uniform ? k % 2 == 1 ? 0 : Math.Pow((High - Low) / 2, k) / (k + 1)
        : Integrate(x => Math.Pow(x - Mean, k));

    private static double[] MakeNormalTable()
    {
        // Φ at −12, −12 + h, …, by Simpson's rule on each step.
        double[] table = new double[(2 * Steps) + 1];
        double h = Reach / Steps;
        for (int i = 1; i < table.Length; i++)
        {
            double from = ((i - 1) * h) - Reach;
            table[i] = table[i - 1] + ((Density(from) + (4 * Density(from + (h / 2))) + Density(from + h)) * h / 6);
        }

        return table;
    }

    private static double Density(double z) => Math.Exp(-0.5 * z * z) / Math.Sqrt(Math.Tau);

    /// <summary>Φ of the standardized x: cubic between the places of the table, to about 1e-12.</summary>
    private double Phi(double x)
    {
        double at = (Math.Clamp((x - center) / deviation, -Reach, Reach) + Reach) * Steps / Reach, h = Reach / Steps;
        int i = Math.Min((int)at, (2 * Steps) - 1);
        double t = at - i;
        double left = NormalTable[i], right = NormalTable[i + 1], leftSlope = h * DensityTable[i], rightSlope = h * DensityTable[i + 1];
        return left + (t * (leftSlope + (t * ((3 * (right - left)) - (2 * leftSlope) - rightSlope + (t * ((2 * (left - right)) + leftSlope + rightSlope))))));
    }

    /// <summary>E[f(x)] of a normal distribution between its bounds, by Simpson's rule.</summary>
    private double Integrate(Func<double, double> f)
    {
        double from = Math.Max(Low, center - (Reach * deviation)), to = Math.Min(High, center + (Reach * deviation)), h = (to - from) / Steps;
        double sum = 0, weights = 0;
        for (int i = 0; i <= Steps; i++)
        {
            double x = from + (i * h), weight = (i == 0 || i == Steps ? 1 : i % 2 == 1 ? 4 : 2) * Density((x - center) / deviation);
            sum += weight * f(x);
            weights += weight;
        }

        return sum / weights;
    }
}
