using System.Numerics;
using StepZero.Data;
using StepZero.Numerics;

namespace StepZero.Networks;

/// <summary>The targets of samples as a loss takes them: a row of 1 and −1 for the positive and other classes, of class numbers, or of numbers to predict.</summary>
internal static class Targets
{
    /// <summary>The row, [1, samples].</summary>
    /// <exception cref="StepZeroException">The loss does not fit the targets.</exception>
    public static Matrix<T> Row<T>(Loss loss, Dataset data) where T : unmanaged, INumberBase<T>
    {
        Check(loss, data);
        Matrix<T> row = Matrix<T>.Allocate(1, data.SampleCount);
        Span<T> targets = row[0];
        double[] numbers = loss == Loss.Mse ? data.NumbersToPredict() : [];
        for (int sample = 0; sample < targets.Length; sample++)
        {
            targets[sample] = loss switch
            {
                Loss.BinaryCrossEntropy => data.IsPositive(sample) ? T.One : -T.One,
                Loss.CrossEntropy => T.CreateTruncating(data.Labels[sample]),
                _ => T.CreateTruncating(numbers[sample]),
            };
        }

        return row;
    }

    /// <summary>Refuses a loss that does not fit the targets.</summary>
    /// <exception cref="StepZeroException">It does not.</exception>
    public static void Check(Loss loss, Dataset data)
    {
        if (loss != Loss.Mse && data.Targets is not null)
        {
            throw new StepZeroException($"'{data.Name}': the targets are numbers, to which the loss {CanonicalText.Of(loss)} does not fit; expected classes. Use --loss mse.");
        }
    }

    /// <summary>Adds the losses of a block to the sum, and writes their derivatives times <paramref name="scale"/>.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="outputs">[outputs, samples].</param>
    /// <param name="targets">[1, samples], made by <see cref="Row"/>.</param>
    /// <param name="scale">The weight of one sample in the mean.</param>
    /// <param name="delta">[outputs, samples]: receives scale·∂loss/∂z, 0 in the padding.</param>
    /// <param name="sum">Receives the losses.</param>
    public static void Evaluate<T>(Loss loss, Matrix<T> outputs, Matrix<T> targets, T scale, Matrix<T> delta, ref CompensatedSum sum)
        where T : unmanaged, INumberBase<T>
    {
        switch (loss)
        {
            case Loss.BinaryCrossEntropy: LogisticLoss.Evaluate(outputs, targets, scale, delta, ref sum); break;
            case Loss.CrossEntropy: SoftmaxLoss.Evaluate(outputs, targets, scale, delta, ref sum); break;
            default: SquaredLoss.Evaluate(outputs, targets, scale, delta, ref sum); break;
        }
    }

    /// <summary>How many samples of a block are classified rightly, none of which has an output that is not a number; 0 where the targets are numbers.</summary>
    /// <inheritdoc cref="Evaluate"/>
    public static int CountRight<T>(Loss loss, Matrix<T> outputs, Matrix<T> targets) where T : unmanaged, INumber<T>
    {
        int right = 0;
        for (int sample = 0; sample < outputs.Columns && loss != Loss.Mse; sample++)
        {
            T target = targets[0][sample];
            right += loss == Loss.BinaryCrossEntropy ? (outputs[0][sample] >= T.Zero == target > T.Zero && !T.IsNaN(outputs[0][sample]) ? 1 : 0)
                : T.CreateTruncating(Largest(outputs, sample)) == target ? 1 : 0;
        }

        return right;
    }

    /// <summary>The first of the largest outputs; −1 where one is not a number.</summary>
    private static int Largest<T>(Matrix<T> outputs, int sample) where T : unmanaged, INumber<T>
    {
        int largest = 0;
        for (int unit = 0; unit < outputs.Rows; unit++)
        {
            if (T.IsNaN(outputs[unit][sample]))
            {
                return -1;
            }

            largest = outputs[unit][sample] > outputs[largest][sample] ? unit : largest;
        }

        return largest;
    }
}
