using System.Globalization;
using StepZero.Data;
using StepZero.Networks;
using StepZero.Reports;

namespace StepZero.Cli;

/// <summary>An evaluation as text on standard output.</summary>
internal static class EvaluationText
{
    /// <summary>A confusion matrix of more classes is wider than a terminal.</summary>
    private const int MostColumns = 12;

    private const int MostRows = 40;
    private const int LongestName = 24;
    private const int LongestTitle = 12;

    /// <summary>The network and the data, the overall figures, the confusions and the figures of each class.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The samples.</param>
    /// <param name="evaluation">How good it is on them.</param>
    /// <param name="overallOnly">Whether only the table of the overall figures is printed.</param>
    public static void Print(Model model, Dataset data, Evaluation evaluation, bool overallOnly)
    {
        TextWriter output = Console.Out;
        if (!overallOnly)
        {
            string what = evaluation.Confusion is null ? "numbers to predict"
                : model.Architecture.Loss == Loss.BinaryCrossEntropy ? ClassCounts.OneAgainstRest(data) : ClassCounts.Text(data);
            output.WriteLine($"Data      {data.Name}: {data.SampleCount} samples of {data.FeatureCount} features, {what}");
            output.WriteLine($"Network   {string.Join("-", model.Architecture.LayerSizes)}, {model.Architecture.HiddenActivation}, trained on {model.Form.Name} for {CanonicalText.Of(model.Architecture.Loss)}");
            output.WriteLine();
        }

        output.Write(evaluation.Confusion is null
            ? TextTable.Format(
                ["Samples", "Loss", "Root mean squared error", "Mean absolute error", "R²"],
                [[Count(evaluation.Samples), Number(evaluation.Loss), Number(evaluation.RootMeanSquaredError), Number(evaluation.MeanAbsoluteError), Number(evaluation.RSquared)]], leftAligned: [])
            : TextTable.Format(
                ["Samples", "Accuracy", "Loss", "ROC AUC"],
                [[Count(evaluation.Samples), Percent(evaluation.Accuracy), Number(evaluation.Loss), Number(evaluation.RocAuc)]], leftAligned: []));
        if (overallOnly || evaluation.Confusion is not int[,] confusion)
        {
            return;
        }

        if (evaluation.RocAuc is null && evaluation.Scores.FirstOrDefault(score => score.Samples == 0) is AnswerScore absent)
        {
            output.WriteLine($"ROC AUC is not defined: no sample is of class '{OneLine.Of(absent.Answer, LongestName)}'.");
        }

        output.WriteLine();
        PrintConfusions(evaluation.Answers, confusion);
        output.WriteLine();
        PrintScores(evaluation.Scores);
    }

    private static void PrintConfusions(IReadOnlyList<string> answers, int[,] confusion)
    {
        TextWriter output = Console.Out;
        int n = answers.Count;
        if (n <= MostColumns)
        {
            string[] titles = ["True class", .. answers.Select(answer => OneLine.Of(answer, LongestTitle))];
            string[][] rows =
            [
                .. answers.Select((answer, row) => (string[])
                    [OneLine.Of(answer, LongestName), .. Enumerable.Range(0, n).Select(column => confusion[row, column] == 0 ? "·" : Count(confusion[row, column]))]),
            ];
            output.WriteLine("Samples by their true class (rows) and the predicted one (columns):");
            output.Write(TextTable.Format(titles, rows, leftAligned: [0]));
            return;
        }

        (int Row, int Column)[] wrong =
        [
            .. Enumerable.Range(0, n).SelectMany(row => Enumerable.Range(0, n).Select(column => (Row: row, Column: column)))
                .Where(cell => cell.Row != cell.Column && confusion[cell.Row, cell.Column] > 0).OrderByDescending(cell => confusion[cell.Row, cell.Column]),
        ];
        if (wrong is [])
        {
            output.WriteLine($"None of the {n} classes is taken for another.");
            return;
        }

        string[][] worst =
        [
            .. wrong.Take(MostColumns).Select(cell => (string[])
            [
                OneLine.Of(answers[cell.Row], LongestName), OneLine.Of(answers[cell.Column], LongestName), Count(confusion[cell.Row, cell.Column]),
                Percent((double)confusion[cell.Row, cell.Column] / Enumerable.Range(0, n).Sum(column => confusion[cell.Row, column])),
            ]),
        ];
        output.WriteLine($"The most frequent confusions of {n} classes:");
        output.Write(TextTable.Format(["True class", "Predicted", "Samples", "Share of the class"], worst, leftAligned: [0, 1]));
    }

    private static void PrintScores(IReadOnlyList<AnswerScore> scores)
    {
        bool few = scores.Count <= MostRows;
        AnswerScore[] shown = few ? [.. scores] : [.. scores.OrderBy(score => score.F1 ?? 1).Take(MostRows)];
        string[][] rows =
        [
            .. shown.Select(score => (string[])
                [OneLine.Of(score.Answer, LongestName), Count(score.Samples), Percent(score.Precision), Percent(score.Recall), Number(score.F1), Number(score.RocAuc)]),
        ];
        if (!few)
        {
            Console.Out.WriteLine($"The {MostRows} classes of the lowest F1; results.json has all {scores.Count}:");
        }

        Console.Out.Write(TextTable.Format(["Class", "Samples", "Precision", "Recall", "F1", "ROC AUC"], rows, leftAligned: [0]));
    }

    private static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Percent(double? share) => share is double number ? string.Create(CultureInfo.InvariantCulture, $"{100 * number:F2}%") : "–";

    private static string Number(double? value) => value is not double number || double.IsNaN(number) ? "–"
        : number.ToString(Math.Abs(number) is (>= 0.001 and < 1e6) or 0 ? "0.000000" : "0.000e0", CultureInfo.InvariantCulture).Replace('-', '−');
}
