using StepZero.Maps;

namespace StepZero.Reports;

/// <summary>What a map shows, in sentences.</summary>
internal static class MapSentences
{
    /// <summary>What became of the trainings, and where the best is if there is one.</summary>
    /// <param name="map">The map, as far as it is trained.</param>
    public static IEnumerable<string> Of(Map map)
    {
        var summary = MapSummary.Of(map);
        int trained = summary.Converged + summary.Unconverged + summary.Diverged;
        string[] parts = [
            .. Part(summary.Converged, "converged"), .. Part(summary.Unconverged, "ended no lower than they began"), .. Part(summary.Diverged, "had costs that stopped being finite")];
        yield return parts is [] ? "No training is done."
            : $"Of {Figures.Count(trained)} training{(trained == 1 ? "" : "s")}, {string.Join(", ", parts.SkipLast(1))}{(parts.Length > 1 ? " and " : "")}{parts[^1]}.";
        if (trained > 0 && trained < map.Spec.PixelCount)
        {
            yield return $"{Figures.Count(map.Spec.PixelCount - trained)} are not trained yet; until then pixels nearby stand for them.";
        }

        if (summary.Best is PlacedPixel best)
        {
            MapQuantity quantity = map.Spec.Measure.Quantity;
            string value = quantity is MapQuantity.Cost or MapQuantity.Sharpness ? "" : $" ({MapText.OfConverged(quantity)}: {MapText.Value(quantity, best.Pixel.Value)})";
            yield return $"The best{value} lies at {MapText.Setting(map.Spec, best.X, best.Y)}: {MapText.Fate(best.Pixel)}";
        }

        IEnumerable<string> Part(int count, string what) => count == 0 ? [] : [$"{Figures.Count(count)} {what} ({Figures.BriefPercent((double)count / trained)})"];
    }
}
