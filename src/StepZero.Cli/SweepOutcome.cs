using System.Text;
using StepZero.Files;
using StepZero.Reports;
using StepZero.Sweeps;

namespace StepZero.Cli;

/// <summary>How a sweep is shown.</summary>
/// <param name="Json">Whether results.json is printed alone.</param>
/// <param name="Quiet">Whether the table is printed alone.</param>
/// <param name="Plots">Whether pictures and a page are made.</param>
internal sealed record SweepShown(bool Json, bool Quiet, bool Plots);

/// <summary>What a sweep leaves behind: results, text, pictures, report.</summary>
internal static class SweepOutcome
{
    /// <summary>Writes the results, prints them, and draws the pictures.</summary>
    /// <param name="summary">What is there of the sweep, summed up.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="shown">How it is shown.</param>
    /// <param name="isWhole">Whether results.json is written, which says that the job of the folder is done.</param>
    public static void Write(SweepSummary summary, ResultFolder folder, SweepShown shown, bool isWhole)
    {
        byte[] json = SweepJson.Of(summary);
        if (isWhole)
        {
            folder.Finish(json);
        }

        if (shown.Json)
        {
            using Stream standardOutput = Console.OpenStandardOutput();
            standardOutput.Write(json);
        }
        else
        {
            SweepText.Print(summary, shown.Quiet);
        }

        if (shown.Plots)
        {
            JobOutcome.Write(Pictures(summary, folder), folder);
        }

        if (!shown.Json)
        {
            Console.Out.WriteLine(JobOutcome.Place(folder, shown.Plots));
        }
    }

    private static IEnumerable<PictureFile> Pictures(SweepSummary summary, ResultFolder folder)
    {
        foreach (PictureFile picture in SweepPictures.Draw(summary.Results, summary))
        {
            yield return picture;
        }

        var origin = new Origin($"stepzero {RunCommand.Name} {JobOptions.TextOf(folder.Path)}", Encoding.UTF8.GetString(SweepFile.Canonical(summary.Results.Plan)), folder.Path);
        yield return new PictureFile("report.html", SweepReport.Write(summary.Results, summary, origin));
    }
}
