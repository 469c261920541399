using System.CommandLine;
using StepZero.Files;
using StepZero.Files.Models;
using StepZero.Networks;

namespace StepZero.Cli;

/// <summary>What the commands have in common that ask a kept model about data: the model, the data, and how they are read.</summary>
internal static class ModelOptions
{
    public static readonly Argument<string> Path = new("MODEL") { Description = "A model: a .safetensors or .npz file that StepZero wrote" };

    public static readonly Option<string> Data = new(ReadingOptions.Data)
    {
        HelpName = "PATH|NAME",
        Required = true,
        Description = $"{ReadingOptions.DataText}; with the features that the model was trained on",
    };

    public static readonly Option<string> Seed = OptionText.Text(JobOptions.Seed.Name, "N", "Seed of a generated set, 0 to 4294967295", "1");

    /// <summary>The data, and how they are read.</summary>
    public static readonly Option[] Asking = [Data, .. ReadingOptions.All, Seed, JobOptions.Threads];

    /// <summary>Reads the options of <see cref="Asking"/>.</summary>
    /// <exception cref="UsageException">A value is impossible.</exception>
    public static DataOptions ReadReading(ParseResult parsed) => ReadingOptions.Read(parsed) with { Threads = JobOptions.ReadThreads(parsed) };

    /// <summary>Reads a model and data that fit it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="reading">How the data are read.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="StepZeroException">One of them cannot be read, or they do not fit.</exception>
    public static (Model Model, LoadedData Loaded) Load(ParseResult parsed, DataOptions reading, CancellationToken cancellation)
    {
        string path = parsed.GetValue(Path)!;
        Model model = ModelFile.Read(path);
        if (reading.Missing == MissingValues.Mean && model.Form is { HasByteFeatures: false, FeatureMeans: null })
        {
            throw new StepZeroException($"{path}: keeps no means of the training samples to fill gaps with. Leave rows that lack values out with --missing drop, or fill the gaps in the data.");
        }

        LoadedData loaded = DataSource.Load(parsed.GetValue(Data)!, JobOptions.ReadSeed(parsed, Seed), reading, model.Form, cancellation);
        ReadingOptions.Report(loaded);
        return (model, loaded);
    }
}
