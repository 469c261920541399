using System.Diagnostics;

namespace StepZero.EndToEnd.Tests;

/// <summary>What the documents show is what runs.</summary>
public sealed class DocumentationTests
{
    public static TheoryData<string> Samples => [.. Directory.GetFiles(Path.Combine(Cli.Root, "samples"), "*.cs").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_runs(string name)
    {
        string path = Path.Combine(Cli.Root, "samples", name);
        Assert.InRange(File.ReadAllLines(path).Length, 1, 60);
        var start = new ProcessStartInfo("dotnet", ["run", path]) { WorkingDirectory = Cli.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        Outcome outcome = Cli.Finish(Process.Start(start)!);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        if (name == "weights.cs")
        {
            Assert.Equal(["PyTorch's first weights: 0.097324, 0.075119, 0.045493", "The part is the same as in the whole: True"], outcome.Output.Split('\n').Where((_, line) => line is 0 or 3));
            return;
        }

        if (name == "keep-a-network.cs")
        {
            Assert.Matches("test accuracy 9[6-9]\\.\\d ?%\nThe first held-out picture is a (\\d) with probability [01]\\.\\d{3}; it is a \\1\\.\n$", outcome.Output);
            return;
        }

        if (name == "will-it-train.cs")
        {
            Assert.Matches("^zeros: WillNotTrain, .*\n  symmetry: .* \\(--init xavier\\)\n  followed, the cost ends at 0\\.0\\d+ instead of 0\\.6931\nrandom:10:normal: ", outcome.Output);
            return;
        }

        if (name == "which-start.cs")
        {
            Assert.Matches("^(he|xavier), rate 1: cost 0\\.35 reached by (10|9) of 10, after [\\d.]+ iterations \\(median\\)\n(he|xavier), rate 1: .*\n(he|xavier), rate 0\\.1: .*\n$", outcome.Output);
            return;
        }

        Assert.Equal(4, outcome.Output.Split('\n').Count(line => line.Contains("test accuracy", StringComparison.Ordinal)));
        if (outcome.Output.Split("Pictures: ") is [_, string folder])
        {
            Assert.Equal(["cost-curves.png", "samples.png"], Directory.GetFiles(folder.Trim()).Select(Path.GetFileName).Order());
            Directory.Delete(folder.Trim(), recursive: true);
        }
    }

    [Fact]
    public void The_program_in_the_README_is_the_sample()
    {
        string sample = File.ReadAllText(Path.Combine(Cli.Root, "samples", "first-steps.cs"));
        string program = sample[sample.IndexOf("using", StringComparison.Ordinal)..];
        Assert.Contains($"```csharp\n{program}```", File.ReadAllText(Path.Combine(Cli.Root, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_in_the_README_exists()
    {
        string help = string.Concat(Directory.GetFiles(Path.Combine(Cli.Root, "tests", "StepZero.EndToEnd.Tests", "Expected"), "*-help.txt").Select(File.ReadAllText));
        string[] documents = ["README.md", "docs/guide/advise.md", "docs/guide/compare.md", "docs/guide/data.md", "docs/guide/diagnose.md", "docs/guide/evaluate.md", "docs/guide/findings.md", "docs/guide/initializers.md", "docs/guide/maps.md", "docs/guide/models.md", "docs/guide/sweep.md", "docs/guide/train.md", "docs/packages/StepZero.Cli.md"];
        foreach (string word in documents.SelectMany(name => File.ReadAllText(Path.Combine(Cli.Root, name)).Split(' ', '\n', '`', '(', ')', ',').Select(word => word.TrimEnd('.', ';', ':')))
            .Where(word => word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2 && word is not ("--requeue" or "--parsable" or "--wrap" or "--project" or "--global" or "--add-source" or "--help" or "--version" or "---")))
        {
            Assert.Contains($"{word} ", help, StringComparison.Ordinal);
        }
    }
}
