using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>The pictures of a comparison.</summary>
public static class ComparisonPictures
{
    /// <summary>Draws them one by one; those that the data do not allow are left out.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="networks">Its networks.</param>
    public static IEnumerable<PictureFile> Draw(Comparison comparison, IReadOnlyList<TrainedNetwork> networks)
    {
        if (DataPictures.Samples(comparison.Train) is byte[] samples)
        {
            yield return new PictureFile("samples.png", samples);
        }

        TrainedNetwork last = networks[^1];
        double[]? logits = last.After is null ? null : comparison.Data.Logits(last.Spec.Architecture, last.After);
        if (DataPictures.ContactSheet(comparison.Train, logits, last.Spec.Initializer.Name) is byte[] sheet)
        {
            yield return new PictureFile("contact-sheet.png", sheet);
        }

        yield return new PictureFile("cost-curves.png", Plots.ToPng(CostPlots.All(comparison)));
        yield return new PictureFile("cost-curves.svg", Plots.ToSvg(CostPlots.All(comparison)));
        for (int i = 0; i < networks.Count; i++)
        {
            string name = networks[i].Spec.Initializer.Name.Replace(':', '-');
            yield return new PictureFile($"cost-curve-{name}.png", Plots.ToPng(CostPlots.One(comparison.Starts[i], i)));
        }

        if (WeightPictures.FirstLayer(networks, comparison.Train.ImageSize) is byte[] weights)
        {
            yield return new PictureFile("weights-first-layer.png", weights);
        }
    }
}
