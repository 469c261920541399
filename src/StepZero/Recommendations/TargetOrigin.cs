namespace StepZero.Recommendations;

/// <summary>Where the target of advice comes from.</summary>
public enum TargetOrigin
{
    /// <summary>Somebody gave it.</summary>
    Given,

    /// <summary>1.1 times the final cost of the best screened setting.</summary>
    FinalCost,

    /// <summary>As that is more, or little less, half the way from what half of the seeds of the best setting end at or below to what a constant answer costs.</summary>
    Halfway,

    /// <summary>More than one of these, since further seeds of what is recommended ended higher.</summary>
    Loosened,
}
