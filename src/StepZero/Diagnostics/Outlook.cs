namespace StepZero.Diagnostics;

/// <summary>What is to be expected of a training. What "trains" means stands in <see cref="TrainingGoal"/>.</summary>
public enum Outlook
{
    /// <summary>It will train, and its cost goes down calmly.</summary>
    WillTrain,

    /// <summary>It will train, but with steps past what is stable: the cost jumps up and down, and its digits depend on rounding.</summary>
    WillTrainUnstably,

    /// <summary>It will not train within its budget of updates.</summary>
    WillNotTrain,
}
