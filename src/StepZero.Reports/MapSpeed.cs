namespace StepZero.Reports;

/// <summary>How fast a map was trained, against what the machine can do.</summary>
/// <param name="Trainings">The trainings that were done; of a map that was resumed, those since.</param>
/// <param name="Seconds">The time from the first to the last of them.</param>
/// <param name="Threads">The threads that trained.</param>
/// <param name="Peak">The multiply-adds a second that these threads reach together where nothing else is to be done, as measured; of the precision of the map.</param>
/// <param name="Products">The multiply-adds of the products of the first layer in all these trainings, forward and backward.</param>
/// <param name="Parts">Where the time goes: parts by name with their share of it, 0 to 1; empty where nobody measured.</param>
public sealed record MapSpeed(int Trainings, double Seconds, int Threads, double Peak, double Products, IReadOnlyList<(string Name, double Share)> Parts)
{
    /// <summary>The trainings of a second.</summary>
    public double Rate => Trainings / Seconds;

    /// <summary>The share of the peak that the products of the first layer reach.</summary>
    public double ShareOfPeak => Products / Seconds / Peak;
}
