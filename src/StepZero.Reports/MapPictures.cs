using System.Text;
using StepZero.Data;
using StepZero.Maps;

namespace StepZero.Reports;

/// <summary>Maps as pictures: the pixels with axes, a legend, and what theory says drawn over them.</summary>
public static class MapPictures
{
    /// <summary>map.png and map.svg.</summary>
    /// <param name="map">The map, as far as it is trained; a pixel that is missing looks as the one that stands for it.</param>
    /// <param name="data">What was trained on.</param>
    /// <param name="guides">What is drawn over it.</param>
    public static IReadOnlyList<PictureFile> Draw(Map map, Dataset data, IReadOnlyList<MapGuide> guides)
    {
        using Scene scene = MapDrawing.Of(map, data, guides);
        return [new PictureFile("map.png", scene.ToPng()), new PictureFile("map.svg", Encoding.UTF8.GetBytes(SceneSvg.Write(scene)))];
    }

    /// <summary>map.png alone.</summary>
    /// <param name="map">The map, as far as it is trained; a pixel that is missing looks as the one that stands for it.</param>
    /// <param name="data">What was trained on.</param>
    /// <param name="guides">What is drawn over it.</param>
    public static byte[] ToPng(Map map, Dataset data, IReadOnlyList<MapGuide> guides)
    {
        using Scene scene = MapDrawing.Of(map, data, guides);
        return scene.ToPng();
    }
}
