using System.Text;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>The pictures of a sweep, each as PNG and as SVG.</summary>
public static class SweepPictures
{
    /// <summary>Draws them one by one; those that the sweep does not allow are left out.</summary>
    /// <param name="results">What is there of the sweep.</param>
    /// <param name="summary">Its statistics.</param>
    public static IEnumerable<PictureFile> Draw(SweepResults results, SweepSummary summary)
    {
        foreach ((string name, Scene scene) in Scenes(results, summary))
        {
            using (scene)
            {
                yield return new PictureFile($"{name}.png", scene.ToPng());
                yield return new PictureFile($"{name}.svg", Encoding.UTF8.GetBytes(SceneSvg.Write(scene)));
            }
        }
    }

    /// <summary>The drawings by the names of their files.</summary>
    internal static IEnumerable<(string Name, Scene Scene)> Scenes(SweepResults results, SweepSummary summary)
    {
        yield return ("strips", SweepStrips.Of(summary));
        if (summary.By != SweepMeasure.Cost && results.Trainings.Any(training => double.IsFinite(training.Cost)))
        {
            yield return ("strips-cost", SweepStrips.Of(summary, SweepMeasure.Cost));
        }

        foreach ((string name, Func<SweepSummary, Scene?> draw) in ((string, Func<SweepSummary, Scene?>)[])[
            ("curves", SweepCurves.Of), ("settings", SweepLines.Of), ("effects", SweepEffects.Of), ("pairs", SweepPairs.Of)])
        {
            if (draw(summary) is Scene scene)
            {
                yield return (name, scene);
            }
        }
    }
}
