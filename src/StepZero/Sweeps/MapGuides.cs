using StepZero.Initialization;
using StepZero.Training;

namespace StepZero.Sweeps;

/// <summary>What theory says about a map, to be drawn over it.</summary>
public static class MapGuides
{
    /// <summary>He, Glorot and LeCun, the line of stable rates, and the critical line, as far as the axes have a place for them.</summary>
    /// <param name="spec">The map.</param>
    /// <param name="data">The training samples, prepared for the spec's run.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static IReadOnlyList<MapGuide> Of(MapSpec spec, PreparedData data, CancellationToken cancellation = default) => [];

    /// <summary>Where the drawn weights have the standard deviation of an initializer; null where no axis is a gain.</summary>
    /// <param name="spec">The map.</param>
    /// <param name="initializer">The initializer, such as <c>random:10</c>.</param>
    /// <param name="label">Its name in a legend.</param>
    /// <exception cref="StepZeroException">The initializer has no standard deviation before it has seen data.</exception>
    public static MapGuide? OfStart(MapSpec spec, Initializer initializer, string label) => null;

    /// <summary>A cross at a chosen setting.</summary>
    /// <param name="spec">The map.</param>
    /// <param name="place">Where.</param>
    /// <param name="label">Its name in a legend.</param>
    public static MapGuide OfSetting(MapSpec spec, MapPlace place, string label) => new(MapGuideKind.Setting, label, [place]);
}
