using System.Text.Json;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Tests.Sweeps;

/// <summary>Trainings that no network was trained for.</summary>
internal static class SweptTrainings
{
    public static SweptTraining Of(long index, double cost, int? reachedAt = null, double? accuracy = null, float[]? curve = null, int iterations = 100, double? test = null)
    {
        bool diverged = double.IsInfinity(cost);
        return new SweptTraining(
            index, diverged ? RunStatus.Diverged : RunStatus.Completed, cost, diverged ? null : accuracy, diverged ? null : test, null, reachedAt, iterations, diverged ? 7 : iterations, 0,
            curve ?? []);
    }

    /// <summary>A sweep of one axis for each number of values.</summary>
    public static SweepPlan Grid(IReadOnlyList<int> levels, int seeds, TrainingTarget? target = null) => new(
        [], [.. levels.Select((count, axis) => new SweepAxis($"{(char)('a' + axis)}", [.. Enumerable.Range(0, count).Select(value => $"{value}")]))], [], 1, seeds, target);

    /// <summary>A number, or the text <c>inf</c>.</summary>
    public static double[] Costs(this JsonElement values) =>
        [.. values.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.String ? double.PositiveInfinity : value.GetDouble())];
}
