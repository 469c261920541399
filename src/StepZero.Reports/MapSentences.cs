using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>What a map shows, in sentences.</summary>
public static class MapSentences
{
    /// <summary>What became of the trainings, and where the best is if one converged.</summary>
    /// <param name="map">The map, as far as it is trained.</param>
    public static IEnumerable<string> Of(Map map)
    {
        var facts = MapFacts.Of(map);
        string[] parts = [
            .. Part(facts.Converged, "converged"), .. Part(facts.Unconverged, "ended no lower than they began"), .. Part(facts.Diverged, "had costs that stopped being finite")];
        yield return parts is [] ? "No training is done."
            : $"Of {Figures.Count(facts.Trained)} training{(facts.Trained == 1 ? "" : "s")}, {string.Join(", ", parts.SkipLast(1))}{(parts.Length > 1 ? " and " : "")}{parts[^1]}.";
        if (facts.Trained > 0 && facts.Trained < map.Spec.PixelCount)
        {
            yield return $"{Figures.Count(map.Spec.PixelCount - facts.Trained)} are not trained yet; until then pixels nearby stand for them.";
        }

        if (facts.Best is int best)
        {
            MapPixel pixel = map.Pixels[best];
            MapQuantity quantity = map.Spec.Measure.Quantity;
            string value = quantity is MapQuantity.Cost or MapQuantity.Sharpness ? "" : $" ({MapText.OfConverged(quantity)}: {MapText.Value(quantity, pixel.Value)})";
            yield return $"The best{value} lies at {MapText.Setting(map.Spec, map.X[best % map.Spec.Columns], map.Y[best / map.Spec.Columns])}: {MapText.Fate(pixel)}";
        }

        IEnumerable<string> Part(int count, string what) => count == 0 ? [] : [$"{Figures.Count(count)} {what} ({Figures.BriefPercent((double)count / facts.Trained)})"];
    }
}
