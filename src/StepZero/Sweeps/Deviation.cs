using StepZero.Diagnostics;
using StepZero.Networks;
using StepZero.Numerics;
using StepZero.Training;

namespace StepZero.Sweeps;

/// <summary>How far the weights and biases of a shadow run are from those of its run.</summary>
internal static class Deviation
{
    /// <summary>The growth of the distance between the parameters of two trainings, in nats; null where it cannot be told, or the work was ended early.</summary>
    /// <param name="run">The run.</param>
    /// <param name="shadow">Its shadow.</param>
    /// <param name="data">What both are trained on.</param>
    /// <param name="from">The iteration from which it is measured.</param>
    /// <param name="to">The iteration up to which, at least as large; both trainings come so far.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static double? Growth(RunSpec run, RunSpec shadow, PreparedData data, int from, int to, CancellationToken cancellation)
    {
        Parameters start = run.DrawParameters(data);
        Trainer one = Start(run, start), other = Start(shadow, shadow.DrawParameters(data));
        DualWeights? dual = data.Form == TrainingForm.Dual ? new DualWeights(data, start, CancellationToken.None) : null;
        NetworkValues<double> values = one.NewValues(), change = one.NewValues();
        double first = double.NaN;
        for (int t = 0; t < to; t++)
        {
            if (cancellation.IsCancellationRequested)
            {
                return null;
            }

            first = t == from ? Distance() : first;
            one.Step();
            other.Step();
        }

        double growth = Math.Log(Distance() / first);
        return double.IsFinite(growth) ? growth : null;

        Trainer Start(RunSpec spec, Parameters parameters) => data.StartTrainer(spec.Architecture, parameters, spec.Training.LearningRate, spec.Seed);

        // In the dual form W(0) differs too, by its last bits, which stay as they are: later that is nothing.
        double Distance()
        {
            one.CopyValues(values);
            other.CopyValues(change);
            Elementwise.AddScaled(change.All, -1, values.All);
            return Scaled.Norm([.. WeightNorms.Of(change, dual), .. change.Biases.Select(SignalPass.Norm)]);
        }
    }
}
