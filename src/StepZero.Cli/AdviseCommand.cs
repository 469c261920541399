using System.CommandLine;
using System.Diagnostics;
using System.Text;
using StepZero.Files;
using StepZero.Recommendations;
using StepZero.Reports;
using StepZero.Training;

namespace StepZero.Cli;

/// <summary><c>stepzero advise</c>: which start, rate and scaling to use for a network on its data, with evidence.</summary>
internal static class AdviseCommand
{
    public const string Name = "advise";

    public static Command Create()
    {
        var command = new Command(Name, "Search for the best start, rate and scaling, and recommend one with evidence from fresh seeds");
        foreach (Option option in (Option[])[.. AdviseOptions.Making, .. AdviseOptions.Carrying])
        {
            command.Add(option);
        }

        command.SetAction(parsed => Run(parsed, repeated: null));
        return command;
    }

    /// <summary>Searches.</summary>
    /// <param name="parsed">What was asked for.</param>
    /// <param name="repeated">The spec that is repeated, whose data must be the same; null for a new search.</param>
    /// <returns>The exit code.</returns>
    public static int Run(ParseResult parsed, JobSpec? repeated)
    {
        AdviseSettings settings = AdviseOptions.Read(parsed);
        JobSettings carrying = settings.Job;
        using var interruption = new Interruption();
        string output = carrying.Output ?? ResultFolder.Unnamed(Name);
        ResultFolder.Check(output, carrying.Force);

        PreparedJob job = Prepare(settings, repeated, interruption.Token);
        var question = new AdviceQuestion(job.Runs[0], job.Data.Data, job.Test)
        {
            HasRate = settings.HasRate,
            HasScaling = settings.HasScaling,
            Seeds = settings.Seeds,
            Target = settings.Target,
        };
        long started = Stopwatch.GetTimestamp();
        Recommendation advice;
        using (var line = new ProgressLine(carrying.Quiet))
        {
            var execution = new Execution { Threads = carrying.Threads, Clock = TimeProvider.System };
            advice = Recommendation.Of(question, execution, settings.Budget, new Shown(line), interruption.Token);
        }

        Write(advice, job, settings, ResultFolder.Create(output, carrying.Force, job.Spec.ToJson()), Stopwatch.GetElapsedTime(started).TotalSeconds);
        return ExitCode.Done;
    }

    private static PreparedJob Prepare(AdviseSettings settings, JobSpec? repeated, CancellationToken cancellation)
    {
        PreparedJob job;
        try
        {
            job = PreparedJob.Prepare(Name, settings.Job, repeated, cancellation);
        }
        catch (StepZeroException error) when (error.Message.Contains("--target", StringComparison.Ordinal))
        {
            // The column of the targets is --target for other commands.
            throw new StepZeroException(error.Message.Replace("--target", "--data-target", StringComparison.Ordinal), error);
        }

        return settings.Target is { Quantity: TargetQuantity.Accuracy } target && job.Data.Data.Targets is not null
            ? throw new StepZeroException($"--target: {target} is an accuracy, and the targets of '{job.Data.Data.Name}' are numbers, which have none. Use a cost, as in cost:0.1.")
            : job with { Spec = job.Spec with { Options = [.. settings.Canonical(job.Spec.Options)] } };
    }

    private static void Write(Recommendation advice, PreparedJob job, AdviseSettings settings, ResultFolder folder, double seconds)
    {
        JobSettings carrying = settings.Job;
        string command = JobOptions.CommandOf(new JobSpec(CompareCommand.Name, settings.Comparison(job.Spec.Options, advice.Winner.Candidate), "", null));
        string program = AdviseProgram.Of(advice, settings, job.Data.Data);
        byte[] json = AdviceJson.Of(advice, job.Data, AdviceText.Why, command, (job.Seconds, seconds));
        folder.Finish(json);
        if (carrying.Json)
        {
            using Stream standardOutput = Console.OpenStandardOutput();
            standardOutput.Write(json);
        }
        else
        {
            AdviseText.Print(advice, job.Data, command, program, carrying.Quiet);
        }

        if (carrying.Plots)
        {
            var origin = new Origin(JobOptions.CommandOf(job.Spec), Encoding.UTF8.GetString(job.Spec.ToJson()), folder.Path);
            JobOutcome.Write([new PictureFile("report.html", AdviceReport.Write(advice, job.Data.Data, command, program, origin))], folder);
        }

        if (!carrying.Json)
        {
            Console.Out.WriteLine(JobOutcome.Place(folder, carrying.Plots));
        }
    }

    /// <summary>Shows how far the search is.</summary>
    private sealed class Shown(ProgressLine line) : IProgress<double>
    {
        public void Report(double value) => line.Show(Math.Max(value, 1e-9));
    }
}
