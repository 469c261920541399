using System.Globalization;
using System.Text;
using SkiaSharp;

namespace StepZero.Reports;

/// <summary>A drawing as SVG: lines and texts as such, the pixels of maps as one picture inside.</summary>
internal static class SceneSvg
{
    public static string Write(Scene scene)
    {
        SKRect[] clips = [.. scene.Shapes.Select(ClipOf).OfType<SKRect>().Distinct()];
        var svg = new StringBuilder();
        svg.Append(Text($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {scene.Width} {scene.Height}\" width=\"{scene.Width}\" height=\"{scene.Height}\" role=\"img\""));
        svg.Append(Text($" font-family=\"DejaVu Sans, Verdana, sans-serif\">\n<title>{Html.Text(scene.Description)}</title>\n"));
        for (int i = 0; i < clips.Length; i++)
        {
            svg.Append(Text($"<clipPath id=\"clip-{i + 1}\"><rect {Place(clips[i])}/></clipPath>\n"));
        }

        svg.Append(Text($"<rect width=\"{scene.Width}\" height=\"{scene.Height}\" fill=\"#ffffff\"/>\n"));
        foreach (SceneShape shape in scene.Shapes)
        {
            string clip = ClipOf(shape) is SKRect inside ? $" clip-path=\"url(#clip-{Array.IndexOf(clips, inside) + 1})\"" : "";
            svg.Append(Element(shape, clip)).Append('\n');
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static SKRect? ClipOf(SceneShape shape) => shape switch { SceneLine line => line.Clip, SceneArea area => area.Clip, _ => null };

    private static string Element(SceneShape shape, string clip) => shape switch
    {
        SceneImage image => Text($"<image {Place(image.Place)} preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"data:image/png;base64,{Convert.ToBase64String(PictureSheet.Encode(image.Picture, SKEncodedImageFormat.Png, 100))}\"/>"),
        SceneBox box => Text($"<rect {Place(box.Place)}{(box.Corner > 0 ? Text($" rx=\"{box.Corner:0.##}\"") : "")} {Paint("fill", box.Fill)}{(box.EdgeWidth > 0 ? Text($" {Paint("stroke", box.Edge)} stroke-width=\"{box.EdgeWidth:0.##}\"") : "")}/>"),
        SceneLine line => Text($"<polyline points=\"{Points(line.Points)}\" fill=\"none\" {Paint("stroke", line.Color)} stroke-width=\"{line.Width:0.##}\" stroke-linejoin=\"round\"{(line.Dash > 0 ? Text($" stroke-dasharray=\"{line.Dash:0.##}\"") : "")}{clip}/>"),
        SceneArea area => Text($"<polygon points=\"{Points(area.Points)}\" {Paint("fill", area.Fill)}{clip}/>"),
        SceneLabel label => Text($"<text x=\"{label.X:0.##}\" y=\"{label.Y:0.##}\" font-size=\"{label.Size:0.##}\"{(label.Bold ? " font-weight=\"bold\"" : "")} {Paint("fill", label.Color)}{Anchor(label.Align)}{(label.Upright ? Text($" transform=\"rotate(-90 {label.X:0.##} {label.Y:0.##})\"") : "")}>{Html.Text(label.Text)}</text>"),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "Expected a shape of a drawing."),
    };

    private static string Anchor(SKTextAlign align) => align switch { SKTextAlign.Center => " text-anchor=\"middle\"", SKTextAlign.Right => " text-anchor=\"end\"", _ => "" };

    private static string Place(SKRect place) => Text($"x=\"{place.Left:0.##}\" y=\"{place.Top:0.##}\" width=\"{place.Width:0.##}\" height=\"{place.Height:0.##}\"");

    private static string Points(IEnumerable<SKPoint> points) => string.Join(' ', points.Select(point => Text($"{point.X:0.##},{point.Y:0.##}")));

    private static string Paint(string name, SKColor color) =>
        Text($"{name}=\"#{color.Red:x2}{color.Green:x2}{color.Blue:x2}\"{(color.Alpha < byte.MaxValue ? Text($" {name}-opacity=\"{color.Alpha / (double)byte.MaxValue:0.###}\"") : "")}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
