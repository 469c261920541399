using System.Globalization;
using StepZero.Data;
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
    /// <param name="hasRates">Whether the trainings have rates of their own, of which nothing is said.</param>
    public static void Print(PreparedData data, RunSpec spec, bool hasRates = false)
    {
        Dataset train = data.Data;
        string size = train.ImageSize is null ? "" : $" ({train.ImageSize.Width}×{train.ImageSize.Height} pixels)";
        TextWriter output = Console.Out;
        output.WriteLine($"Data      {train.Name}: {train.SampleCount} samples of {train.FeatureCount} features{size}, {TaskText.Targets(train, spec.Architecture.Loss)}{(data.Held is Dataset held ? $"; {held.SampleCount} more held out" : "")}");
        output.WriteLine($"Network   {string.Join("-", spec.Architecture.LayerSizes)}, {spec.Architecture.HiddenActivation}, {TaskText.Output(spec.Architecture.Loss)} output");
        string training = TaskText.Training(spec.Training, train.SampleCount);
        training = hasRates ? training.Replace(string.Create(CultureInfo.InvariantCulture, $" learning rate {spec.Training.LearningRate},"), "", StringComparison.Ordinal) : training;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Training  {training}, {CanonicalText.Of(spec.Training.Precision)} precision, {CanonicalText.Of(data.Form)} form, seed {spec.Seed}{(spec.Random == RandomSource.NumPy ? "" : $" of {spec.Random}")}"));
    }
}
