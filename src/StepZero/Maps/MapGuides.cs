using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Maps;

/// <summary>What theory says about a map, to be drawn over it.</summary>
/// <example><code>IReadOnlyList&lt;MapGuide&gt; guides = MapGuides.Of(spec, data);</code></example>
public static class MapGuides
{
    /// <summary>The most values of an axis that a line is computed for; it is straight between them.</summary>
    internal const int MostValues = 64;

    /// <summary>The names as they are in the literature, and the initializers that have the same standard deviation.</summary>
    private static readonly (string Label, Initializer Initializer)[] Named =
        [("He", Initializer.He), ("Glorot", Initializer.Parse("glorot_normal")), ("LeCun", Initializer.Xavier)];

    /// <summary>
    /// He, Glorot and LeCun where an axis is a gain; the stable rates where an axis is the learning rate of all layers; and the mean-field critical line where
    /// an axis is the gain of all layers. What the axes, the network or the updates have no place for is left out.
    /// </summary>
    /// <param name="spec">The map.</param>
    /// <param name="data">The training samples, prepared for the spec's run.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <remarks>
    /// The rate of gradient descent on a valley of sharpness λ is stable up to 2/λ (with momentum β up to (2 + 2β)/λ, a (1 + 2β)-th of that with Nesterov's);
    /// λ(0) is that of a pixel's start, and training may find less or more of it. The critical line is that of layers of infinite width.
    /// </remarks>
    /// <exception cref="StepZeroException">The initializer needs data and they do not suffice.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static IReadOnlyList<MapGuide> Of(MapSpec spec, PreparedData data, CancellationToken cancellation = default)
    {
        var starts = new MapStarts(spec, data);
        return [.. Named.Select(one => StartOf(spec, starts, one.Initializer, one.Label)).OfType<MapGuide>(), .. StableRates.Of(spec, starts, data, cancellation), .. CriticalLine.Of(spec, starts, cancellation)];
    }

    /// <summary>
    /// Where the drawn weights have the root mean square of an initializer's, which is its standard deviation where its mean is 0; a band where the layers
    /// come there one after the other, a place where both axes are gains. Null where no axis is a gain, or no gain makes such weights of the drawn ones.
    /// </summary>
    /// <param name="spec">The map.</param>
    /// <param name="data">The training samples, prepared for the spec's run.</param>
    /// <param name="initializer">The initializer, such as <c>random:10</c>; <c>zeros</c> lies outside a logarithmic axis.</param>
    /// <param name="label">Its name in a legend.</param>
    /// <exception cref="StepZeroException">The size of its weights is not known before it has seen data, or the map's own initializer needs other data.</exception>
    public static MapGuide? OfStart(MapSpec spec, PreparedData data, Initializer initializer, string label) => StartOf(spec, new MapStarts(spec, data), initializer, label);

    /// <summary>A cross at a chosen setting.</summary>
    /// <param name="spec">The map.</param>
    /// <param name="place">Where.</param>
    /// <param name="label">Its name in a legend.</param>
    public static MapGuide OfSetting(MapSpec spec, MapPlace place, string label) => Along(spec, MapGuideKind.Setting, label, [place], null);

    /// <summary>A guide that knows whether it lies outside.</summary>
    internal static MapGuide Along(MapSpec spec, MapGuideKind kind, string label, IReadOnlyList<MapPlace> points, IReadOnlyList<MapPlace>? otherEdge)
    {
        MapPlace[] all = [.. points, .. otherEdge ?? []];
        double[] x = [.. all.Select(place => spec.X.ShareOf(place.X))], y = [.. all.Select(place => spec.Y.ShareOf(place.Y))];
        bool outside = new[] { x, y }.Any(shares => shares.All(share => share < 0) || shares.All(share => share > 1));
        return new MapGuide(kind, label, points) { OtherEdge = otherEdge, IsOutside = outside };
    }

    /// <summary>The line, or band, of values on one axis for values on the other.</summary>
    /// <param name="spec">The map.</param>
    /// <param name="kind">What it stands for.</param>
    /// <param name="label">Its name in a legend.</param>
    /// <param name="along">Whether the values are those of the axis from left to right.</param>
    /// <param name="values">For each value of the other axis the least and the largest.</param>
    internal static MapGuide Along(MapSpec spec, MapGuideKind kind, string label, bool along, IReadOnlyList<(double Other, double Least, double Most)> values)
    {
        bool isBand = values.Any(one => one.Most > one.Least * (1 + 1e-9));
        return Along(spec, kind, label, [.. values.Select(one => Place(one.Other, one.Least))], isBand ? [.. values.Select(one => Place(one.Other, one.Most))] : null);

        MapPlace Place(double other, double value) => along ? new MapPlace(value, other) : new MapPlace(other, value);
    }

    /// <summary>The values of an axis that a line is computed for: both ends and some between, of whole numbers each once.</summary>
    internal static double[] ValuesOf(MapAxis axis, int pixels) => [.. axis.Values(Math.Clamp(pixels, 2, MostValues)).Distinct()];

    private static MapGuide? StartOf(MapSpec spec, MapStarts starts, Initializer initializer, string label)
    {
        bool ofX = spec.X.Quantity == AxisQuantity.Gain, ofY = spec.Y.Quantity == AxisQuantity.Gain;
        if (!ofX && !ofY)
        {
            return null;
        }

        if (ofX && ofY)
        {
            ((double x, double farX), (double y, double farY)) = (GainsAt(spec.X.From, spec.Y.From, spec.X, spec.Y.Layer), GainsAt(spec.X.From, spec.Y.From, spec.Y, spec.X.Layer));
            return !double.IsFinite(x + farX + y + farY) ? null
                : Along(spec, MapGuideKind.Start, label, x == farX && y == farY ? [new MapPlace(x, y)] : [new MapPlace(x, y), new MapPlace(farX, farY)], null);
        }

        MapAxis gain = ofX ? spec.X : spec.Y, other = ofX ? spec.Y : spec.X;
        double[] at = other.ChangesNetwork ? ValuesOf(other, ofX ? spec.Rows : spec.Columns) : [other.From, other.To];
        (double Other, double Least, double Most)[] values = [.. at.Select(value =>
        {
            (double least, double most) = GainsAt(ofX ? gain.From : value, ofX ? value : gain.From, gain, null);
            return (value, least, most);
        })];
        return values.Any(one => !double.IsFinite(one.Least + one.Most)) ? null : Along(spec, MapGuideKind.Start, label, ofX, values);

        (double Least, double Most) GainsAt(double x, double y, MapAxis axis, int? otherLayer)
        {
            Architecture architecture = spec.At(x, y).Architecture;
            double[] drawn = starts.SizesOf(architecture);
            double[] gains = [.. Enumerable.Range(0, drawn.Length).Where(layer => (axis.Layer is null && layer + 1 != otherLayer) || layer + 1 == axis.Layer)
                .Select(layer => SizeOf(initializer, architecture, layer) / drawn[layer])];
            return (gains.Min(), gains.Max());
        }
    }

    private static double SizeOf(Initializer initializer, Architecture architecture, int layer) => initializer.SizeOf(architecture, layer)
        ?? throw new StepZeroException($"Initializer '{initializer}': the size of its weights depends on the data; it cannot be marked on a map. Leave it out.");
}
