using ScottPlot;
using StepZero.Data;
using StepZero.Networks;
using StepZero.Reports;
using StepZero.Sweeps;
using StepZero.Training;
using Color = ScottPlot.Color;
using Palette = StepZero.Reports.Palette;

namespace StepZero.Benchmarks.Conclusions;

/// <summary>What the tutorial says of test error, of spread, and the curves it shows.</summary>
internal static class TestClaims
{
    private const int Splits = 4;
    private const int Shadows = 200;

    public static Conclusion TestError(Setting pets, Dataset? photos)
    {
        string[] starts = ["zeros", Claims.Random, "he", "xavier"];
        var rows = new List<string>();
        var panels = new List<Plot>();
        var better = new List<bool>();
        Add("pets, 400 fresh pictures", start => Study.Train(pets, start, Study.Classic, Activation.Tanh));
        if (photos is not null)
        {
            Setting[] parts = [.. Enumerable.Range(1, Splits).Select(seed =>
            {
                (Dataset train, Dataset test) = Split.Random(photos, 0.3, (uint)seed);
                return new Setting("photographs", pets.Pace, Study.Prepare(train), test);
            })];
            Add($"photographs, 30 of 100 held out, {Splits} splits", start => [.. parts.SelectMany(part => Study.Train(part, start, Study.Classic, Activation.Tanh, Study.Seeds / Splits))]);
        }

        return new Conclusion(
            "Good starts improve the test error too", "test-error.png", StripPlot.Sheet(panels), "Test accuracies from four starts",
            Tables.Of("data | start | training accuracy | test accuracy", rows),
            $"{Tables.Judge(better, "the medians of both he and xavier lie above those of zeros and random:10:normal, on pictures that no network has seen")} "
            + FormattableString.Invariant($"(All at the stable rate of {pets.Pace.Rate}, {Figures.Count(pets.Pace.Iterations)} iterations.)"));

        void Add(string name, Func<string, IReadOnlyList<RunResult>> train)
        {
            IReadOnlyList<RunResult>[] runs = [.. starts.Select(train)];
            double[][] accuracies = [.. runs.Select(some => some.Select(run => run.TestAccuracy ?? 0).ToArray())];
            rows.AddRange(starts.Select((start, i) => $"| {(i == 0 ? name : "")} | {start} | {Tables.Share(Tables.TrainAccuracies(runs[i]))} | {Tables.Share(accuracies[i])} |"));
            panels.Add(StripPlot.Draw(name, "test accuracy", [.. starts.Select((start, i) => new Group(Tables.Short(start), accuracies[i]))], logarithmic: false));
            double[] medians = [.. accuracies.Select(values => Statistics.Summarize(values).Median)];
            better.Add(Math.Min(medians[2], medians[3]) > Math.Max(medians[0], medians[1]));
        }
    }

    /// <summary>Final costs over seeds: a network of hidden layers against logistic regression, whose loss is convex.</summary>
    public static Conclusion Spread(IReadOnlyList<Setting> settings)
    {
        Dataset blobs = GeneratedSets.Parse("blobs:500:1", 1);
        Setting[] all =
        [
            .. settings.Where(setting => setting.Pace.Name == "stable"),
            new Setting("blobs:500:1", new Pace("stable", 1, 20_000), Study.Prepare(blobs), null),
        ];
        string[] starts = ["zeros", "random:1:normal", "he", "xavier"];
        var rows = new List<string>();
        var panels = new List<Plot>();
        var spreads = new List<bool>();
        var logistic = new List<(string Name, double Ratio)>();
        foreach (Setting setting in all)
        {
            double[] hidden = Tables.FinalCosts(Study.Train(setting, "xavier", Study.Classic, Activation.Tanh));
            double[][] convex = [.. starts.Select(start => Tables.FinalCosts(Study.Train(setting, start, [], Activation.Tanh, start == "zeros" ? 1 : Study.Seeds)))];
            double[] together = [.. convex.SelectMany(values => values)];
            rows.Add($"| {setting.Name} | 5-5 from xavier | {Figures.Cost(hidden.Min())} | {Figures.Cost(hidden.Max())} | {Figures.Short(hidden.Max() / hidden.Min())} |");
            rows.AddRange(starts.Select((start, i) => $"| | none from {start} | {Figures.Cost(convex[i].Min())} | {Figures.Cost(convex[i].Max())} | {Figures.Short(convex[i].Max() / convex[i].Min())} |"));
            spreads.Add(hidden.Max() / hidden.Min() > 1.01);
            logistic.Add((setting.Data, together.Max() / together.Min()));
            panels.Add(StripPlot.Draw(setting.Name, "last cost (logarithmic)",
                [new Group("5-5 xavier", hidden), .. starts.Select((start, i) => new Group($"none {Tables.Short(start)}", convex[i]))], logarithmic: true));
        }

        string places = string.Join("; ", logistic.Select(one => $"on {one.Name} its last costs differ by {(one.Ratio > 2 ? $"a factor of {Figures.Short(one.Ratio)}" : Figures.ShortPercent(one.Ratio - 1))}"));
        return new Conclusion(
            "Different starts give different results, because the loss is not convex", "spread.png", StripPlot.Sheet(panels),
            "Last costs of a network with hidden layers and of logistic regression from many starts",
            Tables.Of("data | hidden layers and start | least last cost | largest last cost | ratio", rows),
            $"{Tables.Judge(spreads, "the last costs of the 5-5 network over 32 seeds differ by more than 1%")} "
            + $"Logistic regression, whose loss is convex, from every seed of every start: {places}. Where the classes cannot be separated by a line (blobs) it has one minimum and ends there "
            + "from any start. 100 pictures of 67,500 features can always be separated: the least cost is 0 and lies at infinity, every start is still on its way there, "
            + "and large starting weights take longer. So convexity promises one value in the end, not at a given iteration.");
    }

    public static Conclusion? PublishedCurves(Dataset? photos, IReadOnlyList<Setting> settings)
    {
        if (photos is null)
        {
            return null;
        }

        Setting classic = settings.First(setting => setting.Data == "photographs" && setting.Pace == Study.ClassicPace);
        var rows = new List<string>();
        var panels = new List<Plot>();
        int outside = 0;
        foreach ((string start, double[] published, int color) in (IEnumerable<(string, double[], int)>)[("he", Published.He, 2), ("xavier", Published.Xavier, 3)])
        {
            IReadOnlyList<double[]> curves = [.. Study.TrainShadows(classic, start, Shadows).Select(run => run.Record.Costs)];
            Band band = Statistics.BandOf(curves, 0.01, 0.99);
            for (int i = 0; i < published.Length; i++)
            {
                int t = (100 * (i + 1)) - 1;
                bool isOutside = published[i] < band.Lower[t] || published[i] > band.Upper[t];
                outside += isOutside ? 1 : 0;
                rows.Add($"| {start} | {t + 1} | {Figures.Cost(published[i])} | {Figures.Cost(band.Lower[t])} | {Figures.Cost(band.Middle[t])} | {Figures.Cost(band.Upper[t])} | {(isOutside ? "**outside**" : "inside")} |");
            }

            panels.Add(Draw($"{start}: published points in the band of {Shadows} shadow runs", band, published, color));
        }

        return new Conclusion(
            "The published curves", "published.png", StripPlot.Sheet(panels), "The published He and Xavier costs inside the band of 200 shadow runs",
            Tables.Of("start | iterations | published cost | 1st percentile | median | 99th percentile | published", rows),
            $"{outside} of the 20 published points {(outside == 1 ? "lies" : "lie")} outside the 1st to 99th percentile of {Shadows} shadow runs. Nobody can repeat the published digits, since the last bit of a weight decides them, "
            + (outside <= 2 ? "but they are what this experiment gives." : "and more of them lie outside than chance explains."));
    }

    private static Plot Draw(string title, Band band, double[] published, int color)
    {
        EmbeddedFont.Register();
        var plot = new Plot();
        plot.Title(title, 14);
        plot.XLabel("iteration", 13);
        plot.YLabel("cost", 13);
        double[] xs = [.. Enumerable.Range(0, band.Lower.Length).Select(t => (double)t)];
        ScottPlot.Plottables.FillY fill = plot.Add.FillY(xs, band.Lower, band.Upper);
        fill.FillColor = Color.FromHex(Palette.Of(color)).WithAlpha(0.2);
        fill.LineWidth = 0;
        plot.Add.ScatterLine(xs, band.Middle, Color.FromHex(Palette.Of(color))).LineWidth = 1;
        ScottPlot.Plottables.Markers points = plot.Add.Markers(
            Enumerable.Range(1, published.Length).Select(i => (100.0 * i) - 1).ToArray(), published, MarkerShape.FilledCircle, 9, Colors.Black);
        points.LegendText = "published";
        plot.Legend.IsVisible = false;
        plot.Axes.SetLimits(0, 1.03 * xs.Length, 0, Math.Max(band.Upper.Max(), published.Max()) * 1.05);
        return plot;
    }
}
