using System.Numerics.Tensors;

namespace StepZero.Networks;

/// <summary>What a network says of samples.</summary>
/// <param name="Loss">The loss it was trained with.</param>
/// <param name="Answers">What it chooses between; empty where it predicts numbers.</param>
/// <param name="Outputs">The pre-activations of its output units, [samples, outputs], row-major: log-odds, or the predicted numbers.</param>
public sealed record Predictions(Loss Loss, IReadOnlyList<string> Answers, double[] Outputs)
{
    /// <summary>The number of samples.</summary>
    public int SampleCount => Outputs.Length / OutputCount;

    private int OutputCount => Loss == Loss.CrossEntropy ? Answers.Count : 1;

    /// <summary>The pre-activations of the output units for one sample.</summary>
    public ReadOnlySpan<double> Of(int sample) => Outputs.AsSpan(sample * OutputCount, OutputCount);

    /// <summary>The probability of each answer, for one sample; with numbers to predict none.</summary>
    public double[] Probabilities(int sample)
    {
        ReadOnlySpan<double> z = Of(sample);
        switch (Loss)
        {
            case Loss.Mse: return [];
            case Loss.BinaryCrossEntropy:
                double e = Math.Exp(-Math.Abs(z[0]));
                double likely = 1 / (1 + e), unlikely = e / (1 + e);
                return z[0] >= 0 ? [unlikely, likely] : [likely, unlikely];
            default:
                double most = double.NegativeInfinity, sum = 0;
                double[] probabilities = z.ToArray();
                foreach (double output in z)
                {
                    most = Math.Max(most, output);
                }

                for (int i = 0; i < probabilities.Length; i++)
                {
                    sum += probabilities[i] = Math.Exp(probabilities[i] - most);
                }

                for (int i = 0; i < probabilities.Length; i++)
                {
                    probabilities[i] /= sum;
                }

                return probabilities;
        }
    }

    /// <summary>
    /// The index of the most likely answer, for one sample: of two equally likely ones the positive class, of several the first; −1 where an output is not a
    /// number, which says nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">It predicts numbers.</exception>
    public int Choice(int sample)
    {
        ReadOnlySpan<double> z = Of(sample);
        if (Loss == Loss.Mse || TensorPrimitives.IsNaNAny(z))
        {
            return Loss == Loss.Mse ? throw new InvalidOperationException("The network predicts numbers.") : -1;
        }

        if (Loss == Loss.BinaryCrossEntropy)
        {
            return z[0] >= 0 ? 1 : 0;
        }

        int largest = 0;
        for (int i = 1; i < z.Length; i++)
        {
            largest = z[i] > z[largest] ? i : largest;
        }

        return largest;
    }
}
