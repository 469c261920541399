using System.Text;
using StepZero.Diagnostics;
using StepZero.Files;
using StepZero.Reports;
using StepZero.Sweeps;

namespace StepZero.Cli;

/// <summary>What a job leaves behind when its trainings are over: results, text, pictures, report.</summary>
internal static class JobOutcome
{
    /// <summary>Writes the results, prints them, and draws the pictures.</summary>
    public static void Write(Comparison comparison, JobSpec spec, ResultFolder folder, JobSettings settings)
    {
        byte[] json = ComparisonJson.Results(comparison);
        folder.Write("costs.csv", ComparisonJson.Costs(comparison));
        folder.Finish(json);
        Show(json, () => ComparisonText.Print(comparison, settings.Quiet), Pictures(comparison, spec, folder, settings.Threads), folder, settings);
    }

    /// <summary>Writes the results of a checkup, prints them, and draws the pictures.</summary>
    public static void Write(Checkup checkup, JobSpec spec, ResultFolder folder, JobSettings settings)
    {
        byte[] json = DiagnosisJson.Of(checkup, OutlookText.Sentence);
        folder.Finish(json);
        Show(json, () => DiagnosisText.Print(checkup, settings), Pictures(checkup, spec, folder), folder, settings);
    }

    /// <summary>Writes pictures. The results are complete by now, so a disk that is full takes only what comes here.</summary>
    /// <param name="pictures">The pictures, drawn as they are asked for.</param>
    /// <param name="folder">The folder of the results.</param>
    /// <exception cref="StepZeroException">One cannot be written; the message says that the results are complete.</exception>
    public static void Write(IEnumerable<PictureFile> pictures, ResultFolder folder)
    {
        try
        {
            foreach (PictureFile picture in pictures)
            {
                folder.Write(picture.Name, picture.Content);
            }
        }
        catch (StepZeroException error)
        {
            throw new StepZeroException($"{error.Message} The results in {folder.Path} are complete; pictures are missing.", error);
        }
    }

    /// <summary>Where results are, and which file to open.</summary>
    public static string Place(ResultFolder folder, bool plots) => $"Results: {folder.Path}{(plots ? $" (open {Path.Combine(folder.Path, "report.html")})" : "")}";

    /// <summary>Prints results that are written, and draws pictures.</summary>
    private static void Show(byte[] json, Action print, IEnumerable<PictureFile> pictures, ResultFolder folder, JobSettings settings)
    {
        if (settings.Json)
        {
            using Stream standardOutput = Console.OpenStandardOutput();
            standardOutput.Write(json);
        }
        else
        {
            print();
        }

        if (settings.Plots)
        {
            Write(pictures, folder);
        }

        if (!settings.Json)
        {
            Console.Out.WriteLine(Place(folder, settings.Plots));
        }
    }

    private static Origin OriginOf(JobSpec spec, ResultFolder folder) => new(JobOptions.CommandOf(spec), Encoding.UTF8.GetString(spec.ToJson()), folder.Path);

    private static IEnumerable<PictureFile> Pictures(Checkup checkup, JobSpec spec, ResultFolder folder)
    {
        foreach (PictureFile picture in DiagnosisPictures.Draw(checkup))
        {
            yield return picture;
        }

        yield return new PictureFile("report.html", DiagnosisReport.Write(checkup, OriginOf(spec, folder)));
    }

    private static IEnumerable<PictureFile> Pictures(Comparison comparison, JobSpec spec, ResultFolder folder, int threads)
    {
        // The pictures are drawn on this thread; meanwhile others find what the page says of each training.
        Task<IReadOnlyList<Diagnosis?>> diagnosing = Task.Run(() => comparison.Diagnose(threads));
        IReadOnlyList<TrainedNetwork> networks = TrainedNetwork.Of(comparison);
        foreach (PictureFile picture in ComparisonPictures.Draw(comparison, networks))
        {
            yield return picture;
        }

        yield return new PictureFile("report.html", ComparisonReport.Write(comparison, networks, diagnosing.GetAwaiter().GetResult(), OriginOf(spec, folder)));
    }
}
