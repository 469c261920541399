using System.Collections.Concurrent;
using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using StepZero.Data;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Cli;

/// <summary>
/// Makes the settings of a sweep ready to be trained. Their options are read as those of <c>stepzero compare</c>; those that agree in all but start, rate and
/// decay are read once, and data are loaded and prepared once for all that share them. Serves any number of threads.
/// </summary>
internal sealed partial class SweepSettings
{
    private static readonly string Init = NameOf(JobOptions.OneInit), Rate = NameOf(UpdateOptions.LearningRate), Decay = NameOf(UpdateOptions.WeightDecay);
    private static readonly string[] OfData = [.. ((Option[])[JobOptions.Data, ReadingOptions.Positive, JobOptions.LossOption, JobOptions.TestData, JobOptions.TestFraction, .. ReadingOptions.All]).Select(NameOf)];

    private static readonly string[] Flags = [.. JobOptions.MakingOne.Where(option => option.ValueType == typeof(bool)).Select(NameOf)];

    private readonly string file;
    private readonly SweepPlan plan;
    private readonly int threads;
    private readonly Action<string, string> foundData;
    private readonly CancellationToken cancellation;
    private readonly Command parser = CreateParser();
    private readonly ConcurrentDictionary<string, bool> reported = new();
    private readonly string[] names;
    private readonly int init;
    private readonly int rate;
    private readonly int decay;
    private readonly Recent<string, Group> groups;
    private readonly Recent<string, Loaded> loaded;
    private readonly Recent<Preparing, PreparedData> prepared;

    /// <summary>Settings of a sweep.</summary>
    /// <param name="file">Where the sweep was read from, for messages.</param>
    /// <param name="plan">The sweep.</param>
    /// <param name="threads">The threads that ask for settings.</param>
    /// <param name="foundData">Is told the name and the hash of data that were loaded, and may refuse them.</param>
    /// <param name="cancellation">Ends the reading of data early.</param>
    public SweepSettings(string file, SweepPlan plan, int threads, Action<string, string> foundData, CancellationToken cancellation)
    {
        (this.file, this.plan, this.threads, this.foundData, this.cancellation) = (file, plan, threads, foundData, cancellation);
        names = [.. plan.Names];
        (init, rate, decay) = (Array.IndexOf(names, Init), Array.IndexOf(names, Rate), Array.IndexOf(names, Decay));

        // Blocks come in the order of the plan, so each thread is at one group and about to begin the next.
        int most = threads + 2;
        (groups, loaded, prepared) = (new(most), new(most), new(most));
    }

    /// <summary>The keys that a sweep takes: the options of a comparison that are of one training.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. JobOptions.MakingOne.Select(NameOf)];

    /// <summary>Makes a setting.</summary>
    /// <param name="number">Its number.</param>
    /// <exception cref="StepZeroException">It is impossible.</exception>
    public SweepSetting Of(long number)
    {
        IReadOnlyList<string> values = plan.Values(number);
        string key = string.Join('\n', values.Where((_, i) => i != init && i != rate && i != decay));
        try
        {
            return SettingOf(groups.Of(key, () => GroupOf(plan.Options(number))), values);
        }
        catch (StepZeroException error)
        {
            throw new StepZeroException($"{file}: {string.Join(", ", names.Zip(values, (name, value) => $"{name} {value}"))}: {InFile(error.Message)}", error);
        }
    }

    /// <summary>
    /// Refuses values that are impossible, before anything is trained: each of each option, and each with each of another option of the network or the training, once, with the first of all others.
    /// </summary>
    /// <exception cref="StepZeroException">One is; the message names its option.</exception>
    public void Check()
    {
        IReadOnlyList<(string Name, string Value)> first = plan.Options(0);
        Group of = Named("", () => GroupOf(first));
        Initializer[] starts = [.. (init < 0 ? [] : plan.Axes[init].Values).Select(text => Named($"{Init}: ", () => StartOf(of, text)))];
        if (init < 0)
        {
            Named("", () => SettingOf(of, plan.Values(0)));
        }

        foreach ((string name, IReadOnlyList<string> values) in (IEnumerable<(string, IReadOnlyList<string>)>)[
            .. plan.Axes.Select(axis => (axis.Name, axis.Values)), .. plan.Draws.Select(draw => (draw.Name, (IReadOnlyList<string>)[Number(draw.From), Number(Math.BitDecrement(draw.To))]))])
        {
            foreach (string value in values)
            {
                Named($"{name}: ", () => CheckValue(name, value, first, starts));
            }
        }

        CheckPairs(first);
    }

    private void CheckPairs(IReadOnlyList<(string Name, string Value)> first)
    {
        SweepAxis[] axes = [.. plan.Axes.Where(axis => axis.Name != Init && axis.Name != Rate && axis.Name != Decay && axis.Name != NameOf(JobOptions.Seed) && !OfData.Contains(axis.Name))];
        foreach ((SweepAxis one, SweepAxis other) in axes.SelectMany((one, i) => axes.Skip(i + 1).Select(other => (one, other))))
        {
            foreach ((string value, string otherValue) in one.Values.SelectMany(value => other.Values.Select(otherValue => (value, otherValue))))
            {
                cancellation.ThrowIfCancellationRequested();
                Named($"{one.Name} {value} with {other.Name} {otherValue}: ", () =>
                    KnownOf([.. first.Select(option => option.Name == one.Name ? (option.Name, value) : option.Name == other.Name ? (option.Name, otherValue) : option)]));
            }
        }
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string NameOf(Option option) => option.Name.TrimStart('-');

    private static Command CreateParser()
    {
        var command = new Command(SweepCommand.Name);
        foreach (Option option in (Option[])[.. JobOptions.MakingOne, .. JobOptions.Carrying])
        {
            command.Add(option);
        }

        return command;
    }

    private bool CheckValue(string name, string value, IReadOnlyList<(string Name, string Value)> first, Initializer[] starts)
    {
        cancellation.ThrowIfCancellationRequested();
        if (name == Rate)
        {
            return UpdateOptions.ReadRate(value) > 0;
        }

        if (name == Decay)
        {
            return UpdateOptions.ReadDecay(value) >= 0;
        }

        if (name != Init)
        {
            Group group = GroupOf([.. first.Select(option => option.Name == name ? (name, value) : option)]);
            Array.ForEach(starts, start => start.Check(group.Run.Architecture));
            group.Run.Initializer.Check(group.Run.Architecture);
        }

        return true;
    }

    /// <summary>Names options as the file does: <c>--target</c> of this command is something else than the key.</summary>
    private static string InFile(string message) => OptionInText().Replace(message, option => Keys.Contains(option.Groups[1].Value) ? $"\"{option.Groups[1].Value}\"" : option.Value);

    [GeneratedRegex("--([a-z]+(?:-[a-z]+)*)")]
    private static partial Regex OptionInText();

    /// <summary>Says where an error is, by the file and, where it is not named already, the key.</summary>
    private T Named<T>(string key, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (StepZeroException error)
        {
            throw new StepZeroException($"{file}: {(error.Message.StartsWith(key, StringComparison.Ordinal) ? "" : key)}{InFile(error.Message)}", error);
        }
    }

    private SweepSetting SettingOf(Group group, IReadOnlyList<string> values)
    {
        TrainingOptions training = group.Run.Training;
        training = rate < 0 ? training : training with { LearningRate = UpdateOptions.ReadRate(values[rate]) };
        training = decay < 0 ? training : training with { WeightDecay = UpdateOptions.ReadDecay(values[decay]) };
        Initializer start = StartOf(group, init < 0 ? group.InitializerText : values[init]);
        return new SweepSetting(group.Run with { Initializer = start, Training = training }, group.Data, group.Test);
    }

    /// <summary>An initializer that fits the network of a group.</summary>
    private Initializer StartOf(Group group, string text) => group.Starts.GetOrAdd(text, _ =>
    {
        RunSpec run = group.Run with { Initializer = InitializerSource.Parse(text) };
        run.Check(group.Data);
        if (InitializerSource.IsFile(run.Initializer))
        {
            foundData(text, DataHash.Of(run.DrawParameters(group.Data)));
        }

        return run.Initializer;
    });

    private Group GroupOf(IReadOnlyList<(string Name, string Value)> options)
    {
        Known known = KnownOf(options);
        JobSettings settings = known.Settings;
        TrainingOptions training = settings.Training;
        uint? split = training.EarlyStopping is null ? null : settings.Seed;
        PreparedData ready = prepared.Of(
            new Preparing(known.Data, training.Scaling, training.Precision, known.Form, training.BatchSize, training.Epochs, training.EarlyStopping, split),
            () => PreparedData.Prepare(known.Train, known.Network, training with { Form = known.Form }, 1, known.Held, cancellation));
        return new Group(new RunSpec(known.Network, settings.Initializers[0], training, settings.Seed, Random: settings.Random), ready, known.Test, settings.InitializerTexts[0]);
    }

    /// <summary>What is known of options before data are prepared for them.</summary>
    private Known KnownOf(IReadOnlyList<(string Name, string Value)> options)
    {
        JobSettings settings = Read(options);
        string name = NameOfData(settings, options);
        Loaded data = loaded.Of(name, () => Load(name, settings));
        Architecture network = PreparedJob.ArchitectureOf(settings, data.Train, data.Loss);
        (Dataset train, Dataset? held) = settings.Training.EarlyStopping is EarlyStopping stopping ? stopping.Divide(data.Train, settings.Seed) : (data.Train, null);
        return new Known(settings, name, train, held, data.Test, network, PreparedData.FormOf(train, network, settings.Training));
    }

    private JobSettings Read(IReadOnlyList<(string Name, string Value)> options)
    {
        if (options.FirstOrDefault(option => Flags.Contains(option.Name) && option.Value is not ("true" or "false")) is { Name: string flag, Value: string text })
        {
            throw new StepZeroException($"{flag}: expected true or false, found '{text}'.");
        }

        try
        {
            lock (parser)
            {
                JobSettings settings = JobOptions.Read(CommandLine.Parse(parser, [.. options.Select(option => $"--{option.Name}={option.Value}")]), one: true);
                return settings.Seed <= uint.MaxValue - (uint)(plan.Seeds - 1) ? settings with { Training = settings.Training with { Target = plan.Target } }
                    : throw new StepZeroException($"seeds: {plan.Seeds} seeds from {settings.Seed} go beyond {uint.MaxValue}, the largest. Use a smaller \"seed\".");
            }
        }
        catch (UsageException error)
        {
            throw new StepZeroException(error.Message.TrimStart('-'), error);
        }
    }

    /// <summary>What the data depend on. The seed makes generated sets and divides samples; files are what they are.</summary>
    private static string NameOfData(JobSettings settings, IReadOnlyList<(string Name, string Value)> options)
    {
        bool seeded = settings.TestFraction is not null || !DataSource.IsPath(settings.Data) || (settings.TestData is string test && !DataSource.IsPath(test));
        return string.Join(", ", (IEnumerable<string>)[
            settings.Data, .. options.Where(option => option.Name != NameOf(JobOptions.Data) && OfData.Contains(option.Name)).Select(option => $"{option.Name} {option.Value}"),
            .. seeded ? [$"seed {settings.Seed}"] : Array.Empty<string>()]);
    }

    private Loaded Load(string name, JobSettings settings)
    {
        (Dataset train, Dataset? test, Loss loss) = PreparedJob.Load(settings with { Threads = threads }, cancellation, reported.TryAdd(name, true));
        string hash = DataHash.Of(train);
        foundData(name, hash);
        if (test is not null)
        {
            string testHash = DataHash.Of(test);
            PreparedJob.RefuseSame(settings, hash, testHash);
            foundData($"test samples of {name}", testHash);
        }

        return new Loaded(train, test, loss);
    }

    private sealed record Known(JobSettings Settings, string Data, Dataset Train, Dataset? Held, Dataset? Test, Architecture Network, TrainingForm Form);

    private sealed record Loaded(Dataset Train, Dataset? Test, Loss Loss);

    private sealed record Preparing(
        string Data, Scaling Scaling, Precision Precision, TrainingForm Form, int? BatchSize, int? Epochs, EarlyStopping? Stopping, uint? Split);

    /// <summary>Settings that differ in start, rate and decay alone.</summary>
    private sealed record Group(RunSpec Run, PreparedData Data, Dataset? Test, string InitializerText)
    {
        /// <summary>The initializers that fit the network, by their texts.</summary>
        public ConcurrentDictionary<string, Initializer> Starts { get; } = new();
    }
}
