using System.CommandLine;
using System.Globalization;
using StepZero.Data;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Maps;
using StepZero.Networks;
using StepZero.RandomNumbers;
using StepZero.Training;
using static StepZero.Cli.OptionText;

namespace StepZero.Cli;

/// <summary>
/// The options of <c>compare</c> and <c>train</c>, each with its default, and their reading. Options that make the result are kept in spec.json by their
/// names; those of <see cref="Carrying"/> only say how it is carried out and shown.
/// </summary>
internal static class JobOptions
{
    private const int MostSeeds = 100_000;

    public static readonly Option<string> Data = Text(ReadingOptions.Data, "PATH|NAME", ReadingOptions.DataText, "pets");

    public static readonly Option<string> Hidden = Text("--hidden", "SIZES", "Units of each hidden layer, or none for logistic regression", "5,5");

    public static readonly Option<string> HiddenActivation = Text(
        "--activation", "NAME", $"{string.Join(", ", Networks.Activation.Names)}; leaky_relu:0.01, elu:0.5 and sin:30 bring a parameter", "tanh");

    public static readonly Option<string> Init = Text(
        "--init", "NAMES", "Initializers by any name of 'stepzero initializers', as in he_normal:slope=0.2@pytorch; joined by + one a layer, as in siren_first+siren; file:PATH for saved weights, .safetensors or .npz (no comma in PATH)",
        "zeros,random,he,xavier");

    public static readonly Option<string> OneInit = Text(
        "--init", "NAME", "Initializer by any name of 'stepzero initializers', or file:PATH for saved weights, .safetensors or .npz (no comma in PATH)", "xavier");

    public static readonly Option<string> LossOption = Text(
        "--loss", "NAME", "binary_cross_entropy, cross_entropy or mse [default: by the targets: two classes or --positive, more classes, numbers]");

    public static readonly Option<string> Seed = Text("--seed", "N", "Seed of weights, split and generated sets, 0 to 4294967295", "1");

    public static readonly Option<string> Random = Text("--random", "STREAM", $"Random numbers of the weights: {string.Join(", ", RandomSource.Names)}", RandomSource.NumPy);

    public static readonly Option<string> Scale = Text("--scaling", "HOW",
        "auto (pixels of pictures from 0 to 1, other numbers as they are), none, divide:255, or per feature: center, standardize", "auto");

    public static readonly Option<string> TestData = Text(
        "--test-data", "PATH|NAME", "Data to test on, in the same form; a generated set is drawn with the seed + 1 [default: none]");

    public static readonly Option<string> TestFraction = Text("--test-fraction", "SHARE", "Share of the samples held back to test on [default: none]");

    public static readonly Option<string> Precise = Text("--precision", "FORMAT", "double or single", "double");

    public static readonly Option<string> Form = Text("--form", "FORM",
        "How the first layer is trained: primal (its weights), dual (one coefficient a sample), or auto, the cheaper", "auto");

    public static readonly Option<bool> Horizon = new("--horizon")
    {
        Description = "Train 16 shadow runs beside each run, whose weights differ in the last bit, and mark with ≈ the costs that cannot be reproduced",
    };

    public static readonly Option<string> Seeds = Text(
        "--seeds", "N", "Train from N seeds, --seed and those after it: median, quartiles, 95% interval [default: one seed]");

    public static readonly Option<string> Threads = Text("--threads", "N", "Threads; the result does not depend on it [default: all cores]");

    public static readonly Option<string> Output = Text("--output", "DIR", "Folder for the results [default: stepzero-runs/<date-time>-<job>]");

    public static readonly Option<bool> NoPlots = new("--no-plots") { Description = "Write no pictures and no report.html" };

    public static readonly Option<bool> Json = new("--json") { Description = "Print results.json alone" };

    public static readonly Option<bool> Quiet = new("--quiet") { Description = "Print only the closing table, and no progress" };

    public static readonly Option<bool> Force = new("--force") { Description = "Replace the results in the output folder" };

    /// <summary>The options that make the result.</summary>
    public static readonly Option[] Making =
    [
        Data, ReadingOptions.Positive, LossOption, Hidden, HiddenActivation, Init, .. UpdateOptions.All, Seed, Random, Scale, TestData, TestFraction, Precise, Form,
        .. ReadingOptions.All, Horizon, Seeds,
    ];

    /// <summary>Those of <c>train</c>: one start, and nothing beside it.</summary>
    public static readonly Option[] MakingOne = [.. Making.Select(option => option == Init ? OneInit : option).Except([Horizon, Seeds])];

    /// <summary>The options that only say how the result is made and shown.</summary>
    public static readonly Option[] Carrying = [Threads, Output, NoPlots, Json, Quiet, Force];

    /// <summary>Reads what was parsed.</summary>
    /// <param name="parsed">What was parsed.</param>
    /// <param name="one">Whether it was parsed with <see cref="MakingOne"/>.</param>
    /// <exception cref="UsageException">A value is impossible.</exception>
    public static JobSettings Read(ParseResult parsed, bool one = false)
    {
        if (parsed.GetValue(TestData) is not null && parsed.GetValue(TestFraction) is not null)
        {
            throw new UsageException("--test-data and --test-fraction exclude each other. Use one of them.");
        }

        var making = new JobSettings
        {
            Data = parsed.GetValue(Data)!,
            Positive = parsed.GetValue(ReadingOptions.Positive),
            Hidden = Parse(parsed, Hidden, Sizes),
            Activation = Parse(parsed, HiddenActivation, Activation.Parse),
            Loss = Optional(parsed, LossOption, text => CanonicalText.Parse<Loss>(text, "loss")),
            InitializerTexts = one ? Parse(parsed, OneInit, OneInitializerText) : Parse(parsed, Init, InitializerTexts),
            Initializers = Initializers(parsed.GetValue(one ? OneInit : Init)!),
            Training = UpdateOptions.Read(parsed, new TrainingOptions
            {
                Scaling = Parse(parsed, Scale, Scaling.Parse),
                Precision = Parse(parsed, Precise, text => CanonicalText.Parse<Precision>(text)),
                Form = Parse(parsed, Form, text => CanonicalText.Parse<TrainingForm>(text)),
            }),
            Seed = ReadSeed(parsed, Seed),
            Random = Parse(parsed, Random, Stream),
            TestData = parsed.GetValue(TestData),
            TestFraction = Optional(parsed, TestFraction, text => Number(text, "a number above 0 and below 1", value => value is > 0 and < 1)),
            Reading = ReadingOptions.Read(parsed),
            Horizon = !one && parsed.GetValue(Horizon),
            Seeds = one ? null : Optional(parsed, Seeds, text => (int)Whole(text, 1, MostSeeds)),
            Threads = ReadThreads(parsed),
            Output = parsed.GetValue(Output),
            Plots = !parsed.GetValue(NoPlots),
            Json = parsed.GetValue(Json),
            Quiet = parsed.GetValue(Quiet),
            Force = parsed.GetValue(Force),
        };
        making = making with { Reading = making.Reading with { Targets = TargetsOf(making) } };
        if (making.Seeds is int seeds && making.Seed > uint.MaxValue - (uint)(seeds - 1))
        {
            throw new UsageException($"--seeds: {seeds} seeds from {making.Seed} go beyond {uint.MaxValue}, the largest. Use a smaller --seed.");
        }

        return making;
    }

    /// <exception cref="UsageException">The seed is impossible.</exception>
    public static uint ReadSeed(ParseResult parsed, Option<string> seed) => Parse(parsed, seed, text => (uint)Whole(text, 0, uint.MaxValue));

    /// <exception cref="UsageException">The number of threads is impossible.</exception>
    public static int ReadThreads(ParseResult parsed) => Optional(parsed, Threads, text => (int)Whole(text, 1, 1024)) ?? Environment.ProcessorCount;

    /// <summary>The command line of a spec, without what is the default or was chosen for the user.</summary>
    public static string CommandOf(JobSpec spec)
    {
        Dictionary<string, string?> defaults = (spec.Job switch { MapCommand.Name => MapOptions.Making, AdviseCommand.Name => AdviseOptions.Making, _ => Making }).ToDictionary(
            option => option.Name.TrimStart('-'), option => (option as Option<string>)?.DefaultValueFactory?.Invoke(null!));
        string starts = (spec.Job is TrainCommand.Name or MapCommand.Name ? OneInit : Init).DefaultValueFactory!.Invoke(null!);
        defaults[Init.Name.TrimStart('-')] = string.Join(',', InitializerTexts(starts));

        if (spec.Options.FirstOrDefault(option => option.Name == "preset").Value is string name && MapPreset.Parse(name) is MapPreset preset)
        {
            (defaults["x"], defaults["y"], defaults["measure"]) = ($"{preset.X}", $"{preset.Y}", $"{preset.Measure}");
            defaults[UpdateOptions.Iterations.Name.TrimStart('-')] = TextOf(preset.Training.Iterations);
        }

        // The positive class, which always stands there, says the same.
        defaults[LossOption.Name.TrimStart('-')] = CanonicalText.Of(Loss.BinaryCrossEntropy);
        IEnumerable<string> given = spec.Options
            .Where(option => option.Name != Form.Name.TrimStart('-') && TextOf(option.Value) != defaults.GetValueOrDefault(option.Name))
            .Select(option => option.Value is true ? $"--{option.Name}" : $"--{option.Name} {TextOf(option.Value)}");
        return string.Join(' ', (IEnumerable<string>)[$"stepzero {spec.Job}", .. given]);
    }

    /// <summary>A value as it is typed in a shell.</summary>
    public static string TextOf(object value)
    {
        string text = value is Enum choice ? CanonicalText.Of(choice) : Convert.ToString(value, CultureInfo.InvariantCulture)!;
        return text.All(letter => char.IsAsciiLetterOrDigit(letter) || "_-+./:@,=%".Contains(letter, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    private static int[] Sizes(string text) =>
        text == "none" ? [] : [.. text.Split(',').Select(size => (int)Whole(size, 1, 1_000_000))];

    /// <summary>What the loss, or a positive class, says the targets are.</summary>
    private static TargetKind TargetsOf(JobSettings making) => making.Loss switch
    {
        Loss.Mse => TargetKind.Numbers,
        null when making.Positive is null => TargetKind.Auto,
        _ => TargetKind.Classes,
    };

    private static string[] OneInitializerText(string text) => InitializerTexts(text) is [_] and string[] one ? one
        : throw new StepZeroException($"expected one initializer, found '{text}'. Set several side by side with 'stepzero compare'.");

    /// <summary>The texts of the initializers for a spec: with full paths, but for one that has a comma, which could not be read again. No file is read.</summary>
    private static string[] InitializerTexts(string text)
    {
        string[] all = [.. text.Split(',').Select(one => InitializerSource.Canonical(one) is string whole && !whole.Contains(',', StringComparison.Ordinal) ? whole : one)];
        return all.GroupBy(one => one).FirstOrDefault(group => group.Count() > 1)?.Key is string twice
            ? throw new StepZeroException($"'{twice}' stands there twice; expected each initializer once.")
            : all;
    }

    private static Initializer[] Initializers(string text)
    {
        Initializer[] all = [.. text.Split(',').Select(InitializerSource.Parse)];
        return all.GroupBy(one => one.Name).FirstOrDefault(group => group.Count() > 1)?.Key is string twice
            ? throw new StepZeroException($"{Init.Name}: two files are called '{twice}', and results call a start by its file. Give one another name.")
            : all;
    }

    private static string Stream(string text) =>
        RandomSource.Names.Contains(text) ? text : throw StepZeroException.UnknownName("random stream", text, RandomSource.Names);
}
