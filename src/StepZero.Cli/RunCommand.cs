using System.CommandLine;
using StepZero.Files;

namespace StepZero.Cli;

/// <summary><c>stepzero run</c>: repeats a job from its spec.json.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("SPEC") { Description = "A spec.json, or a result folder that holds one" };
        var command = new Command("run", "Repeat a run exactly; refuses when the data have changed") { path };
        foreach (Option option in TrainCommand.Carrying)
        {
            command.Add(option);
        }

        command.SetAction(parsed => Run(parsed.GetValue(path)!, parsed));
        return command;
    }

    private static int Run(string path, ParseResult carrying)
    {
        JobSpec spec = JobSpec.Read(path);
        bool one = spec.Job == TrainCommand.Name;
        if (!one && spec.Job != CompareCommand.Name)
        {
            throw new StepZeroException($"{path}: {StepZeroException.UnknownName("job", spec.Job, [CompareCommand.Name, TrainCommand.Name]).Message}");
        }

        if (!one && TrainCommand.Carrying.Except(JobOptions.Carrying).FirstOrDefault(option => carrying.GetResult(option) is { Implicit: false }) is Option foreign)
        {
            throw new UsageException($"{foreign.Name}: {path} is of a comparison; only trainings by 'stepzero train' take it.");
        }

        // A spec holds the options of its command, so the command's own parser reads it.
        string[] known = [.. (one ? JobOptions.MakingOne : JobOptions.Making).Select(option => option.Name.TrimStart('-'))];
        if (spec.Options.Select(option => option.Name).FirstOrDefault(name => !known.Contains(name)) is string unknown)
        {
            throw new StepZeroException($"{path}: {StepZeroException.UnknownName("option", unknown, known).Message}");
        }

        string[] arguments = [.. spec.Options.Select(option => option.Value is true ? $"--{option.Name}" : $"--{option.Name}={option.Value}")];
        JobSettings settings;
        try
        {
            Command command = one ? TrainCommand.Create() : CompareCommand.Create();
            settings = JobOptions.Read(CommandLine.Parse(command, arguments), one);
        }
        catch (UsageException error)
        {
            throw new StepZeroException($"{path}: {error.Message}");
        }

        settings = JobOptions.Carry(settings, carrying);
        return one ? TrainCommand.Run(settings, carrying, spec) : CompareCommand.Run(settings, spec);
    }
}
