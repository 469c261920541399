using System.Text;
using StepZero.Files;
using StepZero.Maps;
using StepZero.Networks;
using StepZero.Numerics;
using StepZero.Reports;
using StepZero.Training;

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
            MapResultText.Print(map, job, settings, guides, dimension, work, cancellation);
        }

        if (carrying.Plots)
        {
            JobOutcome.Write(Pictures(map, job, guides, dimension, SpeedOf(work, job, settings), folder), folder);
        }

        if (!carrying.Json)
        {
            Console.Out.WriteLine(JobOutcome.Place(folder, carrying.Plots));
        }
    }

    private static IEnumerable<PictureFile> Pictures(Map map, MapJob job, IReadOnlyList<MapGuide> guides, BoxDimension? dimension, MapSpeed? speed, ResultFolder folder)
    {
        foreach (PictureFile picture in MapPictures.Draw(map, job.Data.Data, guides))
        {
            yield return picture;
        }

        var origin = new Origin(JobOptions.CommandOf(job.Spec), Encoding.UTF8.GetString(job.Spec.ToJson()), folder.Path);
        yield return new PictureFile("report.html", MapReport.Write(map, job.Data.Data, guides, speed, dimension, origin));
    }

    /// <summary>The speed of what this process has trained; null where that is nothing. What the threads could do at most is measured now.</summary>
    private static MapSpeed? SpeedOf(MapWork work, MapJob job, MapSettings settings)
    {
        if (work.Trainings == 0)
        {
            return null;
        }

        int threads = settings.Job.Threads, cores = Math.Min(threads, Environment.ProcessorCount);
        double peak = job.Map.Run.Training.Precision == Precision.Double
            ? MultiplyAddPeak.Measure<double>(TimeProvider.System, cores, settings.Width)
            : MultiplyAddPeak.Measure<float>(TimeProvider.System, cores, settings.Width);
        return new MapSpeed(work.Trainings, work.Seconds, threads, peak, work.FirstProducts, [.. work.Parts.Select(part => (NameOf(part.Part), part.Share))]);
    }

    private static string NameOf(StepPart part) => part switch
    {
        StepPart.FirstProduct => "the product of the first layer",
        StepPart.Activations => "activations and their derivatives",
        StepPart.OtherProducts => "the products of the other layers, forward and back",
        StepPart.Loss => "losses and their derivatives",
        StepPart.Gradients => "sums over samples: gradients of weights and biases",
        _ => "updates",
    };
}
