using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Diagnostics;

/// <summary>A training watched from the first weights to the last.</summary>
/// <param name="Costs">The cost before each update, those of <see cref="TrainingRecord.Costs"/>: watching changes nothing.</param>
/// <param name="Points">
/// What was seen, in ascending order of iterations: before every update of a training of few, otherwise before the first ones, ever further apart, and after
/// the last. A training that diverges has none where its cost is not finite, and one that stops early none after it stopped.
/// </param>
/// <param name="SpectrumBefore">
/// All eigenvalues of the Hessian at the untouched weights, in descending order, as <see cref="Curvature.Spectrum"/>. Null where they would take more than
/// about half a second (beyond some 1,400 parameters and 100 samples; in the dual form units of the first layer times samples count instead of its weights),
/// and where the cost is not finite.
/// </param>
/// <param name="SpectrumAfter">The same at the last weights.</param>
/// <example>
/// <code>
/// foreach (CoursePoint point in Course.Of(spec, prepared).Points)
/// {
///     Console.WriteLine($"{point.Iteration}: {point.Sharpness} of {point.StableSharpness}");
/// }
/// </code>
/// </example>
public sealed record Course(IReadOnlyList<double> Costs, IReadOnlyList<CoursePoint> Points, double[]? SpectrumBefore, double[]? SpectrumAfter)
{
    /// <summary>The most points of a course.</summary>
    public const int MostPoints = 60;

    /// <summary>The multiply-adds of a spectrum: about half a second on one core of a few GHz.</summary>
    private const double MostSpectrumWork = 4e9;

    /// <summary>Trains and watches.</summary>
    /// <param name="spec">The training, with the options that the data were prepared for.</param>
    /// <param name="data">The training samples.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static Course Of(RunSpec spec, PreparedData data, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        Parameters start = spec.DrawParameters(data);
        Trainer trainer = data.StartTrainer(spec.Architecture, start, spec.Training.LearningRate, spec.Seed);
        var watch = new CourseWatch(trainer, spec.Training, start, cancellation);
        double[]? before = SpectrumOf(start);
        var loop = new TrainingLoop(trainer, spec.Training, data.Data.SampleCount);
        RunStatus status = loop.Run(null, null, cancellation, watch.See);
        cancellation.ThrowIfCancellationRequested();
        watch.See();
        return new Course(loop.RecordOf(status).Costs, watch.Points, before, SpectrumOf(trainer.CopyParameters()));

        double[]? SpectrumOf(Parameters parameters)
        {
            if (SpectrumWork(spec.Architecture, data) > MostSpectrumWork)
            {
                return null;
            }

            double[] all = Curvature.Spectrum(data, spec.Architecture, parameters, cancellation);
            return Array.TrueForAll(all, double.IsFinite) ? all : null;
        }
    }

    /// <summary>A product of the Hessian for each of n parameters, and the decomposition of what comes out.</summary>
    private static double SpectrumWork(Architecture network, PreparedData data)
    {
        double features = data.Data.FeatureCount, samples = data.Data.SampleCount, units = network.LayerSizes[1];
        double n = network.ParameterCount - (data.Form == TrainingForm.Dual ? units * (features - Math.Min(samples, features)) : 0);
        return n * n * ((4 * samples) + (4 * n / 3));
    }
}
