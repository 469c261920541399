using System.Globalization;

namespace StepZero.Cli;

/// <summary>Figures of a diagnosis with three digits; a dash where there is none.</summary>
internal static class FigureText
{
    /// <summary>A number.</summary>
    public static string Number(double? value) => value is not double number || double.IsNaN(number) ? "–" : ShortNumber.Of(number);

    /// <summary>A share in whole percent; more digits only where it would be 0 or 100 by rounding alone.</summary>
    public static string Percent(double? share) => share is not double number || double.IsNaN(number) ? "–"
        : number is > 0.995 and < 1 ? ">99%"
        : number is > 0 and < 0.005 ? "<1%"
        : string.Create(CultureInfo.InvariantCulture, $"{100 * number:0}%");

    /// <summary>Changed options as they are typed.</summary>
    public static string Options(IEnumerable<(string Name, string Value)> options) => string.Join(' ', options.Select(option => $"--{option.Name} {option.Value}"));
}
