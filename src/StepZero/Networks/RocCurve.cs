namespace StepZero.Networks;

/// <summary>
/// How well scores tell the samples of one answer from all others: for each threshold the share of the others that lie at or above it (the false
/// positive rate) and the share of the answer's samples that do (the true positive rate).
/// </summary>
/// <param name="Answer">The answer that high scores speak for.</param>
/// <param name="FalsePositiveRates">From 0, above the highest score, to 1; the corners of the curve alone, between which it is straight.</param>
/// <param name="TruePositiveRates">The same for the samples of the answer, as many.</param>
/// <param name="Area">
/// The area under the curve, 0 to 1: the probability that a sample of the answer has a higher score than another one, equal scores counted half
/// (Hanley and McNeil 1982, doi:10.1148/radiology.143.1.7063747). The ranks are counted in whole numbers, so only the last division rounds.
/// </param>
public sealed record RocCurve(string Answer, IReadOnlyList<double> FalsePositiveRates, IReadOnlyList<double> TruePositiveRates, double Area)
{
    /// <summary>The curve of some scores; null where all samples or none are of the answer, or a score is not a number.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="scores">A score for each sample, of which the order alone matters.</param>
    /// <param name="isAnswer">For each sample whether the answer is right.</param>
    /// <exception cref="ArgumentException">The lengths disagree.</exception>
    public static RocCurve? Of(string answer, IReadOnlyList<double> scores, IReadOnlyList<bool> isAnswer)
    {
        double[] ascending = [.. scores];
        bool[] right = [.. isAnswer];
        if (ascending.Length != right.Length)
        {
            throw new ArgumentException($"{ascending.Length} scores do not fit {right.Length} samples.", nameof(isAnswer));
        }

        int positives = right.Count(one => one), negatives = right.Length - positives;
        if (positives == 0 || negatives == 0 || Array.Exists(ascending, double.IsNaN))
        {
            return null;
        }

        Array.Sort(ascending, right);
        List<(int False, int True)> corners = [(0, 0)];
        (int False, int True) at = (0, 0);
        long twiceTheArea = 0;
        for (int i = ascending.Length - 1; i >= 0;)
        {
            (int False, int True) before = at;
            double score = ascending[i];
            for (; i >= 0 && ascending[i] == score; i--)
            {
                at = right[i] ? (at.False, at.True + 1) : (at.False + 1, at.True);
            }

            twiceTheArea += (long)(at.False - before.False) * (at.True + before.True);
            if (corners.Count > 1 && IsStraight(corners[^2], corners[^1], at))
            {
                corners.RemoveAt(corners.Count - 1);
            }

            corners.Add(at);
        }

        return new RocCurve(
            answer, [.. corners.Select(corner => (double)corner.False / negatives)], [.. corners.Select(corner => (double)corner.True / positives)],
            twiceTheArea / (2.0 * negatives * positives));
    }

    private static bool IsStraight((int False, int True) first, (int False, int True) second, (int False, int True) third) =>
        (long)(second.False - first.False) * (third.True - second.True) == (long)(third.False - second.False) * (second.True - first.True);
}
