using StepZero.Data;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>report.html of a map: the picture, what it shows and how to read it, as one page that explains itself and loads nothing from outside.</summary>
public static class MapReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="map">The map, as far as it is trained.</param>
    /// <param name="data">What was trained on.</param>
    /// <param name="guides">What is drawn over it.</param>
    /// <param name="speed">How fast it was trained; null where nobody measured.</param>
    /// <param name="boundary">The dimension of the boundary, where it was asked for and there is one.</param>
    /// <param name="origin">How it was asked for.</param>
    /// <returns>The page as UTF-8.</returns>
    public static byte[] Write(Map map, Dataset data, IReadOnlyList<MapGuide> guides, MapSpeed? speed, BoxDimension? boundary, Origin origin)
    {
        string picture = Html.Image(MapPictures.ToPng(map, data, guides), "png", MapText.Of(map.Spec, data));
        return ReportPage.Write(MapText.Of(map.Spec, data), [$"<h1>Where does this network train?</h1><figure>{picture}</figure>", ReportPage.Repeat(origin)]);
    }
}
