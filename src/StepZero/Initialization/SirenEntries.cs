namespace StepZero.Initialization;

/// <summary>The catalogue: networks of sines.</summary>
internal static class SirenEntries
{
    public static CatalogueEntry[] All { get; } = [SirenFirst, Siren];

    private static CatalogueEntry SirenFirst => new()
    {
        Name = "siren_first",
        Summary = "The first layer of a network of sines; siren serves the others, as in siren_first+siren.",
        Source = "Sitzmann, Martel, Bergman, Lindell and Wetzstein 2020, arXiv:2006.09661",
        Equivalents = [("PyTorch", "torch.nn.init.uniform_(w, -1 / fan_in, 1 / fan_in)"), ("StepZero", "Initializer.Parse(\"siren_first\")")],
        Variants = [Bounded("U(−1/n, 1/n)", [], _ => n => 1 / n)],
    };

    private static CatalogueEntry Siren => new()
    {
        Name = "siren",
        Summary = "The hidden layers of a network of sines sin(omega·z): every layer sees the same distribution of phases.",
        Source = "Sitzmann, Martel, Bergman, Lindell and Wetzstein 2020, arXiv:2006.09661",
        Equivalents =
        [
            ("PyTorch", "torch.nn.init.uniform_(w, -math.sqrt(6 / fan_in) / 30, math.sqrt(6 / fan_in) / 30)"), ("StepZero", "Initializer.Parse(\"siren\")"),
        ],
        Variants =
        [
            Bounded("U(−√(6/n)/omega, √(6/n)/omega)", [new("omega", "30", "the frequency of the sine, above 0")], arguments =>
            {
                double omega = arguments.Positive("omega");
                return n => Math.Sqrt(6 / n) / omega;
            }),
        ],
    };

    private static CatalogueVariant Bounded(string formula, InitializerParameter[] parameters, Func<Arguments, Func<double, double>> bound) => new()
    {
        Library = Library.Stepzero,
        Formula = formula,
        Fan = "fan_in",
        Distribution = "uniform",
        Parameters = parameters,
        Make = arguments =>
        {
            Func<double, double> ofFan = bound(arguments);
            return new Recipe.Elementwise(shape =>
            {
                double most = ofFan(Fans.Of(shape).In);
                return Distribution.Uniform(-most, most).Times(arguments.Gain);
            });
        },
    };
}
