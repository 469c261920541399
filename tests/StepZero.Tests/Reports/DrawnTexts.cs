using SkiaSharp;
using StepZero.Reports;

namespace StepZero.Tests.Reports;

/// <summary>Where the texts of drawings stand.</summary>
internal static class DrawnTexts
{
    /// <summary>The room that the letters of a text take.</summary>
    public static SKRect PlaceOf(SceneLabel label)
    {
        float width = SceneLabel.WidthOf(label.Text, label.Size, label.Bold), left = -width * label.Align switch { SKTextAlign.Center => 0.5f, SKTextAlign.Right => 1, _ => 0 };
        (float top, float foot) = (-0.76f * label.Size, 0.15f * label.Size);
        return label.Upright ? new SKRect(label.X + top, label.Y - left - width, label.X + foot, label.Y - left) : new SKRect(label.X + left, label.Y + top, label.X + left + width, label.Y + foot);
    }
}
