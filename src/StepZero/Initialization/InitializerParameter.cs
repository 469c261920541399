using System.Globalization;
using StepZero.Networks;

namespace StepZero.Initialization;

/// <summary>A parameter of an initializer.</summary>
/// <param name="Name">Its name in the text form, as in <c>slope=0.2</c>.</param>
/// <param name="Default">The text it stands for when left out.</param>
/// <param name="Meaning">What it means, its unit and range.</param>
public sealed record InitializerParameter(string Name, string Default, string Meaning)
{
    /// <summary>Whether it is written by its place, without its name, as in <c>random:10:normal</c>.</summary>
    public bool Positional { get; init; }

    /// <summary>The choices of a parameter that is no number.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}

/// <summary>The parameters of one initializer as written, checked when they are read.</summary>
internal sealed class Arguments(string text, Library library, IReadOnlyList<InitializerParameter> parameters, IReadOnlyDictionary<string, string> given)
{
    private const string GainName = "gain";

    /// <summary>The parameter that every initializer takes.</summary>
    public static readonly InitializerParameter GainParameter = new(
        GainName, "1", "multiplies every weight: a number of at least 0, or an activation's name for 1/√E[φ(z)²], as in gain=tanh or gain=leaky_relu:0.2 (with @pytorch, for PyTorch's table)");

    /// <summary>Whose definition is meant.</summary>
    public Library Library => library;

    /// <summary>What the weights are multiplied by.</summary>
    public double Gain { get; } = ReadGain(text, library, given.GetValueOrDefault(GainName, GainParameter.Default));

    /// <summary>The text that reads back to the same: parameters in their order, those at their default left out.</summary>
    public string Canonical => string.Concat(parameters.Append(GainParameter).Select(parameter =>
    {
        string value = Normalize(Text(parameter.Name));
        return parameter.Positional ? $":{value}" : value == Normalize(parameter.Default) ? "" : $":{parameter.Name}={value}";
    }));

    public double Number(string name) => Number(name, "a finite number", double.IsFinite);

    public double AtLeastZero(string name) => Number(name, "a finite number of at least 0", value => double.IsFinite(value) && value >= 0);

    public double Positive(string name) => Number(name, "a finite number above 0", value => double.IsFinite(value) && value > 0);

    public double Share(string name) => Number(name, "a number from 0 to 1", value => value is >= 0 and <= 1);

    public int Whole(string name) => (int)Number(name, "a whole number from 0 to 2147483647", value => value is >= 0 and <= int.MaxValue && Math.Floor(value) == value);

    public int AtLeastOne(string name) => Whole(name) is int number and > 0 ? number : throw Wrong($"expected at least 1 as {name}, found '{Text(name)}'");

    /// <summary>Two numbers, the first at most the second.</summary>
    public (double Low, double High) Range(string low, string high)
    {
        (double from, double to) = (Number(low), Number(high));
        return from <= to ? (from, to) : throw Wrong(text, $"expected {low} at most {high}, found {Text(low)} and {Text(high)}");
    }

    public string Choice(string name)
    {
        string value = Text(name);
        IReadOnlyList<string> choices = parameters.First(parameter => parameter.Name == name).Choices;
        return choices.Contains(value)
            ? value
            : throw Wrong(text, $"expected {string.Join(" or ", choices)} as {name}, found '{value}'");
    }

    public FanMode Mode() => (FanMode)Array.IndexOf(Fans.ModeNames, Choice("mode"));

    public StepZeroException Wrong(string what) => Wrong(text, what);

    public static StepZeroException Wrong(string text, string what) => new($"Initializer '{text}': {what}.");

    private string Text(string name) =>
        given.GetValueOrDefault(name) ?? (name == GainName ? GainParameter : parameters.First(parameter => parameter.Name == name)).Default;

    private double Number(string name, string expected, Predicate<double> fits) =>
        TryNumber(Text(name), out double value) && fits(value) ? value : throw Wrong(text, $"expected {expected} as {name}, found '{Text(name)}'");

    private static double ReadGain(string text, Library library, string value)
    {
        if (TryNumber(value, out double number))
        {
            return double.IsFinite(number) && number >= 0 ? number : throw Wrong(text, $"expected a finite number of at least 0 as gain, found '{value}'");
        }

        try
        {
            return library == Library.Pytorch ? Initialization.Gain.OfPyTorch(value) : Initialization.Gain.Of(Activation.Parse(value));
        }
        catch (Exception error) when (error is StepZeroException or ArgumentException)
        {
            throw Wrong(text, $"expected a number or an activation as gain, found '{value}': {error.Message.TrimEnd('.')}");
        }
    }

    private static string Normalize(string value) => TryNumber(value, out double number) ? number.ToString(CultureInfo.InvariantCulture) : value;

    private static bool TryNumber(string value, out double number) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
