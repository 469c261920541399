using ScottPlot;
using StepZero.Networks;

namespace StepZero.Reports;

/// <summary>The pictures of an evaluation.</summary>
public static class EvaluationPictures
{
    /// <summary>
    /// Draws them one by one: confusion.png (of at most 100 answers) and roc.png (where there is a curve), or predicted-against-true.png where numbers are
    /// predicted.
    /// </summary>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="name">What the samples are called.</param>
    public static IEnumerable<PictureFile> Draw(Evaluation evaluation, string name)
    {
        if (evaluation.Confusion is null)
        {
            yield return Square("predicted-against-true.png", PredictionPlot.Draw(evaluation, name));
            yield break;
        }

        if (evaluation.Answers.Count <= ConfusionPlot.MostAnswers)
        {
            (Plot plot, int width, int height) = ConfusionPlot.Draw(evaluation, name);
            yield return new PictureFile("confusion.png", Plots.ToPng(plot, width, height));
        }

        if (evaluation.RocCurves is not [])
        {
            yield return Square("roc.png", RocPlot.Draw(evaluation, name));
        }
    }

    private static PictureFile Square(string file, Plot plot) => new(file, Plots.ToPng(plot, Plots.SquareWidth, Plots.SquareHeight));
}
