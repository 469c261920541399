using StepZero.Training;

namespace StepZero.Cli;

/// <summary>The progress of several trainings as one.</summary>
internal sealed class TrainingProgressBar : IProgress<TrainingProgress>, IDisposable
{
    private readonly Lock gate = new();
    private readonly double[] shares;
    private readonly ProgressLine line;

    private TrainingProgressBar(int runs, bool silent)
    {
        shares = new double[runs];
        line = new ProgressLine(silent);
    }

    public static TrainingProgressBar Start(int runs, bool silent) => new(runs, silent);

    public void Report(TrainingProgress value)
    {
        lock (gate)
        {
            shares[value.Run] = (double)value.Iteration / value.Iterations;
            line.Show(shares.Average());
        }
    }

    /// <summary>Removes the bar.</summary>
    public void Dispose() => line.Dispose();
}
