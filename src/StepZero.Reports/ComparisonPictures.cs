using StepZero.Networks;
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
        if (DataPictures.ContactSheet(comparison.Train, WrongAnswers(comparison, last), last.Spec.Initializer.Name) is byte[] sheet)
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

    /// <summary>For each training sample whether the trained network answers wrongly; null where there is no such network, or it predicts numbers.</summary>
    private static bool[]? WrongAnswers(Comparison comparison, TrainedNetwork network)
    {
        if (network.After is null || network.Spec.Architecture.Loss == Loss.Mse)
        {
            return null;
        }

        Model model = comparison.Data.ModelOf(network.Spec.Architecture, network.After);
        Predictions predictions = model.Predict(comparison.Train);
        return [.. Enumerable.Range(0, predictions.SampleCount).Select(sample => predictions.Choice(sample) != model.RightAnswer(comparison.Train, sample))];
    }
}
