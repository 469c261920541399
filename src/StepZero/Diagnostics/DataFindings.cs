using StepZero.Data;

namespace StepZero.Diagnostics;

/// <summary>What the data bring that is hard to learn from.</summary>
internal static class DataFindings
{
    private static readonly Advice Standardized = new("each feature gets mean 0 and standard deviation 1") { Scaling = Scaling.Standardize };

    public static IEnumerable<Finding> Of(Diagnosis seen, TrainingGoal goal)
    {
        DataStatistics data = seen.Data;
        if (data.LargestDeviation == 0)
        {
            yield return new Finding(
                FindingRule.ConstantData, null, 0, 0,
                data.Samples == 1 ? "there is one sample, so that there is nothing to tell apart" : "all samples are equal, so that no network can tell them apart");
        }

        if (goal.ConstantCost == 0)
        {
            yield return new Finding(
                FindingRule.ConstantTargets, null, 0, 0,
                $"all samples have the same {(data.LargestClassShare is null ? "number" : "class")} as target, so that a constant answer is right and nothing is left to learn");
        }

        if (data.LargestDeviation == 0)
        {
            yield break;
        }

        if (data.MeanShare > FindingRule.Offset.Limit)
        {
            yield return new Finding(
                FindingRule.Offset, null, data.MeanShare, FindingRule.Offset.Limit,
                $"the mean sample alone makes {Said.Percent(data.MeanShare)} of what the samples are, and the largest eigenvalue of their Gram matrix is {Said.Percent(data.EigenvalueShare)} of its trace",
                Conditioning(seen));
        }

        if (SizeRatio(data) > FindingRule.FeatureScale.Limit)
        {
            yield return new Finding(
                FindingRule.FeatureScale, null, SizeRatio(data), FindingRule.FeatureScale.Limit,
                $"the scaled features have a root mean square of {ShortNumber.Of(data.Features.RootMeanSquare)}; starts are made for 1", Conditioning(seen));
        }

        if (SpreadRatio(data) > FindingRule.FeatureSpread.Limit)
        {
            yield return new Finding(
                FindingRule.FeatureSpread, null, SpreadRatio(data), FindingRule.FeatureSpread.Limit,
                $"the standard deviations of the scaled features go from {ShortNumber.Of(data.SmallestDeviation)} to {ShortNumber.Of(data.LargestDeviation)}", Conditioning(seen));
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

    /// <summary>The scaling that makes the features easy to learn from; null where they are.</summary>
    public static Advice? Conditioning(Diagnosis seen)
    {
        DataStatistics data = seen.Data;
        Scaling now = seen.Spec.Training.Scaling;
        return now == Scaling.Standardize || data.LargestDeviation == 0 ? null
            : IsBadlySized(data) ? Standardized
            : data.MeanShare > FindingRule.Offset.Limit ? new Advice("without what all samples share, larger rates are stable") { Scaling = Scaling.Center }
            : null;
    }

    /// <summary>The scaling that brings features larger than 1 to that size; null where they are, or are all equal.</summary>
    public static Advice? Smaller(Diagnosis seen) =>
        seen.Data.Features.RootMeanSquare > 1 && seen.Data.LargestDeviation > 0 && seen.Spec.Training.Scaling != Scaling.Standardize ? Standardized : null;

    /// <summary>Whether features are so large, small or uneven that only standardizing helps.</summary>
    public static bool IsBadlySized(DataStatistics data) => SizeRatio(data) > FindingRule.FeatureScale.Limit || SpreadRatio(data) > FindingRule.FeatureSpread.Limit;

    private static double SizeRatio(DataStatistics data) => Math.Max(data.Features.RootMeanSquare, 1 / data.Features.RootMeanSquare);

    private static double SpreadRatio(DataStatistics data) => data.LargestDeviation / data.SmallestDeviation;
}
