using SkiaSharp;

namespace StepZero.Reports;

/// <summary>Texts of drawings in the room there is.</summary>
internal static class SceneText
{
    private const string Gap = "…";

    /// <summary>A text that is no wider than the room: of a longer one the beginning and the end, which are what names differ in.</summary>
    public static string Fit(string text, float size, float room, bool bold = false)
    {
        if (SceneLabel.WidthOf(text, size, bold) <= room)
        {
            return text;
        }

        for (int kept = text.Length - 1; kept > 1; kept--)
        {
            int head = (kept + 1) / 2;
            string shorter = $"{text[..head]}{Gap}{text[(text.Length - kept + head)..]}";
            if (SceneLabel.WidthOf(shorter, size, bold) <= room)
            {
                return shorter;
            }
        }

        return Gap;
    }

    /// <summary>Widths of columns that have no more room together: the widest are made narrower, and no other.</summary>
    /// <param name="wished">The width that each column would take.</param>
    /// <param name="room">The width there is.</param>
    public static float[] Share(IReadOnlyList<float> wished, float room)
    {
        float left = room, cap = float.PositiveInfinity;
        float[] sorted = [.. wished.Order()];
        for (int i = 0; i < sorted.Length; i++)
        {
            if (sorted[i] * (sorted.Length - i) > left)
            {
                cap = left / (sorted.Length - i);
                break;
            }

            left -= sorted[i];
        }

        return [.. wished.Select(width => Math.Min(width, cap))];
    }

    /// <summary>A text with its base line set so that it stands in the middle of a row.</summary>
    public static SceneLabel Middle(string text, float x, float middle, float size, SKColor color, SKTextAlign align = SKTextAlign.Left, bool bold = false) =>
        new(text, x, middle + (0.355f * size), size, color, bold, align);
}
