using StepZero.Maps;

namespace StepZero.Reports;

/// <summary>How a map is read: its colors, and what is drawn over it.</summary>
internal static class MapReading
{
    /// <summary>The section, as HTML.</summary>
    public static string Write(Map map, IReadOnlyList<MapGuide> guides)
    {
        string list = string.Concat(Colors(map).Concat(guides.GroupBy(Kind).Select(group => Guide(map, group.Key, [.. group]))).Select(item => $"<li>{item}</li>"));
        return $"<h2>How to read it</h2><ul>{list}</ul>";

        static string Kind(MapGuide guide) => guide.Points.Count == 1 && guide.Kind == MapGuideKind.Start ? "place" : guide.Kind.ToString();
    }

    private static IEnumerable<string> Colors(Map map)
    {
        string better = map.Spec.Measure.Quantity switch
        {
            MapQuantity.Convergence => "the lighter, the faster",
            MapQuantity.Accuracy => "the lighter, the more accurate",
            MapQuantity.Iterations => "the lighter, the fewer iterations it took",
            MapQuantity.Sharpness => "the lighter, the flatter the valley in which it ended",
            _ => "the lighter, the lower its cost",
        };
        yield return $"<strong>Blue</strong> trainings converged: the mean of their last 20 costs is below the first. {Sentence(better)}.";
        yield return "<strong>Orange</strong> trainings did not: their costs ended no lower than they began, or stopped being finite. The darker, the sooner their costs rose; the costs of cream ones stayed low longest. "
            + $"The numbers are Σ first cost/cost, as the maps of {Paper("Sohl-Dickstein 2024", "2402.06184")} have them.";
        if (map.Spec.Measure.Quantity == MapQuantity.Iterations)
        {
            yield return $"<strong>Gray</strong> trainings converged without reaching a cost of {Figures.Cost(map.Spec.Measure.Target)}.";
        }

        yield return map.Spec.Measure.Quantity == MapQuantity.Accuracy
            ? "Blues follow the accuracy itself, oranges the rank, so that each orange is as frequent as any other; equal values have equal colors."
            : "Colors follow the rank, so that each is as frequent as any other of its family: beside the bars stand the least value, the quartiles and the largest. Equal values have equal colors.";
    }

    private static string Guide(Map map, string kind, MapGuide[] guides)
    {
        string names = string.Join(", ", guides.Select(guide => $"<strong>{Html.Text(guide.Label)}</strong>"));
        return kind switch
        {
            nameof(MapGuideKind.Start) => $"{names}: where the weights have the standard deviation that these initializers give ({Paper("He 2015", "1502.01852")}, "
                + "<a href=\"https://proceedings.mlr.press/v9/glorot10a.html\">Glorot 2010</a>, LeCun 1998). A band means that the layers reach it at different gains.",
            nameof(MapGuideKind.StableRate) => $"{names}: above this learning rate the updates overshoot in the valley where the weights start, whose sharpness is λ(0). "
                + $"Trainings can go on above it, since the sharpness changes as they go ({Paper("Cohen 2021", "2103.00065")}).",
            nameof(MapGuideKind.CriticalLine) => $"{names}: on this line very wide networks pass gradients back through any number of layers neither growing nor shrinking "
                + $"({Paper("Poole 2016", "1606.05340")}, {Paper("Schoenholz 2017", "1611.01232")}).",
            _ => string.Join(" ", guides.Select(guide => Place(map, guide))),
        };
    }

    /// <summary>What became of the training at a place.</summary>
    private static string Place(Map map, MapGuide guide)
    {
        MapPlace place = guide.Points[0];
        int column = Nearest(map.Spec.X, map.X, place.X), row = Nearest(map.Spec.Y, map.Y, place.Y);
        string name = $"<strong>{Html.Text(guide.Label)}</strong>, {(guide.Kind == MapGuideKind.Setting ? "the cross" : "a ring")} at {MapText.Setting(map.Spec, place.X, place.Y)}";
        return column < 0 || row < 0 ? $"{name}, lies outside the map." : $"{name}: {MapText.Fate(map[column, row])}";
    }

    /// <summary>The pixel that a value falls into; −1 outside.</summary>
    private static int Nearest(MapAxis axis, IReadOnlyList<double> values, double value)
    {
        double at = MapTicks.PlaceOf(axis, values, value);
        return at >= 0 && at <= values.Count ? Math.Min((int)at, values.Count - 1) : -1;
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Paper(string name, string number) => $"<a href=\"https://arxiv.org/abs/{number}\">{name}</a>";
}
