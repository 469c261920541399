using System.CommandLine;
using System.Globalization;
using StepZero.Recommendations;
using StepZero.Training;
using static StepZero.Cli.OptionText;

namespace StepZero.Cli;

/// <summary>The options of <c>stepzero advise</c> and their reading: those of <c>train</c>, but for the start, which is what it looks for.</summary>
internal static class AdviseOptions
{
    private const int MostSeeds = 10_000;

    private static readonly Option<string> Rate = Text("--learning-rate", "RATE", "Take this one [default: searched for]");

    private static readonly Option<string> Scale = Text(JobOptions.Scale.Name, "HOW", "Take this one: auto, none, divide:255, center or standardize [default: searched for]");

    private static readonly Option<string> Seeds = Text(
        JobOptions.Seeds.Name, "N", "Fresh seeds of the evidence, --seed and those after it", AdviceQuestion.UsualSeeds.ToString(CultureInfo.InvariantCulture));

    private static readonly Option<string> Target = Text(
        "--target", "GOAL", "What trainings are to come to, cost:0.1 or accuracy:0.95 [default: 1.1 times the final cost of the best setting]");

    private static readonly Option<string> Column = Text(
        "--data-target", "COLUMN", "Column of the targets in a table, by name, or by number from 1 where it has no header [default: the last]");

    private static readonly Option<string> Budget = Text("--budget", "TIME", "Begin nothing new after so long, as in 90s, 5m, 1.5h or 2d, and say what was left out", "5m");

    /// <summary>The options of a training that are searched for here, are named otherwise, or mean nothing.</summary>
    private static readonly string[] NotOfTrainings = [JobOptions.OneInit.Name, Rate.Name, Scale.Name, Target.Name, UpdateOptions.Stopping.Name];

    private static readonly Option[] OfTrainings = [.. JobOptions.MakingOne.ExceptBy(NotOfTrainings, option => option.Name)];

    /// <summary>The options that make the result.</summary>
    public static readonly Option[] Making = [.. OfTrainings, Rate, Scale, Seeds, Target, Column];

    /// <summary>The options that only say how the result is made and shown.</summary>
    public static readonly Option[] Carrying = [Budget, .. JobOptions.Carrying];

    /// <summary>Reads what was parsed.</summary>
    /// <exception cref="UsageException">A value is impossible.</exception>
    public static AdviseSettings Read(ParseResult parsed)
    {
        JobSettings job = JobOptions.Read(OfTraining(parsed), one: true);
        int seeds = Parse(parsed, Seeds, text => (int)Whole(text, 1, MostSeeds));
        return new AdviseSettings
        {
            Job = job.Seed <= uint.MaxValue - (uint)(seeds - 1) ? job
                : throw new UsageException($"{Seeds.Name}: {seeds} seeds from {job.Seed} go beyond {uint.MaxValue}, the largest. Use a smaller --seed."),
            HasRate = IsGiven(parsed, Rate),
            HasScaling = IsGiven(parsed, Scale),
            Seeds = seeds,
            Target = parsed.GetValue(Target) is null ? null : Parse(parsed, Target, TrainingTarget.Parse),
            Budget = Parse(parsed, Budget, Duration),
        };
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>The same as the options of a training.</summary>
    private static ParseResult OfTraining(ParseResult parsed)
    {
        var training = new Command(TrainCommand.Name);
        foreach (Option option in (Option[])[.. JobOptions.MakingOne, .. JobOptions.Carrying])
        {
            training.Add(option);
        }

        IEnumerable<string> arguments = ((Option[])[.. OfTrainings, Rate, Scale, Column, .. JobOptions.Carrying]).Where(option => IsGiven(parsed, option)).SelectMany(option =>
        {
            string name = option == Column ? Target.Name : option.Name;
            return parsed.GetResult(option)!.Tokens is [_, ..] values ? values.Select(value => $"{name}={value.Value}") : [name];
        });
        return CommandLine.Parse(training, [.. arguments]);
    }
}

/// <summary>What advice was asked for: the values of <see cref="AdviseOptions"/>.</summary>
internal sealed record AdviseSettings
{
    /// <summary>The options of what is searched for.</summary>
    private static readonly string[] Searched = ["init", "learning-rate", "scaling"];

    /// <summary>Data, network and training, and how the job is carried out.</summary>
    public required JobSettings Job { get; init; }

    public bool HasRate { get; init; }

    public bool HasScaling { get; init; }

    public required int Seeds { get; init; }

    public TrainingTarget? Target { get; init; }

    public required TimeSpan Budget { get; init; }

    /// <summary>The options that make the result, by their names without dashes, with their canonical values: what spec.json holds.</summary>
    /// <param name="job">Those of the data, the network and the training.</param>
    public IEnumerable<(string Name, object Value)> Canonical(IEnumerable<(string Name, object Value)> job) =>
    [
        .. job.Where(option => !Searched.Contains(option.Name) || (HasRate && option.Name == "learning-rate") || (HasScaling && option.Name == "scaling"))
            .Select(option => option.Name == "target" ? ("data-target", option.Value) : option),
        ("seeds", Seeds), .. Target is null ? Array.Empty<(string, object)>() : [("target", Target.ToString())],
    ];

    /// <summary>The options of <c>compare</c> that train a setting.</summary>
    /// <param name="spec">The spec of the job.</param>
    /// <param name="setting">The setting.</param>
    public IReadOnlyList<(string Name, object Value)> Comparison(IEnumerable<(string Name, object Value)> spec, Candidate setting) =>
    [
        .. spec.Where(option => !Searched.Contains(option.Name) && option.Name is not ("target" or "seeds"))
            .Select(option => option.Name == "data-target" ? ("target", option.Value) : option),
        .. setting.Options.Select(option => (option.Name, (object)option.Value)), ("seeds", Seeds),
    ];
}
