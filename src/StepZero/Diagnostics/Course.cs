using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Diagnostics;

/// <summary>What is seen at one place of a training.</summary>
/// <param name="Iteration">Updates made.</param>
/// <param name="Cost">The mean loss over all training samples.</param>
/// <param name="Sharpness">The largest eigenvalue of the Hessian; nan where the cost is not finite.</param>
/// <param name="Rate">The learning rate of the next update.</param>
/// <param name="Layers">The signal and the gradients in each layer, the output layer last.</param>
/// <param name="UpdateShares">For each layer ‖ΔW‖/‖W‖ of the next update; infinite where W is 0, nan where no update follows.</param>
public sealed record CoursePoint(
    int Iteration, double Cost, double Sharpness, double Rate, IReadOnlyList<LayerStatistics> Layers, IReadOnlyList<double> UpdateShares);

/// <summary>A training watched from the first weights to the last.</summary>
/// <param name="Costs">The cost before each update.</param>
/// <param name="Points">What was seen, in ascending order of iterations.</param>
/// <param name="SpectrumBefore">All eigenvalues of the Hessian at the untouched weights, in descending order; null where there are too many or the cost is not finite.</param>
/// <param name="SpectrumAfter">The same at the last weights.</param>
public sealed record Course(IReadOnlyList<double> Costs, IReadOnlyList<CoursePoint> Points, double[]? SpectrumBefore, double[]? SpectrumAfter)
{
    /// <summary>The most points of a course.</summary>
    public const int MostPoints = 60;

    /// <summary>Trains and watches.</summary>
    /// <param name="spec">The training, with the options that the data were prepared for.</param>
    /// <param name="data">The training samples.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static Course Of(RunSpec spec, PreparedData data, CancellationToken cancellation = default)
    {
        int updates = spec.Training.UpdatesFor(data.Data.SampleCount);
        Parameters start = spec.DrawParameters(data);
        Trainer trainer = data.StartTrainer(spec.Architecture, start, spec.Training.LearningRate, spec.Seed);
        var sharpness = new Sharpness(trainer);
        HashSet<int> places = [.. Places(updates)];
        var costs = new List<double>();
        var points = new List<CoursePoint>();
        double[]? before = SpectrumOf(start);
        Parameters last = start;
        bool finite = true;
        for (int t = 0; t <= updates && finite; t++)
        {
            cancellation.ThrowIfCancellationRequested();
            bool watched = places.Contains(t);
            if (watched)
            {
                last = trainer.CopyParameters();
                var signal = SignalStatistics.Of(spec.Architecture, last, data.Data, data.Scaling);
                points.Add(new CoursePoint(
                    t, signal.Cost, sharpness.Measure(), spec.Training.LearningRate * spec.Training.Schedule.FactorAt(t, updates), signal.Layers,
                    [.. signal.Layers.Select(_ => double.NaN)]));
            }

            if (t < updates)
            {
                double cost = trainer.Step();
                finite = double.IsFinite(cost);
                if (finite)
                {
                    costs.Add(cost);
                }

                if (finite && watched)
                {
                    Parameters after = trainer.CopyParameters();
                    points[^1] = points[^1] with { UpdateShares = [.. last.Weights.Select((weights, layer) => Change(weights, after.Weights[layer]))] };
                }
            }
        }

        return new Course(costs, points, before, SpectrumOf(last));

        double[]? SpectrumOf(Parameters parameters)
        {
            try
            {
                double[] all = Curvature.Spectrum(data, spec.Architecture, parameters, cancellation);
                return all is [double first, ..] && double.IsFinite(first) ? all : null;
            }
            catch (StepZeroException)
            {
                return null;
            }
        }
    }

    /// <summary>Close to each other at first, and then ever further apart.</summary>
    private static IEnumerable<int> Places(int updates) =>
        Enumerable.Range(0, MostPoints).Select(i => (int)Math.Round(Math.Pow(updates + 1.0, i / (MostPoints - 1.0)) - 1)).Distinct();

    private static double Change(double[] before, double[] after)
    {
        double[] change = [.. after.Zip(before, (a, b) => a - b)];
        return Scaled.Norm(change) / Scaled.Norm(before);
    }
}
