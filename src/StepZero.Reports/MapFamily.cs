using SkiaSharp;

namespace StepZero.Reports;

/// <summary>
/// The colors of pixels that ended alike, from the best to those at the boundary, or from there to the worst. Values are spread evenly over the colors by
/// their rank among all values, as in the published maps, so that each color is as frequent as any other; equal values have equal colors.
/// </summary>
internal sealed class MapFamily
{
    private readonly double[] sorted;
    private readonly SKColor[] stops;
    private readonly bool falls;
    private readonly bool byRank;

    /// <summary>A family.</summary>
    /// <param name="values">The values of its pixels in any order, without nan; they are sorted in place.</param>
    /// <param name="stops">The colors, evenly spaced.</param>
    /// <param name="falls">Whether the first color is that of the largest value.</param>
    /// <param name="byRank">Whether values count by rank; otherwise as they are.</param>
    public MapFamily(double[] values, SKColor[] stops, bool falls, bool byRank)
    {
        sorted = values;
        Array.Sort(sorted);
        this.stops = stops;
        this.falls = falls;
        this.byRank = byRank;
    }

    /// <summary>Whether all values are the same.</summary>
    public bool IsOneValue => sorted.Length > 0 && sorted[0] == sorted[^1];

    /// <summary>How many values there are.</summary>
    public int Count => sorted.Length;

    /// <summary>The color of one of the values.</summary>
    public SKColor this[double value] => ColorAt(ShareOf(value));

    /// <summary>Where one of the values lies among the colors, 0 to 1.</summary>
    public double ShareOf(double value)
    {
        double share = byRank ? RankOf(value) : (value - sorted[0]) / (sorted[^1] - sorted[0]);
        share = double.IsNaN(share) ? 0.5 : share;
        return falls ? 1 - share : share;
    }

    /// <summary>The value whose color lies at a share, 0 to 1.</summary>
    public double ValueAt(double share)
    {
        double place = falls ? 1 - share : share;
        return byRank ? sorted[(int)Math.Round(place * (sorted.Length - 1))] : sorted[0] + (place * (sorted[^1] - sorted[0]));
    }

    /// <summary>The color at a share, 0 to 1.</summary>
    public SKColor ColorAt(double share)
    {
        double place = share * (stops.Length - 1);
        int left = Math.Min((int)place, stops.Length - 2);
        (SKColor a, SKColor b, double part) = (stops[left], stops[left + 1], place - left);
        return new SKColor(Mix(a.Red, b.Red), Mix(a.Green, b.Green), Mix(a.Blue, b.Blue));

        byte Mix(byte from, byte to) => (byte)Math.Round(from + (part * (to - from)));
    }

    /// <summary>The middle of the ranks of all equal values, as a share.</summary>
    private double RankOf(double value)
    {
        int first = Bound(value, below: true), behind = Bound(value, below: false);
        return (first + behind - 1) / (2.0 * (sorted.Length - 1));
    }

    /// <summary>How many values are below a value, or at most as large.</summary>
    private int Bound(double value, bool below)
    {
        (int low, int high) = (0, sorted.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] < value || (!below && sorted[middle] == value) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
