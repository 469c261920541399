namespace StepZero.Sweeps;

/// <summary>Analysis of variance of a sweep.</summary>
internal static class EffectAnalysis
{
    public static Effects? Of(OptionLevels levels, SweepMeasure by) => null;
}
