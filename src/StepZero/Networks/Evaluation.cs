using StepZero.Data;
using StepZero.Numerics;

namespace StepZero.Networks;

/// <summary>How good a network's word on one answer is.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Samples">The samples it is right for.</param>
/// <param name="Predicted">The samples it was chosen for.</param>
/// <param name="Precision">The share of the samples it was chosen for that it is right for, 0 to 1; null where it was never chosen.</param>
/// <param name="Recall">The share of the samples it is right for that it was chosen for, 0 to 1; null where it is right for none.</param>
/// <param name="F1">Their harmonic mean, 2·hits/(samples + predicted), 0 to 1; null where it neither was chosen nor is right for any sample.</param>
/// <param name="RocAuc">The area under its <see cref="RocCurve"/> against all others; null where there is no such curve.</param>
public sealed record AnswerScore(string Answer, int Samples, int Predicted, double? Precision, double? Recall, double? F1, double? RocAuc);

/// <summary>How good what a network says of samples is.</summary>
/// <param name="Predictions">What it says.</param>
/// <param name="Loss">The mean loss over the samples.</param>
public sealed record Evaluation(Predictions Predictions, double Loss)
{
    /// <summary>The number of samples.</summary>
    public int Samples => Predictions.SampleCount;

    /// <summary>What the network chooses between; empty where it predicts numbers.</summary>
    public IReadOnlyList<string> Answers => Predictions.Answers;

    /// <summary>The share of the samples for which the choice is right, 0 to 1; null where numbers are predicted.</summary>
    public double? Accuracy { get; private init; }

    /// <summary>
    /// The area under the ROC curve of the log-odds of the positive class; of three answers and more the mean of the areas of each one's probability
    /// against the rest. Null where numbers are predicted, or no sample or every sample is of some answer.
    /// </summary>
    public double? RocAuc { get; private init; }

    /// <summary>The number of samples by what is right (row) and what was chosen (column), [answers, answers]; null where numbers are predicted.</summary>
    public int[,]? Confusion { get; private init; }

    /// <summary>The figures of each answer, in their order; empty where numbers are predicted.</summary>
    public IReadOnlyList<AnswerScore> Scores { get; private init; } = [];

    /// <summary>Of two answers the curve of the positive class, of more one for each that tells samples apart, in their order.</summary>
    public IReadOnlyList<RocCurve> RocCurves { get; private init; } = [];

    /// <summary>The numbers that would be right; null where classes are predicted.</summary>
    public IReadOnlyList<double>? Expected { get; private init; }

    /// <summary>The square root of the mean squared error, in the unit of the targets; null where classes are predicted.</summary>
    public double? RootMeanSquaredError { get; private init; }

    /// <summary>The mean of |prediction − target|; null where classes are predicted.</summary>
    public double? MeanAbsoluteError { get; private init; }

    /// <summary>
    /// The share of the targets' variance that the predictions explain, 1 − Σ(prediction − target)²/Σ(target − mean)²: 1 at best, below 0 where their
    /// mean would predict better. Null where the targets are all the same, and where classes are predicted.
    /// </summary>
    public double? RSquared { get; private init; }

    /// <summary>Lets a model say something of samples, and compares it with what is right.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The samples, at least one, of the features and classes of <see cref="Model.Form"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no samples.</exception>
    /// <exception cref="StepZeroException">The loss does not fit their targets.</exception>
    public static Evaluation Of(Model model, Dataset data)
    {
        ArgumentOutOfRangeException.ThrowIfZero(data.SampleCount, nameof(data));
        (double[] outputs, double loss) = NetworkOutputs.Judged(model.Architecture, model.Parameters, model.Scaling, data);
        var predictions = new Predictions(model.Architecture.Loss, model.Answers, outputs);
        IEnumerable<int> samples = Enumerable.Range(0, data.SampleCount);
        if (model.Architecture.Loss == Networks.Loss.Mse)
        {
            return OfNumbers(predictions, data.NumbersToPredict(), loss);
        }

        int positive = model.Architecture.Loss == Networks.Loss.CrossEntropy ? model.Form.PositiveIndex : 1;
        return OfAnswers(predictions, [.. samples.Select(sample => model.RightAnswer(data, sample))], loss, positive);
    }

    /// <summary>Compares choices with what is right.</summary>
    /// <param name="predictions">What the network says.</param>
    /// <param name="right">For each sample the index of the answer that is right.</param>
    /// <param name="loss">The mean loss over the samples.</param>
    /// <param name="positive">Of two answers the one that the ROC curve is for.</param>
    /// <exception cref="ArgumentException">There are more or fewer of them than samples.</exception>
    public static Evaluation OfAnswers(Predictions predictions, IReadOnlyList<int> right, double loss, int positive = 1)
    {
        CheckCount(predictions, right.Count);
        IReadOnlyList<string> answers = predictions.Answers;
        int[,] confusion = new int[answers.Count, answers.Count];
        int hits = 0;
        for (int sample = 0; sample < right.Count; sample++)
        {
            // A sample of which the network says nothing is answered wrongly, and has no place among the confusions.
            if (predictions.Choice(sample) is int chosen and >= 0)
            {
                confusion[right[sample], chosen]++;
                hits += chosen == right[sample] ? 1 : 0;
            }
        }

        RocCurve?[] curves = answers.Count == 2 ? [RocCurve.Of(answers[positive], LogOdds(predictions, positive), IsRight(positive))] : OneAgainstRest();
        return new Evaluation(predictions, loss)
        {
            Accuracy = (double)hits / right.Count,
            RocAuc = curves.Any(curve => curve is null) ? null : curves.Average(curve => curve!.Area),
            Confusion = confusion,
            Scores = [.. answers.Select((_, answer) => ScoreOf(answers, confusion, answer, curves.Length == 1 ? curves[0]?.Area : curves[answer]?.Area))],
            RocCurves = [.. curves.OfType<RocCurve>()],
        };

        bool[] IsRight(int answer) => [.. right.Select(one => one == answer)];

        RocCurve?[] OneAgainstRest()
        {
            double[][] scores = [.. answers.Select(_ => new double[right.Count])];
            for (int sample = 0; sample < right.Count; sample++)
            {
                double[] probabilities = predictions.Probabilities(sample);
                for (int answer = 0; answer < scores.Length; answer++)
                {
                    scores[answer][sample] = probabilities[answer];
                }
            }

            return [.. answers.Select((name, answer) => RocCurve.Of(name, scores[answer], IsRight(answer)))];
        }
    }

    /// <summary>Compares predicted numbers with those that are right.</summary>
    /// <param name="predictions">What the network says.</param>
    /// <param name="expected">For each sample the number that is right.</param>
    /// <param name="loss">The mean loss over the samples.</param>
    /// <exception cref="ArgumentException">There are more or fewer of them than samples.</exception>
    public static Evaluation OfNumbers(Predictions predictions, IReadOnlyList<double> expected, double loss)
    {
        CheckCount(predictions, expected.Count);
        CompensatedSum squares = default, sizes = default, total = default, spread = default;
        for (int sample = 0; sample < expected.Count; sample++)
        {
            double error = predictions.Outputs[sample] - expected[sample];
            squares.Add(error * error);
            sizes.Add(Math.Abs(error));
            total.Add(expected[sample]);
        }

        double mean = total.Value / expected.Count;
        foreach (double number in expected)
        {
            spread.Add((number - mean) * (number - mean));
        }

        return new Evaluation(predictions, loss)
        {
            Expected = expected,
            RootMeanSquaredError = Math.Sqrt(squares.Value / expected.Count),
            MeanAbsoluteError = sizes.Value / expected.Count,
            RSquared = expected.All(number => number == expected[0]) ? null : 1 - (squares.Value / spread.Value),
        };
    }

    private static void CheckCount(Predictions predictions, int count)
    {
        if (count != predictions.SampleCount || count == 0)
        {
            throw new ArgumentException($"{predictions.SampleCount} predictions do not fit {count} samples; expected as many, at least one.");
        }
    }

    private static double[] LogOdds(Predictions predictions, int positive) => predictions.Loss == Networks.Loss.BinaryCrossEntropy
        ? predictions.Outputs
        : [.. Enumerable.Range(0, predictions.SampleCount).Select(sample => predictions.Of(sample)[positive] - predictions.Of(sample)[1 - positive])];

    private static AnswerScore ScoreOf(IReadOnlyList<string> answers, int[,] confusion, int answer, double? area)
    {
        int samples = 0, predicted = 0, hits = confusion[answer, answer];
        for (int other = 0; other < answers.Count; other++)
        {
            samples += confusion[answer, other];
            predicted += confusion[other, answer];
        }

        return new AnswerScore(answers[answer], samples, predicted, Share(hits, predicted), Share(hits, samples), Share(2.0 * hits, (long)samples + predicted), area);
    }

    private static double? Share(double part, long all) => all == 0 ? null : part / all;
}
