using StepZero.Files.Arrays;
using StepZero.Training;

namespace StepZero.Files;

/// <summary>A checkpoint of a training as a .npz file in its result folder.</summary>
public static class CheckpointFile
{
    /// <summary>The file's name in a result folder.</summary>
    public const string Name = "checkpoint.npz";

    private const long Schema = 1;

    /// <summary>Writes a checkpoint; a reader sees the old one or the new one, never a part.</summary>
    /// <param name="folder">The result folder.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <exception cref="StepZeroException">The file cannot be written.</exception>
    public static void Write(string folder, TrainingCheckpoint checkpoint) => AtomicFile.Write(
        Path.Combine(folder, Name),
        file => NpzWriter.Write(file,
        [
            NpzEntry.Longs("schema", [Schema], 1),
            NpzEntry.Doubles("costs", checkpoint.Costs, checkpoint.Costs.Length),
            NpzEntry.Doubles("epoch_costs", checkpoint.EpochCosts, checkpoint.EpochCosts.Length),
            NpzEntry.Doubles("held_costs", checkpoint.HeldCosts, checkpoint.HeldCosts.Length),
            .. Entries("state", checkpoint.State),
            .. checkpoint.Best is null ? [] : Entries("best", checkpoint.Best),
        ]),
        "Choose another folder with --output.");

    /// <summary>Reads the checkpoint of a folder; null where there is none.</summary>
    /// <param name="folder">The result folder.</param>
    /// <exception cref="StepZeroException">The file is damaged, or of another version.</exception>
    public static TrainingCheckpoint? Read(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            return null;
        }

        Dictionary<string, StoredArray> arrays = NpzFile.List(path).ToDictionary(array => array.Name);
        double schema = Number("schema");
        return schema == Schema
            ? new TrainingCheckpoint(State("state"), Row("costs"), Row("epoch_costs"), Row("held_costs"), arrays.ContainsKey("best_values") ? State("best") : null)
            : throw new StepZeroException($"{path}: schema {schema}; this version reads schema {Schema}. Go on with the version that wrote it, or begin anew with --force.");

        TrainerState State(string name) => new(
            (int)Number($"{name}_iteration"), Row($"{name}_values"),
            [.. Enumerable.Range(0, arrays.Count).Select(i => $"{name}_moment_{i}").TakeWhile(arrays.ContainsKey).Select(Row)]);

        double[] Row(string name) => arrays.TryGetValue(name, out StoredArray? array) && array.Read() is double[] numbers && (numbers is not [] || array.Shape is [0])
            ? numbers
            : throw Lacks($"the numbers '{name}'");

        double Number(string name) => arrays.ContainsKey(name) && Row(name) is [double number] ? number : throw Lacks($"the single number '{name}'");

        StepZeroException Lacks(string what) => new($"{path}: lacks {what}; expected a checkpoint as 'stepzero train' writes it. Begin anew with --force.");
    }

    private static NpzEntry[] Entries(string name, TrainerState state) =>
    [
        NpzEntry.Longs($"{name}_iteration", [state.Iteration], 1),
        NpzEntry.Doubles($"{name}_values", state.Values, state.Values.Length),
        .. state.Moments.Select((moment, i) => NpzEntry.Doubles($"{name}_moment_{i}", moment, moment.Length)),
    ];
}
