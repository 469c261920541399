using System.Diagnostics;
using System.Reflection;

namespace StepZero.EndToEnd.Tests;

/// <summary>What a process left behind.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    public static (int ExitCode, string Error) ExitAndError(Outcome outcome) => (outcome.ExitCode, outcome.Error);

    /// <summary>One line on standard error, which says so.</summary>
    public static void AssertFails(Outcome outcome, int exitCode, string message)
    {
        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(1, outcome.Error.Count(character => character == '\n'));
    }
}

/// <summary>The built command, run as a process in a folder of its own.</summary>
internal sealed class Cli : IDisposable
{
    private static readonly Dictionary<string, string> Metadata = typeof(Cli).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(attribute => attribute.Value is not null).ToDictionary(attribute => attribute.Key, attribute => attribute.Value!);

    public static string Version { get; } = Metadata["Version"];

    /// <summary>Where the machine keeps the packages that the build restored.</summary>
    public static string RestoredPackages { get; } = Metadata["RestoredPackages"];

    public static string Root { get; } = Path.GetFullPath(Metadata["RepositoryRoot"]);

    public static string Assembly { get; } =
        Path.Combine(Root, "src", "StepZero.Cli", "bin", Metadata["Configuration"], "net10.0", "StepZero.Cli.dll");

    public static string Pictures { get; } = Path.Combine(Root, "tests", "StepZero.Tests", "Golden", "pictures");

    public string Folder { get; } = Directory.CreateTempSubdirectory("stepzero-").FullName;

    public static string CatsAndDogs()
    {
        string folder = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", "catvsdog"));
        if (!Directory.Exists(folder))
        {
            Assert.Skip("skipped: ../shared/data/catvsdog is absent");
        }

        return folder;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string In(string name) => Path.Combine(Folder, name);

    public void Put(string golden, string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        File.Copy(Path.Combine(Pictures, golden), In(name));
    }

    public Process Start(IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[Assembly, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public Outcome Run(params string[] arguments) => Finish(Start(arguments));

    public Outcome RunWith((string Name, string Value)[] environment, params string[] arguments) => Finish(Start(arguments, environment));

    public static Outcome Finish(Process process)
    {
        using (process)
        {
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            Assert.True(process.WaitForExit(TimeSpan.FromMinutes(5)), "the process did not end");
            return new Outcome(process.ExitCode, output, error.Result);
        }
    }

    /// <summary>Sends a signal, such as -9, with the kill of the system.</summary>
    public static void Signal(string signal, Process process)
    {
        using Process kill = Process.Start("kill", [signal, $"{process.Id}"]);
        kill.WaitForExit();
    }
}
