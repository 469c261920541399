namespace StepZero.Sweeps;

/// <summary>How many boxes of a size hold a part of a set.</summary>
/// <param name="Size">The side of a box, in pixels.</param>
/// <param name="Boxes">The boxes.</param>
public readonly record struct BoxCount(int Size, int Boxes);

/// <summary>A box-counting dimension.</summary>
/// <param name="Value">The dimension, 0 to 2.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Counts">The counts it was read off, from small boxes to large.</param>
public sealed record BoxDimension(double Value, double Error, IReadOnlyList<BoxCount> Counts);

/// <summary>The dimension of the boundary between trainings that converge and trainings that do not.</summary>
public static class BoxCounting
{
    /// <summary>The dimension of a map's boundary; null where it has too few pixels to tell.</summary>
    /// <param name="map">The map.</param>
    public static BoxDimension? Of(Map map) => null;
}
