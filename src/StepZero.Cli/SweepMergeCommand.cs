using System.CommandLine;
using System.Globalization;
using StepZero.Files;
using StepZero.Sweeps;

namespace StepZero.Cli;

/// <summary><c>stepzero sweep merge</c>: puts the parts of a sweep together.</summary>
internal static class SweepMergeCommand
{
    private static readonly Argument<string[]> Places = new("DIR|FILE")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "Folders of a sweep, or databases such as sweep-3-of-16.db, in any order",
    };

    private static readonly Option<string> Output = OptionText.Text(JobOptions.Output.Name, "DIR", "Folder for sweep.db, which is added to where it is there [default: the folder that is named, where that is one]");

    public static Command Create()
    {
        var command = new Command("merge", "Put the parts of a sweep together, in any order to the same whole") { Places, Output };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        string[] places = parsed.GetValue(Places)!;
        string output = parsed.GetValue(Output) ?? (places is [string one] && !File.Exists(one) ? one
            : throw new UsageException($"{Output.Name}: expected the folder for the whole, because there is not one folder alone."));
        IReadOnlyList<string> databases = SweepMerge.Databases(places);
        SweepPlan plan;
        using (SweepDatabase first = SweepDatabase.Read(databases[0]))
        {
            plan = first.Plan;
        }

        ResultFolder folder = ResultFolder.Join(output, SweepFile.Canonical(plan));
        long trained = SweepMerge.Into(Path.Combine(folder.Path, SweepDatabase.Name), databases);
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.Combine(folder.Path, SweepDatabase.Name)}: {trained:N0} of {plan.TrainingCount:N0} trainings. {(trained == plan.TrainingCount ? "Rank them" : "Rank those so far")} with 'stepzero {SweepCommand.Name} report {folder.Path}'{(trained == plan.TrainingCount ? "" : $", or train what is missing with 'stepzero {RunCommand.Name} {folder.Path} --resume --output {folder.Path}'")}."));
        return ExitCode.Done;
    }
}
