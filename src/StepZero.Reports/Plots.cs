using ScottPlot;

namespace StepZero.Reports;

/// <summary>Plots as files.</summary>
internal static class Plots
{
    private const int Width = 900;
    private const int Height = 560;
    private const float Sharpness = 1.5f;

    public static byte[] ToPng(Plot plot, int width = Width, int height = Height)
    {
        plot.ScaleFactor = Sharpness;
        return plot.GetImage((int)(width * Sharpness), (int)(height * Sharpness)).GetImageBytes(ImageFormat.Png);
    }

    public static byte[] ToSvg(Plot plot) => System.Text.Encoding.UTF8.GetBytes(plot.GetSvgXml(Width, Height));
}
