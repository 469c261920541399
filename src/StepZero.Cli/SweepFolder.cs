using StepZero.Files;
using StepZero.Sweeps;

namespace StepZero.Cli;

/// <summary>The databases of a sweep's folder: of the whole, of parts, or both.</summary>
internal static class SweepFolder
{
    /// <summary>The folder of a sweep, for commands that look at one.</summary>
    public static System.CommandLine.Argument<string> Argument() => new("DIR") { Description = "The folder of a sweep" };

    /// <summary>The databases.</summary>
    /// <exception cref="StepZeroException">There are none.</exception>
    public static IReadOnlyList<string> Databases(string folder) => SweepDatabase.In(folder) is [_, ..] all ? all : throw new StepZeroException(
        File.Exists(folder) ? $"{folder}: is a file; expected the folder of a sweep."
        : Directory.Exists(folder) ? $"{folder}: holds no sweep ({SweepDatabase.Name} is not there). Run 'stepzero {SweepCommand.Name}' first."
        : $"{folder}: there is no such folder; expected that of a sweep.");

    /// <summary>What is there of a sweep, whoever is at work on it.</summary>
    /// <exception cref="StepZeroException">There is none, or the databases are of several.</exception>
    public static SweepResults Read(string folder) => SweepMerge.Read(Databases(folder));

    /// <summary>The names and hashes of the data of the sweep in a folder; none where there is no sweep.</summary>
    public static IReadOnlyList<(string Name, string Hash)> DataOf(string folder)
    {
        var all = new List<(string, string)>();
        foreach (string path in SweepDatabase.In(folder))
        {
            using SweepDatabase database = SweepDatabase.Read(path);
            all.AddRange(database.DataHashes());
        }

        return all;
    }
}
