using System.Text;
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
        if (settings.Json)
        {
            using Stream standardOutput = Console.OpenStandardOutput();
            standardOutput.Write(json);
        }
        else
        {
            ComparisonText.Print(comparison, settings.Quiet);
        }

        if (settings.Plots)
        {
            Draw(comparison, spec, folder);
        }

        if (!settings.Json)
        {
            Console.Out.WriteLine($"Results: {folder.Path}{(settings.Plots ? $" (open {Path.Combine(folder.Path, "report.html")})" : "")}");
        }
    }

    /// <summary>Draws the pictures and the report. The results are complete by now, so a disk that is full takes only what comes here.</summary>
    private static void Draw(Comparison comparison, JobSpec spec, ResultFolder folder)
    {
        try
        {
            IReadOnlyList<TrainedNetwork> networks = TrainedNetwork.Of(comparison);
            foreach (PictureFile picture in ComparisonPictures.Draw(comparison, networks))
            {
                folder.Write(picture.Name, picture.Content);
            }

            var origin = new Origin(JobOptions.CommandOf(spec), Encoding.UTF8.GetString(spec.ToJson()), folder.Path);
            folder.Write("report.html", ComparisonReport.Write(comparison, networks, origin));
        }
        catch (StepZeroException error)
        {
            throw new StepZeroException($"{error.Message} The results in {folder.Path} are complete; pictures are missing.", error);
        }
    }
}
