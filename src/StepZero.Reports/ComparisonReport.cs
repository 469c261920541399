using System.Globalization;
using System.Text;
using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Networks;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Reports;

/// <summary>How a comparison was asked for, so that the report can say how to go on.</summary>
/// <param name="Command">The command that made it, with the options that differ from the defaults.</param>
/// <param name="Spec">Its spec.json.</param>
/// <param name="Folder">The folder of its results.</param>
public sealed record Origin(string Command, string Spec, string Folder);

/// <summary>report.html: a comparison as one page that explains itself and refers to nothing outside.</summary>
public static class ComparisonReport
{
    private const int SamplesOfClass = 6;
    private const int MostClasses = 24;

    /// <summary>Writes the page.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="networks">Its networks.</param>
    /// <param name="diagnoses">What was found in each, as <see cref="Comparison.Diagnose"/>.</param>
    /// <param name="origin">How it was asked for.</param>
    /// <returns>The page as UTF-8.</returns>
    public static byte[] Write(Comparison comparison, IReadOnlyList<TrainedNetwork> networks, IReadOnlyList<Diagnosis?> diagnoses, Origin origin)
    {
        string title = $"{(IsOneTraining(origin) ? "What did the network learn?" : "How should the weights start?")} {comparison.Train.Name}";
        string[] sections =
        [
            Question(comparison, origin), Samples(comparison), Network(comparison), Starts(networks), Curves(comparison), ResultTables.Write(comparison),
            Results(comparison, networks, diagnoses, origin), Weights(comparison, networks), Digits(comparison), Next(comparison, origin), ReportPage.Repeat(origin),
        ];
        string scripts = $"""
            <script type="application/json" id="costs">{new CurveChart(comparison).ToJson()}</script>
            <script>{Html.Resource("report.js")}</script>
            """;
        return ReportPage.Write(title, sections, scripts);
    }

    /// <summary>Whether one network was trained for its own sake, so that there is nothing to compare.</summary>
    private static bool IsOneTraining(Origin origin) => NextStep.IsTraining(origin.Command);

    private static string Question(Comparison comparison, Origin origin)
    {
        if (IsOneTraining(origin))
        {
            return Invariant($"""
                <h1>What did the network learn?</h1>
                <p class="lead">A network was trained from weights by {Html.Text(comparison.FirstSpec.Initializer.Name)}. This page shows on what, how, and what became of it.</p>
                """);
        }

        string names = string.Join(", ", comparison.Starts.Select(start => start.Run.Spec.Initializer.Name));
        return Invariant($"""
            <h1>How should the weights of this network start?</h1>
            <p class="lead">Before a network learns, somebody must choose the numbers it starts with. Here the same network was trained
            {Times(comparison.Starts.Count)} on the same data in the same way. Only the starting values differ: {Html.Text(names)}. This page shows what became of that.</p>
            """);
    }

    private static string Samples(Comparison comparison)
    {
        Dataset data = comparison.Train;
        Loss loss = comparison.FirstSpec.Architecture.Loss;
        string answer = loss == Loss.CrossEntropy ? "the probability of each class"
            : data.Targets is not null ? $"a number{(data.Target is null ? "" : $": {Html.Text(data.Target)}")}"
            : loss == Loss.Mse ? $"1 for {Html.Text(data.Positive)} and 0 for any other"
            : $"the probability that a sample is {Html.Text(data.Positive)}";
        string facts = $"<p>{Html.Text(data.Name)}: {Figures.Count(data.SampleCount)} samples of {Figures.Count(data.FeatureCount)} features, {Html.Text(TaskText.Targets(data, loss))}. "
            + $"The network is to answer with {answer}.</p>";
        if (data.ImageSize is ImageSize size)
        {
            var photos = new StringBuilder();
            var pixels = new SamplePixels(data);
            int each = data.Classes.Count == 2 ? SamplesOfClass : 1;
            foreach (int sample in data.Targets is not null ? DataPictures.ByTarget(data.Targets, 2 * SamplesOfClass) : [])
            {
                photos.Append(Html.Photo(pixels.Rgb(sample), size, $"A picture whose number is {Figures.Short(data.Targets![sample])}"));
            }

            for (int label = 0; data.Targets is null && label < Math.Min(MostClasses, data.Classes.Count); label++)
            {
                foreach (int sample in Enumerable.Range(0, data.SampleCount).Where(i => data.Labels[i] == label).Take(each))
                {
                    photos.Append(Html.Photo(pixels.Rgb(sample), size, $"A picture of class {data.Classes[label]}"));
                }
            }

            string shown = data.Targets is not null ? "Pictures from the smallest number to the largest" : $"The first picture{(data.Classes.Count == 2 ? "s" : "")} of each class";
            facts += $"<figure><div class=\"samples\">{photos}</div><figcaption>{shown}, {size.Width}×{size.Height} pixels: "
                + $"{size.Width} × {size.Height}{(size.Channels == 3 ? " × 3 colors" : size.Channels == 1 ? "" : $" × {size.Channels} channels")} = {Figures.Count(data.FeatureCount)} features.</figcaption></figure>";
        }
        else if (DataPictures.Samples(data) is byte[] plot)
        {
            facts += $"<figure>{Html.Image(plot, "png", $"The samples of {data.Name} by their two features, {(data.Targets is null ? "a color and shape for each class" : "a color for each range of the number")}")}<figcaption>All samples.</figcaption></figure>";
        }

        return $"<h2>The data</h2>{facts}";
    }

    private static string Network(Comparison comparison)
    {
        RunSpec spec = comparison.FirstSpec;
        Architecture network = spec.Architecture;
        string layers = string.Join(", ", Enumerable.Range(0, network.LayerCount).Select(
            layer => $"{Figures.Count(network.LayerSizes[layer])} × {Figures.Count(network.LayerSizes[layer + 1])} weights and {Figures.Count(network.LayerSizes[layer + 1])} biases"));
        string kind = network.LayerCount == 1 ? TaskText.Regression(network.Loss)
            : $"A dense network with {network.HiddenActivation} in its hidden layers and {(network.Loss == Loss.CrossEntropy ? $"{network.OutputCount} softmax units" : $"one {TaskText.Output(network.Loss)} unit")} at the end";
        return Invariant($"""
            <h2>The network</h2>
            <figure>{NetworkDrawing.Draw(network)}</figure>
            <p>{kind}: {layers}; <strong>{Figures.Count(network.ParameterCount)} parameters</strong> in all. {TaskText.Sentences(spec.Training, network.Loss, comparison.Train, comparison.Data.Held)}</p>
            """);
    }

    private static string Starts(IReadOnlyList<TrainedNetwork> networks)
    {
        var cards = new StringBuilder();
        for (int i = 0; i < networks.Count; i++)
        {
            double[] weights = networks[i].Before.Weights[0];
            double deviation = Math.Sqrt(weights.Sum(weight => weight * weight) / weights.Length);
            double range = deviation > 0 && double.IsFinite(deviation) ? 3.5 * deviation : Math.Max(1, weights.Max(Math.Abs));
            string name = Html.Text(networks[i].Spec.Initializer.Name);
            cards.Append($"<div class=\"card\"><h3 class=\"t{i % Palette.Count}\">{name}</h3><p>w = {Html.Text(networks[i].Spec.Initializer.Formula)}</p>");
            cards.Append(HistogramChart.Draw(
                weights, -range, range, "bar", HistogramChart.Narrow, $"Histogram of the first layer's weights from {networks[i].Spec.Initializer.Name}"));
            cards.Append($"<p class=\"soft\">standard deviation {Figures.Short(deviation)}</p></div>");
        }

        int inputs = networks[0].Spec.Architecture.LayerSizes[0];
        string[] biased = [.. networks.Where(network => network.Before.Biases.Any(biases => biases.Any(bias => bias != 0))).Select(network => Html.Text(network.Spec.Initializer.Name))];
        return $"""
            <h2>The starts</h2>
            <p>Each weight of a layer with n inputs is drawn as the formula says; N(0, v) is the normal distribution of variance v, U the uniform one.
            Biases start at 0{(biased is [] ? "" : $", but for {string.Join(", ", biased)}, which draws them")}.
            The histograms show the weights of the first layer, n = {Figures.Count(inputs)}, each on its own scale.</p>
            <div class="cards">{cards}</div>
            """;
    }

    private static string Curves(Comparison comparison)
    {
        string band = comparison.Starts.Any(start => start.Seeds is not null) ? " Each band holds the middle half of the seeds."
            : comparison.Starts.Any(start => start.Horizon is not null) ? " Each band is the range of the shadow runs, which start from weights that differ in the last bit." : "";
        string wide = CostAxis.IsWide(comparison) ? " The axis is logarithmic, so equal steps are equal ratios." : "";
        IEnumerable<string> ends = comparison.Starts.Select(start =>
            $"{start.Run.Spec.Initializer.Name} {(RunFigures.Of(start.Run, comparison) is { First: double first, Last: double last } ? $"from {Figures.Cost(first)} to {Figures.Cost(last)}" : "without a finite cost")}");
        CostSeries[] series = CostSeries.Of(comparison);
        string costs = series.Any(one => one.OfEpochs) ? "The cost over all training samples after each epoch, and faintly that of each batch before its update" : "The cost before each update";
        string held = series.Any(one => one.Held is not []) ? " The dotted lines are the costs on the held-out samples." : "";
        return $"""
            <h2>The cost curves</h2>
            <p>{costs}: lower is better.{wide}{band}{held}</p>
            <figure><div class="scroll">{new CurveChart(comparison).ToSvg($"Cost curves: {string.Join("; ", ends)}.")}</div><figcaption id="readout">Point at the chart to read the costs of an iteration.</figcaption></figure>
            """;
    }

    private static string Results(Comparison comparison, IReadOnlyList<TrainedNetwork> networks, IReadOnlyList<Diagnosis?> diagnoses, Origin origin)
    {
        string maps = networks[0].ActivationsBefore.Count == 0 ? ""
            : $"<p class=\"soft\">The striped pictures show the activations: a row for each unit, a column for each sample, ordered by {(comparison.Train.Targets is null ? "class" : "the number to predict")}; orange is above 0, blue below, white is 0. "
            + "Rows that look the same are units that do the same. Below each stands the histogram of the same numbers.</p>";
        string found = diagnoses.Any(diagnosis => diagnosis?.Findings is [_, ..])
            ? "<p class=\"soft\">Findings are what was measured before the first update and along the training. A severe one can keep a network from training by itself, a warning makes training slower or its figures less sure, a note is worth knowing. "
                + "The guide to findings, docs/guide/findings.md, explains each under its name.</p>"
            : "";
        return $"<h2>What each result means, and why</h2>{found}{maps}{string.Concat(networks.Select((network, i) => ResultArticle.Write(network, diagnoses[i], comparison.Train, origin, i)))}";
    }

    private static string Weights(Comparison comparison, IReadOnlyList<TrainedNetwork> networks)
    {
        using PictureSheet? sheet = WeightPictures.Sheet(networks, comparison.Train.ImageSize);
        return sheet is null ? "" : $"""
            <h2>What the first layer looks at</h2>
            <p>A unit of the first layer has a weight for every pixel and color, so its weights are a picture. {(comparison.FirstSpec.Training.Optimizer.HasDualForm
                ? "Training adds sums of the training pictures to it, which the\nrow \"change\" shows." : "The row \"change\" shows what training added to it.")}</p>
            <figure>{Html.Image(sheet.ToJpeg(), "jpeg", "The weights into each unit of the first layer before training, after training, and what changed, for each start")}</figure>
            """;
    }

    private static string Digits(Comparison comparison)
    {
        ComparedStart[] starts = [.. comparison.Starts.Where(start => start.Horizon is not null)];
        if (starts is [])
        {
            return "";
        }

        return $"""
            <h2>Which digits can be trusted</h2>
            <p>Beside each run went {Horizon.DefaultShadows} shadow runs whose starting weights differ in the last of their 16 digits, as they would between two correct programs, or two machines.
            Where a training is calm such a difference stays small. Where the learning rate is past what is stable it grows with every update, until the runs have nothing in common
            but their kind: then only what all of them share says something about the method, such as the band above{(comparison.FirstSpec.Architecture.Loss == Loss.Mse ? "" : " or the range of their accuracies")}.</p>
            <p>The iterations in which a difference doubles (the Lyapunov rate in nats an iteration beside it), those at which costs part, and the digits that all runs share in the cost before update t:</p>
            {HorizonSection.Table([.. starts.Select(start => (start.Run.Spec.Initializer.Name, start.Horizon!))], comparison.FirstSpec.Training.UpdatesFor(comparison.Train.SampleCount))}
            """;
    }

    private static string Next(Comparison comparison, Origin origin)
    {
        var commands = new StringBuilder();
        foreach ((string why, string options) in NextStep.For(comparison))
        {
            commands.Append($"<li>{Html.Text(why)}<pre>{Html.Text(NextStep.WithOptions(origin.Command, options))}</pre></li>");
        }

        return $"<h2>What to try next</h2><ul>{commands}</ul>";
    }

    private static string Times(int count) => count switch { 1 => "once", 2 => "twice", _ => $"{count} times" };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
