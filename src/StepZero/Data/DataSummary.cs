using StepZero.Numerics;

namespace StepZero.Data;

/// <summary>What values a feature, or all of them together, takes. Values that are not finite count in <see cref="NonFinite"/> alone.</summary>
/// <param name="Minimum">The smallest value.</param>
/// <param name="Maximum">The largest value.</param>
/// <param name="Mean">The mean.</param>
/// <param name="StandardDeviation">The standard deviation, the squares divided by the number of values.</param>
/// <param name="NonFinite">How many values are nan or infinite.</param>
public readonly record struct ValueSummary(double Minimum, double Maximum, double Mean, double StandardDeviation, long NonFinite);

/// <summary>What a data set holds.</summary>
/// <param name="ClassCounts">For each class the number of its samples.</param>
/// <param name="All">All values of all features together.</param>
/// <param name="Features">The values of each feature where they come from the columns of a table, otherwise empty.</param>
/// <param name="Constant">The features that have one value in all samples.</param>
/// <param name="Duplicates">
/// Each feature that is equal to an earlier one in all samples but not constant, and the first such one; found by hashes of 128 bits.
/// </param>
/// <param name="MemoryBytes">The memory that features and targets take, in bytes; stored features take none.</param>
public sealed record DataSummary(
    IReadOnlyList<int> ClassCounts, ValueSummary All, IReadOnlyList<ValueSummary> Features, IReadOnlyList<int> Constant,
    IReadOnlyList<(int Feature, int SameAs)> Duplicates, long MemoryBytes)
{
    private const int FeaturesAtATime = 1 << 16;

    /// <summary>The numbers to predict; null where the targets are classes.</summary>
    public ValueSummary? Targets { get; private init; }

    /// <summary>Looks at all samples, in blocks of features.</summary>
    /// <param name="data">The samples; at least one.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static DataSummary Of(Dataset data, CancellationToken cancellation = default)
    {
        var all = new Spread();
        List<ValueSummary> features = [];
        List<int> constant = [], varying = [];
        List<UInt128> hashes = [];
        for (int start = 0; start < data.FeatureCount; start += FeaturesAtATime)
        {
            (Spread[] block, UInt128[] blockHashes) = Look(data, start, Math.Min(FeaturesAtATime, data.FeatureCount - start), cancellation);
            for (int i = 0; i < block.Length; i++)
            {
                all.Add(block[i]);
                if (data.Columns is not null)
                {
                    features.Add(block[i].Summary(data.SampleCount));
                }

                if (block[i].Count == data.SampleCount && block[i].Minimum == block[i].Maximum)
                {
                    constant.Add(start + i);
                }
                else
                {
                    varying.Add(start + i);
                    hashes.Add(blockHashes[i]);
                }
            }
        }

        return new DataSummary(
            data.CountClasses(), all.Summary((long)data.SampleCount * data.FeatureCount), features, constant,
            Alike([.. hashes], [.. varying]), data.Bytes.Length + (sizeof(double) * (long)data.Values.Length)
                + ((data.Targets is null ? sizeof(int) : sizeof(double)) * (long)data.SampleCount))
        {
            Targets = data.Targets is null ? null : Look(data.Targets),
        };
    }

    private static ValueSummary Look(IReadOnlyList<double> values)
    {
        var spread = new Spread();
        foreach (double value in values)
        {
            spread.AddToSum(value);
        }

        spread.SetMean();
        foreach (double value in values)
        {
            spread.AddToSquares(value);
        }

        return spread.Summary(values.Count);
    }

    /// <summary>How the values of some neighbouring features spread, and a hash of the values of each.</summary>
    private static (Spread[] Spreads, UInt128[] Hashes) Look(Dataset data, int start, int count, CancellationToken cancellation)
    {
        double[] row = new double[count];
        var spreads = new Spread[count];
        var hashes = new ValueHash[count];
        Array.Fill(spreads, new Spread());
        for (int sample = 0; sample < data.SampleCount; sample++)
        {
            cancellation.ThrowIfCancellationRequested();
            FittedScaling.Raw(data, sample, start, row);
            for (int i = 0; i < count; i++)
            {
                hashes[i].Add(row[i]);
                spreads[i].AddToSum(row[i]);
            }
        }

        foreach (ref Spread spread in spreads.AsSpan())
        {
            spread.SetMean();
        }

        for (int sample = 0; sample < data.SampleCount; sample++)
        {
            cancellation.ThrowIfCancellationRequested();
            FittedScaling.Raw(data, sample, start, row);
            for (int i = 0; i < count; i++)
            {
                spreads[i].AddToSquares(row[i]);
            }
        }

        return (spreads, [.. hashes.Select(hash => hash.Value)]);
    }

    /// <summary>The features whose hash an earlier one has too, each with the first such one.</summary>
    private static (int Feature, int SameAs)[] Alike(UInt128[] hashes, int[] features)
    {
        Array.Sort(hashes, features);
        var alike = new List<(int Feature, int SameAs)>();
        for (int from = 0, to; from < hashes.Length; from = to)
        {
            to = from + 1;
            while (to < hashes.Length && hashes[to] == hashes[from])
            {
                to++;
            }

            if (to > from + 1)
            {
                int first = features[from..to].Min();
                alike.AddRange(features[from..to].Where(feature => feature != first).Select(feature => (feature, first)));
            }
        }

        return [.. alike.OrderBy(pair => pair.Feature)];
    }

    /// <summary>Range, mean and squared deviations of the finite ones of some values.</summary>
    private struct Spread()
    {
        public double Minimum { get; private set; } = double.PositiveInfinity;

        public double Maximum { get; private set; } = double.NegativeInfinity;

        /// <summary>The mean as it was when <see cref="SetMean"/> was last called.</summary>
        public double Mean { get; private set; }

        public long Count { get; private set; }

        private double Sum { get; set; }

        private double Squares { get; set; }

        public void AddToSum(double value)
        {
            if (double.IsFinite(value))
            {
                Minimum = Math.Min(Minimum, value);
                Maximum = Math.Max(Maximum, value);
                Sum += value;
                Count++;
            }
        }

        public void SetMean() => Mean = Sum / Count;

        public void AddToSquares(double value) => Squares += double.IsFinite(value) ? (value - Mean) * (value - Mean) : 0;

        /// <summary>Adds the values of another (Chan, Golub, LeVeque 1979).</summary>
        public void Add(Spread other)
        {
            if (other.Count == 0)
            {
                return;
            }

            double difference = Count == 0 ? 0 : other.Mean - Mean;
            Squares += other.Squares + (difference * difference * Count * other.Count / (Count + other.Count));
            Sum += other.Sum;
            Count += other.Count;
            SetMean();
            Minimum = Math.Min(Minimum, other.Minimum);
            Maximum = Math.Max(Maximum, other.Maximum);
        }

        public readonly ValueSummary Summary(long values) => new(Minimum, Maximum, Mean, Math.Sqrt(Squares / Count), values - Count);
    }
}
