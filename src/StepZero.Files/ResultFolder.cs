using System.Globalization;
using StepZero.Training;

namespace StepZero.Files;

/// <summary>
/// The folder that a job writes. Every file is written beside itself and then renamed, so that a reader never sees half a file; spec.json comes
/// first; results.json comes after all other results and marks them as complete; pictures, which are made from the results, come after it.
/// </summary>
public sealed class ResultFolder
{
    private const string Advice = "Choose another folder with --output.";
    internal const string SpecName = "spec.json";
    private const string ResultsName = "results.json";
    private static readonly string[] PicturesOfSweeps = ["strips", "strips-cost", "curves", "settings", "effects", "pairs"];
    private static readonly string[] OwnFiles =
    [
        ResultsName, "costs.csv", SpecName, "report.html", "samples.png", "contact-sheet.png", "cost-curves.png", "cost-curves.svg", "cost-curve-*.png",
        "weights-first-layer.png", CheckpointFile.Name, "confusion.png", "roc.png", "predicted-against-true.png",
        "first-costs.png", "sharpness.png", "signal.png", "gradients.png", "likeness.png", "horizon.png", "edge-of-stability-*.png", "spectrum-*.png", "activity-*.png",
        "before-and-after-*.png", MapFile.Name, MapJournal.Name, "map.png", "map.svg",
        SweepDatabase.Name, $"{SweepDatabase.Name}-*", $"{SweepDatabase.Name}.lock", "sweep-*-of-*.db", "sweep-*-of-*.db-*", "sweep-*-of-*.db.lock",
        .. PicturesOfSweeps.SelectMany(name => (string[])[$"{name}.png", $"{name}.svg"]),
    ];

    private ResultFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The folder of a job that was given none: stepzero-runs/date-time-job, with a number where an earlier job of the same second has that.</summary>
    /// <param name="job">The command.</param>
    public static string Unnamed(string job) => Unnamed("stepzero-runs", job, DateTime.Now);

    internal static string Unnamed(string parent, string job, DateTime now)
    {
        string first = System.IO.Path.Combine(parent, now.ToString("yyyyMMdd-HHmmss-", CultureInfo.InvariantCulture) + job);
        string folder = first;
        for (int number = 2; System.IO.Path.Exists(folder); number++)
        {
            folder = $"{first}-{number}";
        }

        return folder;
    }

    /// <summary>Refuses a folder that could not be created: before a job starts, and without changing anything.</summary>
    /// <param name="path">The folder, which need not exist.</param>
    /// <param name="force">Whether results in it may be replaced.</param>
    /// <exception cref="StepZeroException">There is a file of that name, or results are there already.</exception>
    public static void Check(string path, bool force)
    {
        if (File.Exists(path))
        {
            throw new StepZeroException($"{path}: is a file; expected a folder to write to. Choose another with --output.");
        }

        if (!force && Found(path).FirstOrDefault() is string found)
        {
            throw new StepZeroException($"{path}: already holds results ({System.IO.Path.GetFileName(found)}). Choose another folder with --output, or replace them with --force.");
        }
    }

    /// <summary>Creates the folder, or removes the results it holds, and writes spec.json.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="force">Whether results in it may be replaced.</param>
    /// <param name="spec">spec.json as UTF-8.</param>
    /// <exception cref="StepZeroException">As <see cref="Check"/>, or the folder cannot be written.</exception>
    public static ResultFolder Create(string path, bool force, byte[] spec)
    {
        Check(path, force);
        var folder = new ResultFolder(path);
        AtomicFile.Guard(path, Advice, () =>
        {
            Directory.CreateDirectory(path);
            foreach (string file in Found(path))
            {
                File.Delete(file);
            }
        });
        folder.Write(SpecName, spec);
        return folder;
    }

    /// <summary>Opens the folder of a job that was cut short, or creates it where there is none.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="spec">The job.</param>
    /// <exception cref="StepZeroException">The folder holds another job, or cannot be written.</exception>
    public static ResultFolder Resume(string path, JobSpec spec)
    {
        if (!File.Exists(System.IO.Path.Combine(path, SpecName)))
        {
            return Create(path, force: false, spec.ToJson());
        }

        CheckSame(path, spec);
        var folder = new ResultFolder(path);
        AtomicFile.Guard(path, Advice, () =>
        {
            folder.Tidy();
            folder.Remove(ResultsName);
        });
        return folder;
    }

    /// <summary>Opens the folder of a job that other processes may be at work on, too, or creates it. Nothing in it is changed.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="spec">spec.json as UTF-8, which is written where there is none.</param>
    /// <exception cref="StepZeroException">There is a file of that name, or the folder cannot be written.</exception>
    public static ResultFolder Join(string path, byte[] spec)
    {
        Check(path, force: true);
        var folder = new ResultFolder(path);
        AtomicFile.Guard(path, Advice, () => Directory.CreateDirectory(path));
        if (!File.Exists(SpecOf(path)))
        {
            folder.Write(SpecName, spec);
        }

        return folder;
    }

    /// <summary>Removes what a kill in the middle of writing has left. For a process that no other works beside.</summary>
    /// <exception cref="StepZeroException">It cannot be removed.</exception>
    public void Tidy() => AtomicFile.Guard(Path, Advice, () =>
    {
        foreach (string unfinished in Unfinished(Path))
        {
            File.Delete(unfinished);
        }
    });

    /// <summary>Where the spec of a folder is, or would be.</summary>
    /// <param name="path">The folder.</param>
    public static string SpecOf(string path) => System.IO.Path.Combine(path, SpecName);

    /// <summary>Whether a folder holds the results of a job, be they those of one that was interrupted.</summary>
    /// <param name="path">The folder.</param>
    public static bool HasResults(string path) => File.Exists(System.IO.Path.Combine(path, ResultsName));

    /// <summary>Refuses to take the job of a folder for another.</summary>
    /// <param name="path">The folder, which holds a spec.json.</param>
    /// <param name="spec">The job that it is to hold.</param>
    /// <exception cref="StepZeroException">It holds another; the message says what differs.</exception>
    public static void CheckSame(string path, JobSpec spec)
    {
        string[] differences = [.. JobSpec.Read(path).Differences(spec)];
        if (differences is not [])
        {
            throw new StepZeroException(
                $"{path}: holds another job: {string.Join("; ", differences)}. Resume with the options it was begun with, choose another folder with --output, or replace it with --force.");
        }
    }

    /// <summary>Whether the job of a folder has come to its end.</summary>
    /// <remarks>One that was interrupted leaves results too, but is not finished.</remarks>
    public static bool IsFinished(string path)
    {
        string file = System.IO.Path.Combine(path, ResultsName);
        return File.Exists(file) && !File.ReadAllText(file).Contains($"\"status\": \"{CanonicalText.Of(RunStatus.Cancelled)}\"", StringComparison.Ordinal);
    }

    /// <summary>Removes a file that is no longer needed.</summary>
    /// <param name="name">Its name in the folder.</param>
    public void Remove(string name) => File.Delete(System.IO.Path.Combine(Path, name));

    /// <summary>Writes results.json; call it when all other results are written.</summary>
    /// <exception cref="StepZeroException">The file cannot be written.</exception>
    public void Finish(byte[] results) => Write(ResultsName, results);

    /// <summary>Writes one file.</summary>
    /// <param name="name">Its name in the folder.</param>
    /// <param name="content">Its content.</param>
    /// <exception cref="StepZeroException">The file cannot be written.</exception>
    public void Write(string name, byte[] content) =>
        AtomicFile.Write(System.IO.Path.Combine(Path, name), file => file.Write(content), Advice);

    private static string[] Found(string path) =>
        Directory.Exists(path) ? [.. OwnFiles.SelectMany(name => Directory.GetFiles(path, name)), .. Unfinished(path)] : [];

    /// <summary>What a kill in the middle of writing has left.</summary>
    private static IEnumerable<string> Unfinished(string path) => OwnFiles.SelectMany(name => Directory.GetFiles(path, AtomicFile.UnfinishedNames(name)));
}
