using System.CommandLine;
using System.Globalization;
using System.Text;
using StepZero.Data;
using StepZero.Files;
using StepZero.Reports;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Cli;

/// <summary><c>stepzero compare</c>: trains one network from several starts and shows where each ends.</summary>
internal static class CompareCommand
{
    public const string Name = "compare";

    public static Command Create()
    {
        var command = new Command(Name, "Train one network from several initial weights, and compare where it ends");
        foreach (Option option in (Option[])[.. CompareOptions.Making, .. CompareOptions.Carrying])
        {
            command.Add(option);
        }

        command.SetAction(parsed => Run(CompareOptions.Read(parsed), repeated: null));
        return command;
    }

    /// <summary>Runs a comparison.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="repeated">The spec that is repeated, whose data must be the same; null for a new comparison.</param>
    /// <returns>The exit code.</returns>
    public static int Run(CompareSettings settings, JobSpec? repeated)
    {
        using var interruption = new Interruption();
        string output = settings.Output
            ?? Path.Combine("stepzero-runs", DateTime.Now.ToString("yyyyMMdd-HHmmss-", CultureInfo.InvariantCulture) + Name);
        ResultFolder.Check(output, settings.Force);

        if (settings.Threads > 1 && (DataSource.IsPath(settings.Data) || settings.Data.StartsWith("pets", StringComparison.Ordinal)))
        {
            WarmUp.Start(settings);
        }

        long started = TimeProvider.System.GetTimestamp();
        (Dataset train, Dataset? test) = Load(settings, interruption.Token);
        var architecture = new Networks.Architecture(train.FeatureCount, settings.Hidden, settings.Activation);
        RunSpec[] specs = [.. settings.Initializers.Select(start => new RunSpec(architecture, start, settings.Training, settings.Seed, Random: settings.Random))];
        Task<(string, string?)> hashing = Task.Run(() => (DataHash.Of(train), test is null ? null : DataHash.Of(test)));
        PreparedData prepared = PreparedData.Prepare(train, architecture, settings.Training, settings.Threads, cancellation: interruption.Token);
        (string dataHash, string? testHash) = hashing.Result;
        if (dataHash == testHash)
        {
            throw new StepZeroException($"{settings.TestData}: holds the same samples as the training data, which say nothing new. Give other ones, or hold a part back with --test-fraction.");
        }

        CheckSame(repeated, dataHash, testHash, settings);
        Array.ForEach(specs, start => start.Check(prepared));
        double prepareSeconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;

        var spec = new JobSpec(Name, [.. settings.Canonical(train, prepared.Form)], dataHash, testHash);
        ResultFolder folder = ResultFolder.Create(output, settings.Force, spec.ToJson());
        int shadows = settings.Horizon ? Horizon.DefaultShadows : 0;
        int seeds = settings.Seeds ?? 0;
        Comparison comparison;
        using (var progress = TrainingProgressBar.Start(specs.Length * (shadows + Math.Max(1, seeds)), settings.Quiet))
        {
            var execution = new Execution { Threads = settings.Threads, Clock = TimeProvider.System, Progress = progress };
            comparison = Comparison.Run(specs, prepared, test, shadows, seeds, execution, interruption.Token) with { PrepareSeconds = prepareSeconds };
        }

        byte[] json = ComparisonJson.Results(comparison);
        folder.Write("costs.csv", ComparisonJson.Costs(comparison));
        folder.Finish(json);
        if (settings.Json)
        {
            using Stream standardOutput = Console.OpenStandardOutput();
            standardOutput.Write(json);
        }
        else
        {
            ComparisonText.Print(comparison, settings.Quiet);
        }

        if (settings.Plots)
        {
            Draw(comparison, spec, folder);
        }

        if (!settings.Json)
        {
            Console.Out.WriteLine($"Results: {output}{(settings.Plots ? $" (open {Path.Combine(output, "report.html")})" : "")}");
        }

        return comparison.Starts.Any(start => start.Run.Record.Status == RunStatus.Cancelled) ? ExitCode.Interrupted : ExitCode.Done;
    }

    /// <summary>Draws the pictures and the report. The results are complete by now, so a disk that is full takes only what comes here.</summary>
    private static void Draw(Comparison comparison, JobSpec spec, ResultFolder folder)
    {
        try
        {
            IReadOnlyList<TrainedNetwork> networks = TrainedNetwork.Of(comparison);
            foreach (PictureFile picture in ComparisonPictures.Draw(comparison, networks))
            {
                folder.Write(picture.Name, picture.Content);
            }

            var origin = new Origin(CompareOptions.CommandOf(spec), Encoding.UTF8.GetString(spec.ToJson()), folder.Path);
            folder.Write("report.html", ComparisonReport.Write(comparison, networks, origin));
        }
        catch (StepZeroException error)
        {
            throw new StepZeroException($"{error.Message} The results in {folder.Path} are complete; pictures are missing.", error);
        }
    }

    private static (Dataset Train, Dataset? Test) Load(CompareSettings settings, CancellationToken cancellation)
    {
        Dataset all = Read(settings.Data, settings.Seed, train: null);
        if (settings.Positive is not null)
        {
            all = all.WithPositive(settings.Positive);
        }

        CheckClasses(all, settings);
        if (settings.TestFraction is double fraction)
        {
            // Gaps are filled with means of the training part alone, once there is one.
            (Dataset train, Dataset held) = Split.Random(all, fraction, settings.Seed);
            return settings.Reading.Missing == MissingValues.Mean ? (train.FillMissing(train), held.FillMissing(train)) : (train, held);
        }

        // Another seed than that of the training samples, which would be repeated otherwise.
        return (all, settings.TestData is null ? null : Read(settings.TestData, settings.Seed + 1, all));

        Dataset Read(string text, uint seed, Dataset? train)
        {
            LoadedData loaded = DataSource.Load(text, seed, settings.Reading with { Threads = settings.Threads, FillLater = settings.TestFraction is not null }, train, cancellation);
            ReadingOptions.Report(loaded);
            return loaded.Data;
        }
    }

    private static void CheckClasses(Dataset data, CompareSettings settings)
    {
        int[] counts = data.CountClasses();
        string[] present = [.. data.Classes.Where((_, label) => counts[label] > 0)];
        string found = $"{settings.Data}: {(present.Length == 1 ? "one class" : $"{present.Length} classes")} ({string.Join(", ", present.Take(10))}{(present.Length > 10 ? ", …" : "")})";
        if (present.Length == 1)
        {
            throw new StepZeroException($"{found}; expected two. {(data.ImageSize is null ? "Choose the column or array of the classes with --target or --y." : "A picture's class is its sub-folder, or its name before the first digit, dot, dash or underscore.")}");
        }

        if (present.Length > 2 && settings.Positive is null)
        {
            throw new StepZeroException($"{found}; a network here tells two apart. Set one against the rest with --positive, as in --positive {present[0]}.");
        }

        if (!present.Contains(data.Positive))
        {
            throw new StepZeroException($"{found}; none of the samples is of the positive class '{data.Positive}'. Choose another with --positive.");
        }
    }

    private static void CheckSame(JobSpec? repeated, string dataHash, string? testHash, CompareSettings settings)
    {
        if (repeated is null)
        {
            return;
        }

        (string? changed, string? expected, string? found) = repeated.DataHash != dataHash ? (settings.Data, repeated.DataHash, dataHash)
            : repeated.TestDataHash != testHash ? (settings.TestData ?? settings.Data, repeated.TestDataHash, testHash)
            : default;
        if (changed is not null)
        {
            throw new StepZeroException(
                $"{changed}: the data are not those of the spec: expected {expected}, found {found}. Bring the old data back, or start anew with 'stepzero compare'.");
        }
    }
}
