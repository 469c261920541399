using StepZero.RandomNumbers;

namespace StepZero.Data;

/// <summary>Divides samples into a part to train on and a part to test on.</summary>
public static class Split
{
    /// <summary>
    /// Holds a random part back for testing. The same samples in the same order as scikit-learn's
    /// <c>train_test_split(…, test_size=testFraction, random_state=seed)</c>: the first ⌈fraction·m⌉ of a permutation are the test part, the rest the
    /// training part.
    /// </summary>
    /// <param name="data">The samples.</param>
    /// <param name="testFraction">The share of the test part, above 0 and below 1.</param>
    /// <param name="seed">The seed of the permutation.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    /// <exception cref="StepZeroException">A part would be empty, or the training part would lack a class.</exception>
    public static (Dataset Train, Dataset Test) Random(Dataset data, double testFraction, uint seed) => Random(data, testFraction, seed, "A test fraction");

    /// <summary>The same, with what the fraction is called in messages.</summary>
    internal static (Dataset Train, Dataset Test) Random(Dataset data, double testFraction, uint seed, string what)
    {
        if (!(testFraction > 0 && testFraction < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(testFraction), testFraction, "Expected a fraction above 0 and below 1.");
        }

        int testCount = (int)Math.Ceiling(testFraction * data.SampleCount);
        if (testCount == data.SampleCount)
        {
            throw new StepZeroException(
                $"{what} of {testFraction} leaves none of the {data.SampleCount} samples of '{data.Name}' to train on. Use a smaller one.");
        }

        int[] order = new NumPyRandom(seed).Permutation(data.SampleCount);
        Dataset train = data.Select(order.AsSpan(testCount));
        int positives = train.Labels.Count(data.PositiveIndex);
        if (data.Targets is null && (positives == 0 || positives == train.SampleCount))
        {
            string left = positives == 0 && data.Classes.Count > 2 ? $"no samples of class '{data.Positive}'" : $"only samples of class '{train.Classes[train.Labels[0]]}'";
            throw new StepZeroException($"{what} of {testFraction} leaves {left} to train on. Use a smaller one or another seed.");
        }

        return (train, data.Select(order.AsSpan(0, testCount)));
    }
}
