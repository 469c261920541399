using System.Globalization;

namespace StepZero.Maps;

/// <summary>What changes along an axis of a map.</summary>
public enum AxisQuantity
{
    /// <summary>What the drawn weights are multiplied by, of all layers or of one: a factor of their standard deviation.</summary>
    Gain,

    /// <summary>The learning rate, of all layers or of one.</summary>
    LearningRate,

    /// <summary>The standard deviation of normal draws that the biases of all layers start from.</summary>
    BiasStd,

    /// <summary>What is added to the initial weights, of all layers or of one.</summary>
    Offset,

    /// <summary>β of an optimizer with momentum.</summary>
    Momentum,

    /// <summary>λ of weight decay.</summary>
    WeightDecay,

    /// <summary>The number of hidden layers, all as wide as the first.</summary>
    Depth,

    /// <summary>The units of every hidden layer.</summary>
    Width,
}

/// <summary>An axis of a map: what changes along it, from where to where.</summary>
public sealed record MapAxis
{
    private static readonly AxisQuantity[] OfLayers = [AxisQuantity.Gain, AxisQuantity.LearningRate, AxisQuantity.Offset];

    private MapAxis(AxisQuantity quantity, int? layer, double from, double to, bool isLogarithmic)
    {
        Quantity = quantity;
        Layer = layer;
        From = from;
        To = to;
        IsLogarithmic = isLogarithmic;
    }

    /// <summary>What changes.</summary>
    public AxisQuantity Quantity { get; }

    /// <summary>The layer in which it changes, from 1; null for all.</summary>
    public int? Layer { get; }

    /// <summary>The first value.</summary>
    public double From { get; }

    /// <summary>The last value, above the first.</summary>
    public double To { get; }

    /// <summary>Whether neighbouring values have the same ratio, and not the same difference.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>The name, as in <c>gain.1</c>.</summary>
    public string Name => CanonicalText.Of(Quantity).Replace('_', '-') + (Layer is int layer ? string.Create(CultureInfo.InvariantCulture, $".{layer}") : "");

    /// <summary>Whether the network itself changes along it.</summary>
    public bool ChangesNetwork => Quantity is AxisQuantity.Depth or AxisQuantity.Width;

    /// <summary>Reads <c>gain:0.01..100:log</c>, <c>learning-rate.1:0..2</c> or <c>depth:1..10</c>.</summary>
    /// <exception cref="StepZeroException">It is none of these; the message says what was expected.</exception>
    public static MapAxis Parse(string text)
    {
        string[] parts = text.Split(':');
        string[] name = parts[0].Split('.');
        string[] known = [.. Enum.GetValues<AxisQuantity>().Select(one => CanonicalText.Of(one).Replace('_', '-'))];
        int quantity = Array.IndexOf(known, name[0]);
        if (quantity < 0)
        {
            throw StepZeroException.UnknownName("axis", name[0], known);
        }

        int? layer = null;
        if (name.Length > 1)
        {
            layer = name.Length == 2 && OfLayers.Contains((AxisQuantity)quantity) && int.TryParse(name[1], NumberStyles.None, CultureInfo.InvariantCulture, out int one) && one >= 1
                ? one
                : throw new StepZeroException($"Axis '{text}': found '{parts[0]}'; expected a layer from 1 behind gain, learning-rate or offset, as in 'gain.1'.");
        }

        string[] ends = parts.Length > 1 ? parts[1].Split("..") : [];
        if (ends.Length != 2 || parts.Length > 3 || (parts.Length == 3 && parts[2] is not ("log" or "linear"))
            || !Number(ends[0], out double from) || !Number(ends[1], out double to))
        {
            throw new StepZeroException($"Axis '{text}': expected a name, two numbers, and log or linear, as in '{Example((AxisQuantity)quantity)}'.");
        }

        return Create((AxisQuantity)quantity, layer, from, to, parts.Length == 3 && parts[2] == "log", text);

        static bool Number(string value, out double number) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    /// <summary>The values of the pixels: both ends, and evenly spaced ones between; the first alone where there is one pixel. Depth and width are whole.</summary>
    /// <param name="count">The pixels, at least 1.</param>
    public double[] Values(int count)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            double share = count == 1 ? 0 : (double)i / (count - 1);
            double value = At(share);
            values[i] = ChangesNetwork ? Whole(value) : value;
        }

        return values;
    }

    /// <summary>The value at a share of the way, 0 to 1; on a logarithmic axis of the logarithm's.</summary>
    public double At(double share) => share switch
    {
        0 => From,
        1 => To,
        _ when IsLogarithmic && double.IsFinite(To / From) => From * Math.Pow(To / From, share),
        _ when IsLogarithmic => Math.Exp(Math.Log(From) + (share * (Math.Log(To) - Math.Log(From)))),
        _ => From + (share * (To - From)),
    };

    /// <summary>Where a value lies: the share of the way, below 0 or above 1 outside; of 0 and less on a logarithmic axis −∞.</summary>
    public double ShareOf(double value) => IsLogarithmic
        ? value > 0 ? LogOfRatio(value, From) / LogOfRatio(To, From) : double.NegativeInfinity
        : (value - From) / (To - From);

    /// <summary>A part of the axis.</summary>
    /// <param name="center">The value in its middle.</param>
    /// <param name="zoom">How many times shorter it is, above 0; on a logarithmic axis the range of the logarithm.</param>
    /// <exception cref="StepZeroException">The part has no values for this axis.</exception>
    public MapAxis Around(double center, double zoom)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{Name} around {center}, {zoom} times closer");
        if (zoom <= 0 || (IsLogarithmic && center <= 0))
        {
            throw new StepZeroException($"Axis '{text}': expected a {(zoom <= 0 ? "zoom above 0" : "number above 0 on a logarithmic axis")}.");
        }

        if (IsLogarithmic)
        {
            double half = (Math.Log(To) - Math.Log(From)) / (2 * zoom);
            return Create(Quantity, Layer, center * Math.Exp(-half), center * Math.Exp(half), true, text);
        }

        double reach = (To - From) / (2 * zoom);
        return Create(Quantity, Layer, center - reach, center + reach, false, text);
    }

    /// <summary>The canonical text, which <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}:{Text(From)}..{Text(To)}:{(IsLogarithmic ? "log" : "linear")}");

    /// <summary>All digits of a number, with an exponent as it is typed: 1e-7.</summary>
    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture).Split('E') is [string digits, string exponent]
        ? string.Create(CultureInfo.InvariantCulture, $"{digits}e{int.Parse(exponent, CultureInfo.InvariantCulture)}")
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static double Whole(double value) => Math.Round(value, MidpointRounding.AwayFromZero);

    /// <summary>ln(a/b): of near numbers without the rounding of their logarithms.</summary>
    private static double LogOfRatio(double a, double b) => a / b is > 0 and < double.PositiveInfinity ? Math.Log(a / b) : Math.Log(a) - Math.Log(b);

    private static string Example(AxisQuantity quantity) => quantity switch
    {
        AxisQuantity.Gain => "gain:0.01..100:log",
        AxisQuantity.LearningRate => "learning-rate:1e-5..1:log",
        AxisQuantity.BiasStd => "bias-std:0..2",
        AxisQuantity.Offset => "offset:-1..1",
        AxisQuantity.Momentum => "momentum:0..0.99",
        AxisQuantity.WeightDecay => "weight-decay:1e-6..0.1:log",
        AxisQuantity.Depth => "depth:1..10",
        _ => "width:1..64:log",
    };

    private static MapAxis Create(AxisQuantity quantity, int? layer, double from, double to, bool isLogarithmic, string text)
    {
        string? wrong = !double.IsFinite(from) || !double.IsFinite(to) ? string.Create(CultureInfo.InvariantCulture, $"it goes from {from} to {to}; expected finite numbers")
            : from > to ? string.Create(CultureInfo.InvariantCulture, $"it goes from {from} down to {to}; expected the smaller number first")
            : from == to ? "both ends are the same; expected two different numbers"
            : isLogarithmic && from <= 0 ? string.Create(CultureInfo.InvariantCulture, $"a logarithmic axis cannot start at {from}; expected a number above 0, or ':linear'")
            : quantity switch
            {
                AxisQuantity.LearningRate when from <= 0 => "expected learning rates above 0",
                AxisQuantity.Gain or AxisQuantity.BiasStd or AxisQuantity.WeightDecay when from < 0 => "expected numbers of 0 and above",
                AxisQuantity.Momentum when from < 0 || to >= 1 => "expected numbers from 0 to below 1",
                AxisQuantity.Depth when from < 0.5 || to > 1000 => "expected numbers of layers from 1 to 1000",
                AxisQuantity.Width when from < 0.5 || to > 1_000_000 => "expected numbers of units from 1 to 1000000",
                AxisQuantity.Depth or AxisQuantity.Width when Whole(from) == Whole(to) => "both ends are the same whole number; expected two different ones",
                _ => null,
            };
        return wrong is null ? new MapAxis(quantity, layer, from, to, isLogarithmic) : throw new StepZeroException($"Axis '{text}': {wrong}.");
    }
}
