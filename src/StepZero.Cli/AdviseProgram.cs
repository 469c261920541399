using System.Globalization;
using StepZero.Data;
using StepZero.Files;
using StepZero.Networks;
using StepZero.RandomNumbers;
using StepZero.Recommendations;
using StepZero.Training;

namespace StepZero.Cli;

/// <summary>The C# program that trains what was recommended from the seeds of the evidence.</summary>
internal static class AdviseProgram
{
    /// <summary>The program, to be run with references to StepZero and StepZero.Files.</summary>
    /// <param name="advice">The advice.</param>
    /// <param name="settings">What was asked for.</param>
    /// <param name="train">The training samples.</param>
    public static string Of(Recommendation advice, AdviseSettings settings, Dataset train)
    {
        JobSettings job = settings.Job;
        RunSpec spec = advice.Question.Run;
        Candidate winner = advice.Winner.Candidate;
        string load = $"DataSource.Load({Text(JobSettings.Whole(job.Data, train.Name))}, seed: {spec.Seed}, new DataOptions{Options(job)}).Data{(job.Positive is null ? "" : $".WithPositive({Text(job.Positive)})")}";
        string filled = job.Reading.Missing == MissingValues.Mean && job.TestFraction is not null ? ".FillMissing(half)" : "";
        string data = job.TestFraction is double fraction
            ? $"(Dataset {(filled is "" ? "train" : "half")}, _) = Split.Random({load}, testFraction: {Number(fraction)}, seed: {spec.Seed});{(filled is "" ? "" : $"\nDataset train = half{filled};")}"
            : $"Dataset train = {load};";
        string outputs = spec.Architecture.Loss == Loss.CrossEntropy ? ", train.Classes.Count" : "";
        return $$"""
            using StepZero.Data;
            using StepZero.Files;
            using StepZero.Initialization;
            using StepZero.Networks;
            using StepZero.Training;

            {{data}}
            var network = new Architecture(train.FeatureCount, hidden: [{{string.Join(", ", job.Hidden)}}], Activation.Parse({{Text(job.Activation.ToString())}}), Loss.{{spec.Architecture.Loss}}{{outputs}});
            var options = new TrainingOptions
            {
            {{string.Concat(Training(spec.Training, winner).Select(line => $"    {line},\n"))}}    Target = TrainingTarget.Parse({{Text(advice.Screening.Target.ToString())}}),
            };
            PreparedData prepared = PreparedData.Prepare(train, network, options);
            var start = Initializer.Parse({{Text(winner.Initializer.Name)}});
            RunSpec[] runs = [.. Enumerable.Range(0, {{settings.Seeds}}).Select(i => new RunSpec(network, start, options, Seed: {{spec.Seed}} + (uint)i{{(spec.Random == RandomSource.NumPy ? "" : $", Random: {Text(spec.Random)}")}}))];
            foreach (RunResult run in Trainings.Run(runs, prepared))
            {
                Console.WriteLine($"seed {run.Spec.Seed}: {(run.Record.ReachedAt is int at ? $"reached after {at} iterations" : "not reached")}, final cost {run.Record.TrainCost}");
            }

            """;
    }

    /// <summary>The options of the training that are not the default.</summary>
    private static IEnumerable<string> Training(TrainingOptions training, Candidate winner)
    {
        var plain = new TrainingOptions();
        yield return $"LearningRate = {Number(winner.LearningRate)}";
        yield return $"Scaling = Scaling.Parse({Text(winner.Scaling.ToString())})";
        yield return training.Epochs is int epochs ? $"Epochs = {epochs}" : $"Iterations = {training.Iterations}";
        if (training.BatchSize is int batch)
        {
            yield return $"BatchSize = {batch}";
        }

        if (training.Optimizer.ToString() != plain.Optimizer.ToString())
        {
            yield return $"Optimizer = Optimizer.Parse({Text(training.Optimizer.ToString())})";
        }

        if (training.WeightDecay != training.Optimizer.UsualDecay)
        {
            yield return $"WeightDecay = {Number(training.WeightDecay)}";
        }

        if (training.Schedule != LearningRateSchedule.Constant)
        {
            yield return $"Schedule = LearningRateSchedule.Parse({Text(training.Schedule.ToString())})";
        }

        if (training.ClipNorm is double norm)
        {
            yield return $"ClipNorm = {Number(norm)}";
        }

        if (training.Precision != plain.Precision)
        {
            yield return $"Precision = Precision.{training.Precision}";
        }

        if (training.Form != plain.Form)
        {
            yield return $"Form = TrainingForm.{training.Form}";
        }
    }

    /// <summary>How the data are read, where that is not the default.</summary>
    private static string Options(JobSettings job)
    {
        DataOptions reading = job.Reading;
        (string Name, string? Value)[] all =
        [
            ("Targets", reading.Targets == TargetKind.Auto ? null : $"TargetKind.{reading.Targets}"), ("X", Quoted(reading.X)),
            ("Y", Quoted(reading.Y is not null && DataSource.HasFileOfLabels(job.Data) ? Path.GetFullPath(reading.Y) : reading.Y)), ("Target", Quoted(reading.Target)),
            ("Ignore", reading.Ignore is [] ? null : $"[{string.Join(", ", reading.Ignore.Select(Text))}]"),
            ("Missing", reading.Missing == MissingValues.Refuse ? null : $"MissingValues.{reading.Missing}"),
            ("FillLater", reading.Missing == MissingValues.Mean && job.TestFraction is not null ? "true" : null), ("AllowNaN", reading.AllowNaN ? "true" : null),
            ("Size", reading.Size is null ? null : string.Create(CultureInfo.InvariantCulture, $"new ImageSize({reading.Size.Width}, {reading.Size.Height})")),
            ("SkipBad", reading.SkipBad ? "true" : null),
        ];
        string[] given = [.. all.Where(option => option.Value is not null).Select(option => $"{option.Name} = {option.Value}")];
        return given is [] ? "()" : $" {{ {string.Join(", ", given)} }}";
    }

    private static string? Quoted(string? text) => text is null ? null : Text(text);

    /// <summary>A text as C# writes it.</summary>
    private static string Text(string text) => $"\"{string.Concat(text.Select(letter => letter is '"' or '\\' ? $"\\{letter}" : char.IsControl(letter) ? $"\\u{(int)letter:X4}" : $"{letter}"))}\"";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
