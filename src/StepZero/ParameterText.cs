using System.Globalization;

namespace StepZero;

/// <summary>The parameters of a name, written behind colons as in <c>adam:beta1=0.9</c>.</summary>
/// <param name="Text">The whole text, for messages.</param>
/// <param name="What">What is named, as in "Optimizer".</param>
/// <param name="Known">The parameters that the name has.</param>
internal sealed record ParameterText(string Text, string What, string[] Known)
{
    /// <summary>The parts behind the name, each as the index of its parameter and its value.</summary>
    /// <exception cref="StepZeroException">A part is no parameter, or one is given twice.</exception>
    public List<(int Index, string Value)> Read(ReadOnlySpan<string> parts)
    {
        List<(int Index, string Value)> all = [];
        foreach (string part in parts)
        {
            string[] sides = part.Split('=', 2);
            int index = Array.IndexOf(Known, sides[0]);
            if (index < 0 || sides.Length < 2)
            {
                string expected = Known is [] ? "it takes no parameters" : $"expected {string.Join(", ", Known.Select(name => $"{name}=…"))}";
                throw new StepZeroException($"{What} '{Text}': found '{part}'; {expected}.");
            }

            if (all.Exists(one => one.Index == index))
            {
                throw new StepZeroException($"{What} '{Text}': '{sides[0]}' stands there twice; expected it once.");
            }

            all.Add((index, sides[1]));
        }

        return all;
    }

    /// <summary>A number of a parameter.</summary>
    /// <exception cref="StepZeroException">It is none, or out of range.</exception>
    public double Number(string name, string value, string expected, Predicate<double> fits) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && fits(number)
            ? number
            : throw new StepZeroException($"{What} '{Text}': expected {expected} as {name}, found '{value}'.");
}
