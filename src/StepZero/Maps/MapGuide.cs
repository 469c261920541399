namespace StepZero.Maps;

/// <summary>What a line over a map stands for.</summary>
public enum MapGuideKind
{
    /// <summary>Where the weights have the standard deviation of a named initializer.</summary>
    Start,

    /// <summary>The learning rate above which the updates overshoot in the valley of the start: 2/λ(0) for gradient descent.</summary>
    StableRate,

    /// <summary>Where very wide and deep networks pass gradients on unchanged, χ₁ = 1.</summary>
    CriticalLine,

    /// <summary>A setting that somebody chose.</summary>
    Setting,
}

/// <summary>A place on a map, in values of its axes.</summary>
/// <param name="X">The value on the axis from left to right.</param>
/// <param name="Y">The value on the other axis.</param>
public readonly record struct MapPlace(double X, double Y);

/// <summary>What is drawn over a map: a line, a single place, or a band between two lines.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Label">Its name in a legend.</param>
/// <param name="Points">
/// The line from point to point, straight as the axes are drawn, which may leave the map; one point stands for itself. A coordinate outside a logarithmic
/// axis may be 0 or less.
/// </param>
public sealed record MapGuide(MapGuideKind Kind, string Label, IReadOnlyList<MapPlace> Points)
{
    /// <summary>
    /// The other edge of a band, with as many points; null for a line. A band says that the layers of a network reach what it stands for at different values.
    /// </summary>
    public IReadOnlyList<MapPlace>? OtherEdge { get; init; }

    /// <summary>Whether nothing of it lies on the map: a legend should say so.</summary>
    public bool IsOutside { get; init; }
}
