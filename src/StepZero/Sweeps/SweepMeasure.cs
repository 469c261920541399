namespace StepZero.Sweeps;

/// <summary>What the settings of a sweep are ranked by.</summary>
public enum SweepMeasure
{
    /// <summary>The mean loss of the trained network over the training samples, the lower the better; infinite where the training diverged.</summary>
    Cost,

    /// <summary>The iterations until the target was reached, the fewer the better; infinite where it was not. Settings are ranked by the share that reached it first.</summary>
    Iterations,

    /// <summary>The share of training samples classified rightly, 0 to 1, the higher the better; 0 where the training diverged.</summary>
    TrainAccuracy,

    /// <summary>The mean loss over the test samples, the lower the better; infinite where the training diverged.</summary>
    TestCost,

    /// <summary>The share of test samples classified rightly, 0 to 1, the higher the better; 0 where the training diverged.</summary>
    TestAccuracy,
}

internal static class SweepMeasures
{
    /// <summary>Whether more is better.</summary>
    public static bool IsAccuracy(this SweepMeasure measure) => measure is SweepMeasure.TrainAccuracy or SweepMeasure.TestAccuracy;
}
