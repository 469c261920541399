using System.CommandLine;
using StepZero.Files;

namespace StepZero.Cli;

/// <summary><c>stepzero run</c>: repeats a job from its spec.json.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    private static readonly Argument<string> Spec = new("SPEC") { Description = "A spec.json, or a result folder that holds one" };

    /// <summary>The jobs that leave a spec.</summary>
    private static readonly (string Name, Func<Command> Create, Func<ParseResult, JobSpec?, int> Run)[] Jobs =
    [
        (CompareCommand.Name, CompareCommand.Create, CompareCommand.Run), (TrainCommand.Name, TrainCommand.Create, TrainCommand.Run),
        (DiagnoseCommand.Name, DiagnoseCommand.Create, DiagnoseCommand.Run), (MapCommand.Name, MapCommand.Create, MapCommand.Run),
        (AdviseCommand.Name, AdviseCommand.Create, AdviseCommand.Run),
        (EvaluateCommand.Name, EvaluateCommand.Create, EvaluateCommand.Run),
    ];

    /// <summary>The options of all of them that only say how a result is made, shown and kept.</summary>
    private static readonly Option[] Carrying = [.. ((Option[])[.. TrainCommand.Carrying, .. MapOptions.Carrying, .. SweepOptions.Carrying, .. AdviseOptions.Carrying]).DistinctBy(option => option.Name)];

    public static Command Create()
    {
        var command = new Command(Name, "Repeat a run exactly; refuses when the data have changed") { Spec };
        foreach (Option option in Carrying)
        {
            command.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult carrying)
    {
        string path = carrying.GetValue(Spec)!;
        Option[] given = [.. Carrying.Where(option => carrying.GetResult(option) is { Implicit: false })];
        if (JobSpec.JobOf(path) == SweepCommand.Name)
        {
            Command sweep = SweepCommand.Create();
            RefuseForeign(given, sweep, path);
            string file = Directory.Exists(path) ? ResultFolder.SpecOf(path) : path;
            return SweepCommand.Run(CommandLine.Parse(sweep, [file, .. given.SelectMany(option => Arguments(option, carrying))]), SweepFolder.DataOf(Path.GetDirectoryName(Path.GetFullPath(file))!));
        }

        JobSpec spec = JobSpec.Read(path);
        (string name, Func<Command> create, Func<ParseResult, JobSpec?, int> run) = Array.Find(Jobs, job => job.Name == spec.Job);
        if (name is null)
        {
            throw new StepZeroException($"{path}: {StepZeroException.UnknownName("job", spec.Job, [.. Jobs.Select(job => job.Name), SweepCommand.Name]).Message}");
        }

        // A spec holds the options of its command, so the command's own parser reads it, with those that were given here.
        Command command = create();
        RefuseForeign(given, command, path);
        string[] known = [.. command.Options.Select(option => option.Name.TrimStart('-')).Except(given.Select(option => option.Name.TrimStart('-'))), EvaluateCommand.ModelName];
        if (spec.Options.Select(option => option.Name).FirstOrDefault(option => !known.Contains(option)) is string unknown)
        {
            throw new StepZeroException($"{path}: {StepZeroException.UnknownName("option", unknown, known).Message}");
        }

        try
        {
            return run(CommandLine.Parse(command, [.. spec.Options.Select(Argument), .. given.SelectMany(option => Arguments(option, carrying))]), spec);
        }
        catch (UsageException error) when (!given.Any(option => error.Message.StartsWith(option.Name, StringComparison.Ordinal)))
        {
            throw new StepZeroException($"{path}: {error.Message}");
        }
    }

    private static void RefuseForeign(Option[] given, Command command, string path)
    {
        if (given.FirstOrDefault(option => command.Options.All(known => known.Name != option.Name)) is Option foreign)
        {
            throw new UsageException($"{foreign.Name}: {path} is of 'stepzero {command.Name}', which does not take it. Leave it out.");
        }
    }

    private static string Argument((string Name, object Value) option) => option.Name == EvaluateCommand.ModelName ? $"{option.Value}"
        : option.Value is true ? $"--{option.Name}" : $"--{option.Name}={option.Value}";

    private static IEnumerable<string> Arguments(Option option, ParseResult carrying) =>
        carrying.GetResult(option)!.Tokens is [_, ..] values ? values.Select(value => $"{option.Name}={value.Value}") : [option.Name];
}
