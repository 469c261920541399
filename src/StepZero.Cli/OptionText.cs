using System.CommandLine;
using System.Globalization;

namespace StepZero.Cli;

/// <summary>Options are texts until a command reads them: each mistake is one line that names its option.</summary>
internal static class OptionText
{
    /// <summary>An option that takes a text.</summary>
    /// <param name="name">Its name, with dashes.</param>
    /// <param name="valueName">What its value is called in the help.</param>
    /// <param name="description">Its line in the help.</param>
    /// <param name="standard">Its default; none where it is null.</param>
    public static Option<string> Text(string name, string valueName, string description, string? standard = null)
    {
        var option = new Option<string>(name) { HelpName = valueName, Description = description };
        if (standard is not null)
        {
            option.DefaultValueFactory = _ => standard;
        }

        return option;
    }

    /// <summary>Reads the value of an option that has one.</summary>
    /// <exception cref="UsageException">The value is impossible.</exception>
    public static T Parse<T>(ParseResult parsed, Option<string> option, Func<string, T> read)
    {
        try
        {
            return read(parsed.GetValue(option)!);
        }
        catch (StepZeroException error)
        {
            throw new UsageException($"{option.Name}: {error.Message}");
        }
    }

    /// <summary>Reads the value of an option where it was given.</summary>
    /// <exception cref="UsageException">The value is impossible.</exception>
    public static T? Optional<T>(ParseResult parsed, Option<string> option, Func<string, T> read) where T : struct =>
        parsed.GetValue(option) is null ? null : Parse(parsed, option, read);

    /// <summary>A finite number.</summary>
    public static double Number(string text, string expected, Func<double, bool> fits) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && fits(value)
            ? value
            : throw new StepZeroException($"expected {expected}, found '{text}'.");

    /// <summary>A whole number.</summary>
    public static long Whole(string text, long least, long most) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= least && value <= most
            ? value
            : throw new StepZeroException($"expected a whole number from {least} to {most}, found '{text}'.");

    /// <summary>A time, as in 90s, 10m, 1.5h or 2d.</summary>
    public static TimeSpan Duration(string text)
    {
        const string Expected = "a time above 0 as in 90s, 10m, 1.5h or 2d";
        const double MostDays = 10_000;
        TimeSpan unit = text is [.., char letter] ? letter switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => TimeSpan.Zero,
        } : TimeSpan.Zero;
        return unit == TimeSpan.Zero ? throw new StepZeroException($"expected {Expected}, found '{text}'.")
            : unit * Number(text[..^1], Expected, value => value > 0 && value * unit.TotalDays <= MostDays);
    }
}
