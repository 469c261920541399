using StepZero.Networks;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>The pictures of a comparison.</summary>
public static class ComparisonPictures
{
    private const int LongestName = 100;

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
        if (DataPictures.ContactSheet(comparison.Train, WrongAnswers(comparison, last), last.Spec.Architecture.Loss == Loss.Mse ? null : last.Spec.Initializer.Name) is byte[] sheet)
        {
            yield return new PictureFile("contact-sheet.png", sheet);
        }

        yield return new PictureFile("cost-curves.png", Plots.ToPng(CostPlots.All(comparison)));
        yield return new PictureFile("cost-curves.svg", Plots.ToSvg(CostPlots.All(comparison)));
        string[] names = FileNames([.. networks.Select(network => network.Spec.Initializer.Name)]);
        for (int i = 0; i < networks.Count; i++)
        {
            yield return new PictureFile($"cost-curve-{names[i]}.png", Plots.ToPng(CostPlots.One(comparison, i)));
        }

        if (WeightPictures.FirstLayer(networks, comparison.Train.ImageSize) is byte[] weights)
        {
            yield return new PictureFile("weights-first-layer.png", weights);
        }
    }

    /// <summary>Names as any file system takes them, and no two alike: a dash for every other letter, short, and with a number where one is taken.</summary>
    internal static string[] FileNames(IReadOnlyList<string> names)
    {
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        return [.. names.Select(name =>
        {
            string safe = string.Concat(name.Take(LongestName).Select(letter => char.IsAsciiLetterOrDigit(letter) || "._-+=@%,".Contains(letter, StringComparison.Ordinal) ? letter : '-'));
            string free = safe;
            for (int number = 2; !taken.Add(free); number++)
            {
                free = $"{safe}-{number}";
            }

            return free;
        })];
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
