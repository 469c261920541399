using StepZero.Data;

namespace StepZero.Diagnostics;

/// <summary>What the data bring that is hard to learn from.</summary>
internal static class DataFindings
{
    private static readonly Advice Standardize = new("each feature gets mean 0 and standard deviation 1") { Scaling = Scaling.Standardize };

    public static IEnumerable<Finding> Of(Diagnosis seen)
    {
        DataStatistics data = seen.Data;
        if (data.LargestDeviation == 0)
        {
            yield return new Finding(FindingRule.ConstantData, null, 0, 0, "all samples are equal, so that no network can tell them apart");
            yield break;
        }

        if (data.MeanShare > FindingRule.Offset.Limit)
        {
            yield return new Finding(
                FindingRule.Offset, null, data.MeanShare, FindingRule.Offset.Limit,
                $"the mean sample alone makes {Said.Percent(data.MeanShare)} of what the samples are, and the largest eigenvalue of their Gram matrix is {Said.Percent(data.EigenvalueShare)} of its trace",
                new Advice("without what all samples share, larger rates are stable") { Scaling = Scaling.Center });
        }

        double size = data.Features.RootMeanSquare, ratio = Math.Max(size, 1 / size);
        if (ratio > FindingRule.FeatureScale.Limit)
        {
            yield return new Finding(
                FindingRule.FeatureScale, null, ratio, FindingRule.FeatureScale.Limit, $"the scaled features have a root mean square of {Said.Number(size)}; starts are made for 1", Standardize);
        }

        double spread = data.LargestDeviation / data.SmallestDeviation;
        if (spread > FindingRule.FeatureSpread.Limit)
        {
            yield return new Finding(
                FindingRule.FeatureSpread, null, spread, FindingRule.FeatureSpread.Limit,
                $"the standard deviations of the scaled features go from {Said.Number(data.SmallestDeviation)} to {Said.Number(data.LargestDeviation)}", Standardize);
        }

        if (data.LargestClassShare is double share && share > FindingRule.ClassBalance.Limit)
        {
            yield return new Finding(FindingRule.ClassBalance, null, share, FindingRule.ClassBalance.Limit, $"{Said.Percent(share)} of the samples are of one class");
        }

        if (data.ConflictingSamples > FindingRule.Conflicts.Limit)
        {
            yield return new Finding(
                FindingRule.Conflicts, null, data.ConflictingSamples, FindingRule.Conflicts.Limit,
                $"{Said.Count(data.ConflictingSamples, "sample")} have the features of another one with another target");
        }
    }
}
