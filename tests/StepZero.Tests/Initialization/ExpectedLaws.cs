using System.Globalization;

namespace StepZero.Tests.Initialization;

/// <summary>What the test expects of one variant of the catalogue.</summary>
/// <param name="Settings">Parameters to try, as written after the name.</param>
/// <param name="Law">The law of a single weight; null if the tensor is made as a whole.</param>
internal sealed record ExpectedLaw(string[] Settings, Func<ExpectedLaw.Given, Law>? Law)
{
    /// <summary>For a tensor that is made as a whole: its sum of squares for gain 1, and its sum (NaN: by chance around 0); null if the shape is refused.</summary>
    public Func<ShapeCase, Given, (double Sum, double Squares)?>? Sums { get; init; }

    /// <summary>Whether the library has no such convolutions, so that they are refused.</summary>
    public bool DenseOnly { get; init; }

    /// <summary>The parameters that a setting gives, and the shape with its fans.</summary>
    internal sealed record Given(string Setting, ShapeCase Shape)
    {
        /// <summary>The number given, or else the default, which the table names.</summary>
        public double this[string name, double otherwise] => double.Parse(Text(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

        public string Text(string name, string otherwise) =>
            Setting.Split('@')[0].Split(':').Select(part => part.Split('=')).Where(pair => pair[0] == name).Select(pair => pair[1]).FirstOrDefault(otherwise);

        /// <summary>The parameter at a place, written without its name.</summary>
        public string At(int place, string otherwise) => Setting.Split('@')[0].Split(':').Where(part => part.Length > 0 && !part.Contains('=')).ElementAtOrDefault(place) ?? otherwise;

        public double NumberAt(int place, double otherwise) => double.Parse(At(place, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
    }
}

/// <summary>The table: every name of the catalogue, in every library, with formulas of the fans that share nothing with the sources.</summary>
internal static partial class ExpectedLaws
{
    private static readonly string[] Plain = [""];

    /// <summary>By "name@library", with "stepzero" for the plain name.</summary>
    public static Dictionary<string, ExpectedLaw> Table { get; } = new[] { Constants(), Randoms(), Scalings(), Structures(), Defaults() }
        .SelectMany(part => part).ToDictionary(pair => pair.Key, pair => pair.Value);

    public static string Text(string key, string setting)
    {
        string[] parts = key.Split('@');
        return parts[0] + setting + (parts[1] == "stepzero" ? "" : $"@{parts[1]}");
    }

    /// <summary>The gains that the settings use; PyTorch's table where it is asked for.</summary>
    public static double GainOf(ExpectedLaw.Given given, bool pytorch) => given.Text("gain", "1") switch
    {
        "relu" => Math.Sqrt(2),
        "tanh" => pytorch ? 5.0 / 3 : 1.5925374197,
        "selu" => 0.75,
        "sigmoid" => pytorch ? 1 : 1.8462285453,
        var number => double.Parse(number, CultureInfo.InvariantCulture),
    };

    private static Dictionary<string, ExpectedLaw> Constants() => new()
    {
        ["zeros@stepzero"] = new(["", ":gain=2"], _ => Law.Constant(0)),
        ["ones@stepzero"] = new(["", ":gain=2.5"], _ => Law.Constant(1)),
        ["constant@stepzero"] = new(["", ":-2.5", ":0.1:gain=2"], given => Law.Constant(given.NumberAt(0, 0))),
    };

    private static Dictionary<string, ExpectedLaw> Randoms()
    {
        string[] bounds = ["", ":low=-1:high=3", ":low=0.5:high=2:gain=3"];
        string[] normals = ["", ":mean=1:std=2", ":std=0.3:gain=tanh", ":mean=-3:std=0"];
        string[] truncated = ["", ":std=0.4:low=-1:high=1.5", ":mean=0.2:std=0.5:low=-1:high=2:gain=2"];
        ExpectedLaw Uniform(double low, double high) => new(bounds, given => Law.Uniform(given["low", low], given["high", high]));
        ExpectedLaw Normal(double deviation) => new(normals, given => Law.Normal(given["mean", 0], given["std", deviation]));
        ExpectedLaw TruncatedAt(double deviation, bool absolute) => new(truncated, given =>
        {
            (double mean, double std, double low, double high) = (given["mean", 0], given["std", deviation], given["low", -2], given["high", 2]);
            return absolute ? Law.Truncated(mean, std, low, high) : Law.Truncated(mean, std, mean + (low * std), mean + (high * std));
        });
        return new()
        {
            ["random@stepzero"] = new(["", ":0.5", ":3:uniform", ":-2:normal:gain=0.5", ":3:uniform:gain=2"], given => given.At(1, "normal") == "uniform"
                ? Law.UniformOfVariance(given.NumberAt(0, 10) * given.NumberAt(0, 10) / 3)
                : Law.Normal(0, Math.Abs(given.NumberAt(0, 10)))),
            ["uniform@stepzero"] = Uniform(-0.05, 0.05),
            ["uniform@pytorch"] = Uniform(0, 1),
            ["uniform@keras"] = Uniform(-0.05, 0.05),
            ["uniform@jax"] = Uniform(0, 0.01),
            ["uniform@flux"] = Uniform(0, 1),
            ["normal@stepzero"] = Normal(0.05),
            ["normal@pytorch"] = Normal(1),
            ["normal@keras"] = Normal(0.05),
            ["normal@jax"] = Normal(0.01),
            ["normal@flux"] = Normal(1),
            ["truncated_normal@stepzero"] = TruncatedAt(0.05, absolute: false),
            ["truncated_normal@pytorch"] = TruncatedAt(1, absolute: true),
            ["truncated_normal@keras"] = TruncatedAt(0.05, absolute: false),
            ["truncated_normal@jax"] = TruncatedAt(0.01, absolute: false),
            ["truncated_normal@flux"] = TruncatedAt(1, absolute: true),
        };
    }

    private static Dictionary<string, ExpectedLaw> Scalings()
    {
        string[] gains = ["", ":gain=0.5"];
        double In(ExpectedLaw.Given given, bool ours) => ours ? given.Shape.Ours.In : given.Shape.Theirs.In;
        double Sum(ExpectedLaw.Given given, bool ours) => ours ? given.Shape.Ours.In + given.Shape.Ours.Out : given.Shape.Theirs.In + given.Shape.Theirs.Out;
        ExpectedLaw Kaiming(string[] settings, bool ours, Func<double, Law> of) => new(settings, given =>
        {
            double slope = given["slope", 0];
            return of(2 / ((1 + (slope * slope)) * Fan(given, ours)));
        });
        ExpectedLaw He(Func<double, Law> of, bool ours = false) => new(gains, given => of(2 / In(given, ours)));
        ExpectedLaw Glorot(Func<double, Law> of, bool ours = false) => new([.. gains, ":gain=sigmoid"], given => of(2 / Sum(given, ours)));
        ExpectedLaw Lecun(Func<double, Law> of, bool ours = false) => new(gains, given => of(1 / In(given, ours)));
        string[] own = ["", ":slope=0.2", ":mode=fan_out", ":slope=2:mode=fan_avg", ":mode=fan_geo_avg:gain=relu"];
        string[] torch = ["", ":slope=0.2", ":slope=0.2:mode=fan_out", ":gain=selu", ":gain=tanh"];
        return new()
        {
            ["he@stepzero"] = He(Law.NormalOfVariance, ours: true),
            ["xavier@stepzero"] = Lecun(Law.NormalOfVariance, ours: true),
            ["he_normal@stepzero"] = Kaiming(own, ours: true, Law.NormalOfVariance),
            ["he_normal@pytorch"] = Kaiming(torch, ours: false, Law.NormalOfVariance),
            ["he_normal@keras"] = He(Law.CorrectedOfVariance),
            ["he_normal@jax"] = He(Law.CorrectedOfVariance),
            ["he_normal@flux"] = He(Law.NormalOfVariance),
            ["he_uniform@stepzero"] = Kaiming(own, ours: true, Law.UniformOfVariance),
            ["he_uniform@pytorch"] = Kaiming(torch, ours: false, Law.UniformOfVariance),
            ["he_uniform@keras"] = He(Law.UniformOfVariance),
            ["he_uniform@jax"] = He(Law.UniformOfVariance),
            ["he_uniform@flux"] = He(Law.UniformOfVariance),
            ["glorot_normal@stepzero"] = Glorot(Law.NormalOfVariance, ours: true),
            ["glorot_normal@pytorch"] = Glorot(Law.NormalOfVariance),
            ["glorot_normal@keras"] = Glorot(Law.CorrectedOfVariance),
            ["glorot_normal@jax"] = Glorot(Law.CorrectedOfVariance),
            ["glorot_normal@flux"] = Glorot(Law.NormalOfVariance),
            ["glorot_uniform@stepzero"] = Glorot(Law.UniformOfVariance, ours: true),
            ["glorot_uniform@pytorch"] = Glorot(Law.UniformOfVariance),
            ["glorot_uniform@keras"] = Glorot(Law.UniformOfVariance),
            ["glorot_uniform@jax"] = Glorot(Law.UniformOfVariance),
            ["glorot_uniform@flux"] = Glorot(Law.UniformOfVariance),
            ["lecun_normal@stepzero"] = Lecun(Law.NormalOfVariance, ours: true),
            ["lecun_normal@keras"] = Lecun(Law.CorrectedOfVariance),
            ["lecun_normal@jax"] = Lecun(Law.CorrectedOfVariance),
            ["lecun_normal@flux"] = Lecun(variance => Law.Truncated(0, Math.Sqrt(variance), -2, 2)),
            ["lecun_uniform@stepzero"] = Lecun(Law.UniformOfVariance, ours: true),
            ["lecun_uniform@keras"] = Lecun(Law.UniformOfVariance),
            ["lecun_uniform@jax"] = Lecun(Law.UniformOfVariance),
            ["variance_scaling@stepzero"] = VarianceScaling([":mode=fan_geo_avg", ":distribution=normal:scale=3"], ours: true, kerasNames: false),
            ["variance_scaling@keras"] = VarianceScaling([":distribution=normal:scale=3", ":distribution=untruncated_normal"], ours: false, kerasNames: true),
            ["variance_scaling@jax"] = VarianceScaling([":mode=fan_geo_avg", ":distribution=normal:scale=3"], ours: false, kerasNames: false),
        };
    }

    private static double Fan(ExpectedLaw.Given given, bool ours)
    {
        (double into, double from) = ours ? given.Shape.Ours : given.Shape.Theirs;
        return given.Text("mode", "fan_in") switch
        {
            "fan_in" => into,
            "fan_out" => from,
            "fan_avg" => 0.5 * (into + from),
            _ => Math.Exp(0.5 * (Math.Log(into) + Math.Log(from))),
        };
    }

    private static ExpectedLaw VarianceScaling(string[] settings, bool ours, bool kerasNames) => new(
        [.. settings, "", ":scale=2:mode=fan_out", ":mode=fan_avg:distribution=uniform:gain=2"], given =>
        {
            double variance = given["scale", 1] / Fan(given, ours);
            return given.Text("distribution", "truncated_normal") switch
            {
                "uniform" => Law.UniformOfVariance(variance),
                "untruncated_normal" => Law.NormalOfVariance(variance),
                "normal" when !kerasNames => Law.NormalOfVariance(variance),
                _ => Law.CorrectedOfVariance(variance),
            };
        });
}
