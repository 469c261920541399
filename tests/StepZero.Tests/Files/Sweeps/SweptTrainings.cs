using StepZero.RandomNumbers;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Tests.Files.Sweeps;

/// <summary>Trainings that nobody made, with all that may be missing.</summary>
internal static class SweptTrainings
{
    /// <summary>Of 3 initializers, 5 drawn rates and 4 seeds from 7 on: 60 trainings.</summary>
    public static SweepPlan Plan(TrainingTarget? target = null, int seeds = 4) => new(
        [("data", "moons"), ("seed", "7")], [new SweepAxis("hidden", ["5,5", "3"]), new SweepAxis("init", ["he", "xavier", "file:a \"b\" c"])],
        [new SweepDraw("learning-rate", 1e-4, 1, IsLogarithmic: true)], 5, seeds, target);

    /// <summary>The training of a number; always the same.</summary>
    public static SweptTraining At(long index)
    {
        double[] random = new double[8 + SweptTraining.CurvePoints];
        new PhiloxRandom((ulong)index, "swept").FillUniform(random, 0, 1);
        bool diverged = random[0] < 0.2, hasClasses = random[1] < 0.7, isTested = random[2] < 0.7;
        int points = diverged ? (int)(random[3] * 5) : SweptTraining.CurvePoints;
        return new SweptTraining(
            index, diverged ? RunStatus.Diverged : RunStatus.Completed, diverged ? double.PositiveInfinity : random[4], diverged || !hasClasses ? null : random[5],
            diverged || !isTested ? null : random[6], diverged || !isTested || !hasClasses ? null : 0.5, random[7] < 0.5 ? null : (int)(random[7] * 1000), 1000, diverged ? points : 1000, random[3] / 7,
            [.. random.AsSpan(8, points).ToArray().Select(value => (float)value)]);
    }

    public static SweptTraining[] All(SweepPlan plan) => [.. Enumerable.Range(0, (int)plan.TrainingCount).Select(index => At(index))];

    /// <summary>As text, so that trainings are equal where their curves are.</summary>
    public static string Text(SweptTraining training) => $"{training with { Curve = [] }} {string.Join(' ', training.Curve)}";

    public static string[] Texts(IEnumerable<SweptTraining> trainings) => [.. trainings.Select(Text)];
}
