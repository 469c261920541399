using System.CommandLine;
using StepZero.Training;
using static StepZero.Cli.OptionText;

namespace StepZero.Cli;

/// <summary>The options of <c>stepzero sweep</c> and their reading.</summary>
internal static class SweepOptions
{
    public static readonly Argument<string> File = new("SWEEP.json")
    {
        Description = "The options of compare without dashes, each one value or several; or the spec.json of a sweep",
    };

    public static readonly Option<string> Target = Text(
        "--target", "GOAL", "What trainings are to come to, cost:0.1 or accuracy:0.95: how many do, and after how many updates [default: none]");

    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on with the sweep in the output folder, or begin it where there is none" };

    private static readonly Option<string> Shard = Text("--shard", "K/N", "Train a part alone, as in 3/16, for machines side by side; 'stepzero sweep merge' puts parts together [default: all]");

    private static readonly Option<string> Budget = Text("--budget", "TIME", "Begin nothing new after so long, as in 90s, 10m, 1.5h or 2d; --resume goes on [default: no limit]");

    public static readonly Option<bool> Yes = new("--yes") { Description = "Train more than ten million networks" };

    /// <summary>The options that only say how the result is made, shown and kept.</summary>
    public static readonly Option[] Carrying = [Resume, Shard, Budget, Yes, .. JobOptions.Carrying];

    /// <summary>Reads what was parsed.</summary>
    /// <exception cref="UsageException">A value is impossible, or two exclude each other.</exception>
    public static SweepAsked Read(ParseResult parsed)
    {
        bool resume = parsed.GetValue(Resume), force = parsed.GetValue(JobOptions.Force);
        string? output = parsed.GetValue(JobOptions.Output);
        SweepShard shard = parsed.GetValue(Shard) is null ? new SweepShard(1, 1) : Parse(parsed, Shard, ShardOf);
        if (output is null && (resume || shard.Of > 1))
        {
            throw new UsageException($"{(resume ? Resume.Name : Shard.Name)} needs {JobOptions.Output.Name}, the folder of the sweep.");
        }

        if (force && resume)
        {
            throw new UsageException($"{JobOptions.Force.Name} and {Resume.Name} exclude each other. Use one of them.");
        }

        if (force && shard.Of > 1)
        {
            throw new UsageException($"{JobOptions.Force.Name} and {Shard.Name} exclude each other: the folder holds the other parts, too. Remove it, or choose another with {JobOptions.Output.Name}.");
        }

        return new SweepAsked
        {
            File = parsed.GetValue(File)!,
            Target = parsed.GetValue(Target) is null ? null : Parse(parsed, Target, TrainingTarget.Parse),
            Shard = shard,
            Budget = Optional(parsed, Budget, Duration),
            Resume = resume,
            Yes = parsed.GetValue(Yes),
            Threads = JobOptions.ReadThreads(parsed),
            Output = output ?? Files.ResultFolder.Unnamed(SweepCommand.Name),
            Plots = !parsed.GetValue(JobOptions.NoPlots),
            Json = parsed.GetValue(JobOptions.Json),
            Quiet = parsed.GetValue(JobOptions.Quiet),
            Force = force,
        };
    }

    private static SweepShard ShardOf(string text)
    {
        string[] parts = text.Split('/');
        if (parts.Length != 2)
        {
            throw new StepZeroException($"expected a part and how many there are, as in 3/16, found '{text}'.");
        }

        int of = (int)Whole(parts[1], 1, SweepShard.Most);
        return new SweepShard((int)Whole(parts[0], 1, of), of);
    }
}

/// <summary>What a sweep was asked for: the values of <see cref="SweepOptions"/>.</summary>
internal sealed record SweepAsked
{
    public required string File { get; init; }

    /// <summary>Null for that of the file, if any.</summary>
    public TrainingTarget? Target { get; init; }

    public required SweepShard Shard { get; init; }

    public TimeSpan? Budget { get; init; }

    public bool Resume { get; init; }

    public bool Yes { get; init; }

    public required int Threads { get; init; }

    public required string Output { get; init; }

    public bool Plots { get; init; }

    public bool Json { get; init; }

    public bool Quiet { get; init; }

    public bool Force { get; init; }
}
