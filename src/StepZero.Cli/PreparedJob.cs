using StepZero.Data;
using StepZero.Files;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Cli;

/// <summary>A job whose data are read and checked, so that nothing but its trainings is left to do.</summary>
/// <param name="Spec">What makes its results again.</param>
/// <param name="Runs">Its trainings.</param>
/// <param name="Data">What they are trained on.</param>
/// <param name="Test">What they are tested on, or null.</param>
/// <param name="Seconds">How long it took to come here.</param>
internal sealed record PreparedJob(JobSpec Spec, RunSpec[] Runs, PreparedData Data, Dataset? Test, double Seconds)
{
    /// <summary>Reads and checks.</summary>
    /// <param name="name">The command.</param>
    /// <param name="settings">What was asked for.</param>
    /// <param name="repeated">The spec that is repeated, whose data must be the same; null for a new job.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static PreparedJob Prepare(string name, JobSettings settings, JobSpec? repeated, CancellationToken cancellation)
    {
        if (settings.Threads > 1 && (DataSource.IsPath(settings.Data) || settings.Data.StartsWith("pets", StringComparison.Ordinal)))
        {
            WarmUp.Start(settings);
        }

        long started = TimeProvider.System.GetTimestamp();
        (Dataset all, Dataset? test, Loss loss) = Load(settings, cancellation);
        Task<(string, string?)> hashing = Task.Run(() => (DataHash.Of(all), test is null ? null : DataHash.Of(test)), cancellation);
        (Dataset train, Dataset? held) = settings.Training.EarlyStopping is EarlyStopping stopping ? stopping.Divide(all, settings.Seed) : (all, null);
        Architecture architecture = ArchitectureOf(settings, train, loss);
        RunSpec[] runs = [.. settings.Initializers.Select(start => new RunSpec(architecture, start, settings.Training, settings.Seed, Random: settings.Random))];
        PreparedData data = PreparedData.Prepare(train, architecture, settings.Training, settings.Threads, held, cancellation);
        (string dataHash, string? testHash) = hashing.Result;
        RefuseSame(settings, dataHash, testHash);
        Array.ForEach(runs, run => run.Check(data));
        string[] weights = [.. runs.Where(run => InitializerSource.IsFile(run.Initializer)).Select(run => DataHash.Of(run.DrawParameters(data)))];
        var spec = new JobSpec(name, [.. settings.Canonical(train, loss, data.Form)], dataHash, testHash, weights is [] ? null : string.Join(',', weights));
        RepeatedJob.Check(repeated, spec, settings.Data, settings.TestData);
        return new PreparedJob(spec, runs, data, test, TimeProvider.System.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>The network that was asked for, on the data that were loaded.</summary>
    public static Architecture ArchitectureOf(JobSettings settings, Dataset train, Loss loss) =>
        new(train.FeatureCount, settings.Hidden, settings.Activation, loss, loss == Loss.CrossEntropy ? train.Classes.Count : 1);

    /// <summary>Refuses test data that are the training data.</summary>
    /// <exception cref="StepZeroException">They are the same.</exception>
    public static void RefuseSame(JobSettings settings, string dataHash, string? testHash)
    {
        if (dataHash == testHash)
        {
            throw new StepZeroException($"{settings.TestData}: holds the same samples as the training data, which say nothing new. Give other ones, or hold a part back with --test-fraction.");
        }
    }

    /// <summary>Reads the data that were asked for.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <param name="report">Whether it is said what was left out or decided.</param>
    public static (Dataset Train, Dataset? Test, Loss Loss) Load(JobSettings settings, CancellationToken cancellation, bool report = true)
    {
        Dataset all = Read(settings.Data, settings.Seed, train: null);
        if (settings.Positive is not null)
        {
            all = all.WithPositive(settings.Positive);
        }

        Loss loss = LossOf(all, settings);
        if (settings.TestFraction is double fraction)
        {
            // Gaps are filled with means of the training part alone, once there is one.
            (Dataset train, Dataset held) = Split.Random(all, fraction, settings.Seed);
            return settings.Reading.Missing == MissingValues.Mean ? (train.FillMissing(train), held.FillMissing(train), loss) : (train, held, loss);
        }

        // Another seed than that of the training samples, which would be repeated otherwise.
        return (all, settings.TestData is null ? null : Read(settings.TestData, settings.Seed + 1, all), loss);

        Dataset Read(string text, uint seed, Dataset? train)
        {
            LoadedData loaded = DataSource.Load(text, seed, settings.Reading with { Threads = settings.Threads, FillLater = settings.TestFraction is not null }, train, cancellation);
            if (report)
            {
                ReadingOptions.Report(loaded);
            }

            return loaded.Data;
        }
    }

    /// <summary>The loss that was asked for or, without one, that fits the targets.</summary>
    private static Loss LossOf(Dataset data, JobSettings settings)
    {
        if (data.Targets is not null)
        {
            return settings.Positive is null ? settings.Loss ?? Loss.Mse
                : throw new StepZeroException($"{settings.Data}: the targets are numbers; --positive names a class. Leave it out.");
        }

        int[] counts = data.CountClasses();
        string[] present = [.. data.Classes.Where((_, label) => counts[label] > 0)];
        Loss loss = settings.Loss ?? (present.Length > 2 && settings.Positive is null ? Loss.CrossEntropy : Loss.BinaryCrossEntropy);
        string found = $"{settings.Data}: {(present.Length == 1 ? "one class" : $"{present.Length} classes")} ({string.Join(", ", present.Take(10))}{(present.Length > 10 ? ", …" : "")})";
        if (present.Length == 1)
        {
            throw new StepZeroException($"{found}; expected two or more. {(data.ImageSize is null ? "Choose the column or array of the classes with --target or --y." : "A picture's class is its sub-folder, or its name before the first digit, dot, dash or underscore.")}");
        }

        if (loss == Loss.CrossEntropy)
        {
            return settings.Positive is null ? loss
                : throw new StepZeroException($"{settings.Data}: --positive sets one class against the rest, and the loss cross_entropy tells all apart. Leave one of them out.");
        }

        if (present.Length > 2 && settings.Positive is null)
        {
            throw new StepZeroException($"{found}; the loss {CanonicalText.Of(loss)} tells two apart. Set one against the rest with --positive, as in --positive {present[0]}, or use --loss cross_entropy.");
        }

        return present.Contains(data.Positive) ? loss
            : throw new StepZeroException($"{found}; none of the samples is of the positive class '{data.Positive}'. Choose another with --positive.");
    }
}
