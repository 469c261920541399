using System.CommandLine;
using StepZero.Files;

namespace StepZero.Cli;

/// <summary><c>stepzero run</c>: repeats a job from its spec.json.</summary>
internal static class RunCommand
{
    private static readonly Argument<string> Spec = new("SPEC") { Description = "A spec.json, or a result folder that holds one" };

    /// <summary>The jobs that leave a spec.</summary>
    private static readonly (string Name, Func<Command> Create, Func<ParseResult, JobSpec?, int> Run)[] Jobs =
    [
        (CompareCommand.Name, CompareCommand.Create, CompareCommand.Run), (TrainCommand.Name, TrainCommand.Create, TrainCommand.Run),
        (DiagnoseCommand.Name, DiagnoseCommand.Create, DiagnoseCommand.Run), (MapCommand.Name, MapCommand.Create, MapCommand.Run),
        (EvaluateCommand.Name, EvaluateCommand.Create, EvaluateCommand.Run),
    ];

    /// <summary>The options of all of them that only say how a result is made, shown and kept.</summary>
    private static readonly Option[] Carrying = [.. TrainCommand.Carrying, .. MapOptions.Carrying.ExceptBy(TrainCommand.Carrying.Select(option => option.Name), option => option.Name)];

    public static Command Create()
    {
        var command = new Command("run", "Repeat a run exactly; refuses when the data have changed") { Spec };
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
        JobSpec spec = JobSpec.Read(path);
        (string name, Func<Command> create, Func<ParseResult, JobSpec?, int> run) = Array.Find(Jobs, job => job.Name == spec.Job);
        if (name is null)
        {
            throw new StepZeroException($"{path}: {StepZeroException.UnknownName("job", spec.Job, Jobs.Select(job => job.Name)).Message}");
        }

        // A spec holds the options of its command, so the command's own parser reads it, with those that were given here.
        Command command = create();
        Option[] given = [.. Carrying.Where(option => carrying.GetResult(option) is { Implicit: false })];
        if (given.FirstOrDefault(option => command.Options.All(known => known.Name != option.Name)) is Option foreign)
        {
            throw new UsageException($"{foreign.Name}: {path} is of 'stepzero {name}', which does not take it. Leave it out.");
        }

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

    private static string Argument((string Name, object Value) option) => option.Name == EvaluateCommand.ModelName ? $"{option.Value}"
        : option.Value is true ? $"--{option.Name}" : $"--{option.Name}={option.Value}";

    private static IEnumerable<string> Arguments(Option option, ParseResult carrying) =>
        carrying.GetResult(option)!.Tokens is [_, ..] values ? values.Select(value => $"{option.Name}={value.Value}") : [option.Name];
}
