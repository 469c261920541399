using System.Text;
using StepZero.Files;
using StepZero.Reports;
using StepZero.Sweeps;

namespace StepZero.Cli;

/// <summary>What a map leaves behind when its trainings are over: results, text, pictures, report.</summary>
internal static class MapOutcome
{
    /// <summary>Writes the results, prints them, and draws the pictures.</summary>
    public static void Write(Map map, MapJob job, MapSettings settings, MapWork work, ResultFolder folder, CancellationToken cancellation)
    {
        JobSettings carrying = settings.Job;
        IReadOnlyList<MapGuide> guides = [.. MapGuides.Of(job.Map, job.Data, cancellation), .. job.Marks];
        BoxDimension? dimension = settings.Dimension ? BoxCounting.Of(map) : null;
        byte[] json = MapJson.Of(map, job.Data, guides, dimension, (job.Seconds, work.Seconds));
        MapFile.Write(folder, map);
        folder.Finish(json);
        if (carrying.Json)
        {
            using Stream standardOutput = Console.OpenStandardOutput();
            standardOutput.Write(json);
        }
        else
        {
            MapResultText.Print(map, job, settings, guides, dimension, work);
        }

        if (carrying.Plots)
        {
            JobOutcome.Write(Pictures(map, job, guides, dimension, folder), folder);
        }

        if (!carrying.Json)
        {
            Console.Out.WriteLine(JobOutcome.Place(folder, carrying.Plots));
        }
    }

    private static IEnumerable<PictureFile> Pictures(Map map, MapJob job, IReadOnlyList<MapGuide> guides, BoxDimension? dimension, ResultFolder folder)
    {
        foreach (PictureFile picture in MapPictures.Draw(map, job.Data.Data, guides))
        {
            yield return picture;
        }

        var origin = new Origin(JobOptions.CommandOf(job.Spec), Encoding.UTF8.GetString(job.Spec.ToJson()), folder.Path);
        yield return new PictureFile("report.html", MapReport.Write(map, job.Data.Data, guides, null, dimension, origin));
    }
}
