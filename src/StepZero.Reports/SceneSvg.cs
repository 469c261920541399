using System.Globalization;
using System.Text;
using SkiaSharp;

namespace StepZero.Reports;

/// <summary>A drawing as SVG: lines and texts as such, the pixels of maps as one picture inside.</summary>
internal static class SceneSvg
{
    /// <summary>Colors that the style sheet of pages has names for: there they follow light and dark.</summary>
    private static readonly Dictionary<SKColor, string> OfPage = new(
        Enumerable.Range(0, Palette.Count).Select(i => KeyValuePair.Create(SKColor.Parse(Palette.Of(i)), $"c{i}"))
            .Append(new(SceneColors.Ink, "ink")).Append(new(SceneColors.Soft, "soft")).Append(new(SceneColors.Line, "line")).Append(new(SKColors.White, "page")));

    /// <summary>The drawing as a part of a page: its colors follow light and dark, and its letters are those of the page.</summary>
    /// <param name="scene">The drawing.</param>
    /// <param name="id">What the names of its parts begin with, another for each drawing of a page.</param>
    public static string WriteInPage(Scene scene, string id)
    {
        SKRect[] clips = [.. scene.Shapes.Select(ClipOf).OfType<SKRect>().Distinct()];
        var svg = new StringBuilder();
        svg.Append(Text($"<svg viewBox=\"0 0 {scene.Width} {scene.Height}\" role=\"img\" aria-label=\"{Html.Text(scene.Description)}\">\n"));
        Append(svg, scene, clips, new Form(id, true));
        return svg.Append("</svg>").ToString();
    }

    /// <summary>The drawing as a file.</summary>
    public static string Write(Scene scene)
    {
        SKRect[] clips = [.. scene.Shapes.Select(ClipOf).OfType<SKRect>().Distinct()];
        var svg = new StringBuilder();
        svg.Append(Text($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {scene.Width} {scene.Height}\" width=\"{scene.Width}\" height=\"{scene.Height}\" role=\"img\""));
        svg.Append(Text($" font-family=\"DejaVu Sans, Verdana, sans-serif\">\n<title>{Html.Text(scene.Description)}</title>\n"));
        Append(svg, scene, clips, new Form("clip", false));
        return svg.Append("</svg>\n").ToString();
    }

    private static void Append(StringBuilder svg, Scene scene, SKRect[] clips, Form form)
    {
        for (int i = 0; i < clips.Length; i++)
        {
            svg.Append(Text($"<clipPath id=\"{form.Id}-{i + 1}\"><rect {Place(clips[i])}/></clipPath>\n"));
        }

        svg.Append(form.InPage ? "" : Text($"<rect width=\"{scene.Width}\" height=\"{scene.Height}\" fill=\"#ffffff\"/>\n"));
        foreach (SceneShape shape in scene.Shapes)
        {
            string clip = ClipOf(shape) is SKRect inside ? $" clip-path=\"url(#{form.Id}-{Array.IndexOf(clips, inside) + 1})\"" : "";
            svg.Append(Element(shape, clip, form)).Append('\n');
        }
    }

    private static SKRect? ClipOf(SceneShape shape) => shape switch { SceneLine line => line.Clip, SceneArea area => area.Clip, _ => null };

    private static string Element(SceneShape shape, string clip, Form form) => shape switch
    {
        SceneImage image => Text($"<image {Place(image.Place)} preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"data:image/png;base64,{Convert.ToBase64String(PictureSheet.Encode(image.Picture, SKEncodedImageFormat.Png, 100))}\"/>"),
        SceneBox box => Text($"<rect {Place(box.Place)}{(box.Corner > 0 ? Text($" rx=\"{box.Corner:0.##}\"") : "")} {form.Paint("fill", box.Fill)}{(box.EdgeWidth > 0 ? Text($" {form.Paint("stroke", box.Edge)} stroke-width=\"{box.EdgeWidth:0.##}\"") : "")}/>"),
        SceneLine line => Text($"<polyline points=\"{Points(line.Points)}\" fill=\"none\" {form.Paint("stroke", line.Color)} stroke-width=\"{line.Width:0.##}\" stroke-linejoin=\"round\"{(line.Dash > 0 ? Text($" stroke-dasharray=\"{line.Dash:0.##}\"") : "")}{clip}/>"),
        SceneArea area => Text($"<polygon points=\"{Points(area.Points)}\" {form.Paint("fill", area.Fill)}{clip}/>"),
        SceneLabel label => Text($"<text x=\"{label.X:0.##}\" y=\"{label.Y:0.##}\" {form.Letters(label)}{Anchor(label.Align)}{(label.Upright ? Text($" transform=\"rotate(-90 {label.X:0.##} {label.Y:0.##})\"") : "")}>{Html.Text(label.Text)}</text>"),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "Expected a shape of a drawing."),
    };

    private static string Anchor(SKTextAlign align) => align switch { SKTextAlign.Center => " text-anchor=\"middle\"", SKTextAlign.Right => " text-anchor=\"end\"", _ => "" };

    private static string Place(SKRect place) => Text($"x=\"{place.Left:0.##}\" y=\"{place.Top:0.##}\" width=\"{place.Width:0.##}\" height=\"{place.Height:0.##}\"");

    private static string Points(IEnumerable<SKPoint> points) => string.Join(' ', points.Select(point => Text($"{point.X:0.##},{point.Y:0.##}")));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>How colors and letters are written: in a page as names of its style sheet, which outweighs attributes.</summary>
    private sealed record Form(string Id, bool InPage)
    {
        public string Paint(string name, SKColor color)
        {
            string opacity = color.Alpha < byte.MaxValue ? Text($" {name}-opacity=\"{color.Alpha / (double)byte.MaxValue:0.###}\"") : "";
            return InPage && OfPage.TryGetValue(color.WithAlpha(byte.MaxValue), out string? variable) ? $"{name}=\"var(--{variable})\"{opacity}"
                : Text($"{name}=\"#{color.Red:x2}{color.Green:x2}{color.Blue:x2}\"{opacity}");
        }

        public string Letters(SceneLabel label) => InPage
            ? Text($"style=\"font-size:{label.Size:0.##}px{(label.Bold ? ";font-weight:bold" : "")};fill:{(OfPage.TryGetValue(label.Color, out string? variable) ? $"var(--{variable})" : $"#{label.Color.Red:x2}{label.Color.Green:x2}{label.Color.Blue:x2}")}\"")
            : Text($"font-size=\"{label.Size:0.##}\"{(label.Bold ? " font-weight=\"bold\"" : "")} {Paint("fill", label.Color)}");
    }
}
