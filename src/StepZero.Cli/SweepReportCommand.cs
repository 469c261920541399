using System.CommandLine;
using StepZero.Files;
using StepZero.Sweeps;

namespace StepZero.Cli;

/// <summary><c>stepzero sweep report</c>: ranks what is there of a sweep, finished or not.</summary>
internal static class SweepReportCommand
{
    private static readonly Argument<string> Folder = SweepFolder.Argument();

    private static readonly Option<string> Output = OptionText.Text(JobOptions.Output.Name, "DIR", "Folder for the report [default: that of the sweep]");

    private static readonly Option<string> By = OptionText.Text(
        "--by", "MEASURE", "cost, iterations (to the target), train-accuracy, test-cost or test-accuracy [default: iterations where there is a target, else cost]");

    public static Command Create()
    {
        var command = new Command("report", "Rank the settings of a sweep that is finished or still running") { Folder, Output, By, JobOptions.NoPlots, JobOptions.Json, JobOptions.Quiet, JobOptions.Force };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        string folder = parsed.GetValue(Folder)!, output = parsed.GetValue(Output) ?? folder;
        bool elsewhere = Path.GetFullPath(output) != Path.GetFullPath(folder);
        SweepMeasure? by = parsed.GetValue(By) is null ? null : OptionText.Parse(parsed, By, text => CanonicalText.Parse<SweepMeasure>(text.Replace('-', '_'), "measure"));
        SweepFolder.Databases(folder);
        if (elsewhere)
        {
            ResultFolder.Check(output, parsed.GetValue(JobOptions.Force));
        }

        SweepResults results = SweepFolder.Read(folder);
        if (by == SweepMeasure.Iterations && results.Plan.Target is null)
        {
            throw new UsageException($"{By.Name}: the sweep has no target that iterations could lead to; expected another measure, such as cost, or a new sweep with {SweepOptions.Target.Name} cost:0.1.");
        }

        byte[] spec = SweepFile.Canonical(results.Plan);
        var summarized = SweepSummary.Of(results, by);
        ResultFolder place = elsewhere ? ResultFolder.Create(output, parsed.GetValue(JobOptions.Force), spec) : ResultFolder.Join(output, spec);
        var shown = new SweepShown(parsed.GetValue(JobOptions.Json), parsed.GetValue(JobOptions.Quiet), !parsed.GetValue(JobOptions.NoPlots));
        SweepOutcome.Write(summarized, place, shown, isWhole: elsewhere || results.Trainings.Count == results.Plan.TrainingCount);
        return ExitCode.Done;
    }
}
