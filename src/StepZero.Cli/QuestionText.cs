using System.Globalization;
using StepZero.Data;
using StepZero.Maps;
using StepZero.RandomNumbers;
using StepZero.Reports;
using StepZero.Training;

namespace StepZero.Cli;

/// <summary>What was asked, before what came of it: the data, the network and how it is trained.</summary>
internal static class QuestionText
{
    /// <summary>Prints three lines.</summary>
    /// <param name="data">The training samples.</param>
    /// <param name="spec">One of the trainings.</param>
    /// <param name="map">The map that it is of, or null.</param>
    public static void Print(PreparedData data, RunSpec spec, MapSpec? map = null)
    {
        Dataset train = data.Data;
        string size = train.ImageSize is null ? "" : $" ({train.ImageSize.Width}×{train.ImageSize.Height} pixels)";
        TextWriter output = Console.Out;
        output.WriteLine($"Data      {train.Name}: {train.SampleCount} samples of {train.FeatureCount} features{size}, {TaskText.Targets(train, spec.Architecture.Loss)}{(data.Held is Dataset held ? $"; {held.SampleCount} more held out" : "")}");
        output.WriteLine($"Network   {(map is null ? string.Join("-", spec.Architecture.LayerSizes) : TaskText.Layers(map))}, {spec.Architecture.HiddenActivation}, {TaskText.Output(spec.Architecture.Loss)} output");
        string training = map is null ? TaskText.Training(spec.Training, train.SampleCount) : TaskText.Training(map, train.SampleCount);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Training  {training}, {CanonicalText.Of(spec.Training.Precision)} precision, {CanonicalText.Of(data.Form)} form, seed {spec.Seed}{(spec.Random == RandomSource.NumPy ? "" : $" of {spec.Random}")}"));
    }
}
