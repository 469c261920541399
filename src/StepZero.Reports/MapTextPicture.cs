using System.Globalization;
using System.Text;
using SkiaSharp;
using StepZero.Maps;

namespace StepZero.Reports;

/// <summary>A map as a picture of characters: colored half blocks, or signs for what converged and what did not.</summary>
public static class MapTextPicture
{
    private const int MostLines = 24;

    /// <summary>The picture as lines, with the axes below it.</summary>
    /// <param name="map">The map, as far as it is trained.</param>
    /// <param name="width">The characters of a line, at least 1.</param>
    /// <param name="color">Whether the terminal shows colors of 24 bits.</param>
    public static string Of(Map map, int width, bool color)
    {
        // A character is about twice as high as wide: two cells of a picture in half blocks, one in signs.
        MapSpec spec = map.Spec;
        int columns = Math.Min(width, Math.Clamp(spec.Columns, 1, Math.Max(1, 2 * MostLines * spec.Columns / spec.Rows)));
        int rows = Math.Clamp((int)Math.Round((double)columns * spec.Rows / spec.Columns), 1, 2 * MostLines);
        int lines = (rows + 1) / 2;
        var colors = new MapColors(map);
        var text = new StringBuilder();
        for (int line = 0; line < lines; line++)
        {
            for (int column = 0; column < columns; column++)
            {
                MapPixel upper = At(column, 2 * line, 2 * lines), lower = At(column, (2 * line) + 1, 2 * lines);
                text.Append(color ? Blocks(colors.Of(upper), colors.Of(lower)) : Sign(colors, At(column, line, lines)));
            }

            text.Append(color ? "\e[0m\n" : "\n");
        }

        text.Append(color ? "blue converged, orange did not" : "# converged, + converged less well, . did not");
        return text.Append($"; →{Axis(spec.X)}, ↑{Axis(spec.Y)}\n").ToString();

        MapPixel At(int column, int down, int of) => map.Nearest(
            (int)((column + 0.5) * spec.Columns / columns), spec.Rows - 1 - (int)((down + 0.5) * spec.Rows / of));
    }

    private static string Axis(MapAxis axis) => $" {axis.Name} {Figures.Brief(axis.From)} to {Figures.Brief(axis.To)}";

    private static string Blocks(SKColor upper, SKColor lower) =>
        string.Create(CultureInfo.InvariantCulture, $"\e[38;2;{upper.Red};{upper.Green};{upper.Blue}m\e[48;2;{lower.Red};{lower.Green};{lower.Blue}m▀");

    private static string Sign(MapColors colors, MapPixel pixel) => pixel.Status switch
    {
        PixelStatus.Missing => " ",
        PixelStatus.Converged => !double.IsNaN(pixel.Value) && colors.Converged.ShareOf(pixel.Value) >= 0.5 ? "#" : "+",
        _ => ".",
    };
}
