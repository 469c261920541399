using SkiaSharp;
using StepZero.Data;
using StepZero.Networks;
using StepZero.Numerics;
using StepZero.Reports;
using StepZero.Training;

namespace StepZero.Benchmarks.Findings;

/// <summary>What the data bring.</summary>
internal static class SamplePictures
{
    public static Lazy<Picture> Offset { get; } = new(() =>
    {
        const int Shown = 8, Size = 112, Photos = 5, Top = 26;
        Case raw = Cases.PetsXavier.Value, centered = Cases.PetsCentered.Value;
        double[] before = Shares(raw), after = Shares(centered);
        Dataset pets = raw.Prepared.Data;
        var pixels = new SamplePixels(pets);
        using var sheet = new PictureSheet(LineFigure.Width, Top + Size + 10 + 280);
        float left = (LineFigure.Width - (Photos * (Size + 16f)) + 16) / 2;
        for (int i = 0; i < Photos; i++)
        {
            bool isMean = i == Photos - 1;
            SKRect place = SKRect.Create(left + (i * (Size + 16f)), Top, Size, Size);
            sheet.Draw(isMean ? Mean(pets, pixels) : pixels.Rgb(i), pets.ImageSize!, place);
            sheet.Write(isMean ? "the mean of all 100" : $"picture {i + 1}", place.MidX, 18, 13, align: SKTextAlign.Center);
        }

        ScottPlot.Plot bars = PanelFigure.Bars(
            "", "eigenvalue of the Gram matrix", "% of the trace", [("as they are", [.. before.Take(Shown).Select(share => 100 * share)]), ("centered", [.. after.Take(Shown).Select(share => 100 * share)])]);
        using SKBitmap picture = SKBitmap.Decode(bars.GetImage(LineFigure.Width, 280).GetImageBytes(ScottPlot.ImageFormat.Png));
        sheet.Draw(picture, SKRect.Create(0, Top + Size + 10, LineFigure.Width, 280));
        return new Picture(
            "offset.jpg", "Four drawn pets and the mean of all, and the eigenvalues of their Gram matrix before and after centering",
            $"*The drawn pets, {Figures.Count(pets.FeatureCount)} pixels each. Their largest eigenvalue has {Figures.Percent(before[0])} of the trace, nearly all of it the mean picture, {Figures.Percent(raw.Diagnosis.Data.MeanShare)}. "
                + $"Without the mean the largest has {Figures.Percent(after[0])}.*",
            sheet.ToJpeg());
    });

    public static Lazy<Picture> Balance { get; } = new(() => new Picture(
        "class-balance.png", "The share of each class that is answered rightly along training, with a rare class and with even ones",
        $"*With 20 points of 520 the rare class is learned last: until then the answer is the frequent one to everything, and {Figures.Percent(Cases.Rare.Value.Diagnosis.Data.LargestClassShare)} of the answers are right.*",
        LineFigure.Png(LineFigure.Draw(
            "iteration", "answered rightly (%)",
            [Recall("frequent class", Cases.Rare.Value, 0, 0), Recall("rare class", Cases.Rare.Value, 1, 1), Recall("even classes", Cases.Even.Value, 1, 2)], logarithmic: false, []))));

    public static Lazy<Picture> Conflicts { get; } = new(() =>
    {
        Case with = Cases.Conflicting.Value;
        double floor = with.Diagnosis.Data.ConflictingSamples * Math.Log(2) / with.Prepared.Data.SampleCount;
        double[] costs = with.Costs(), calm = Cases.Agreeing.Value.Costs();
        return new Picture(
            "conflicts.png", "Cost curves with and without equal samples of different classes, and the floor of the first",
            $"*Thirty of the points stand there twice, once with each class. The best answer to those is 1/2, which costs ln 2 each: no network gets below {Figures.Cost(floor)}. After {Figures.Count(costs.Length)} updates the cost is {Figures.Cost(costs[^1])}, without the doubles {Figures.Cost(calm[^1])}.*",
            LineFigure.Png(LineFigure.Draw("iteration", "cost", [new Line("conflicts", costs, 1), new Line("none", calm, 0)], logarithmic: false, [new(floor, "the least cost with conflicts", ScottPlot.Alignment.UpperRight)])));
    });

    private static double[] Shares(Case one)
    {
        double[] values = SymmetricEigen.Decompose(SampleBlocks.Gram(one.Prepared.Data, one.Prepared.Scaling, 1, CancellationToken.None));
        double trace = values.Sum();
        return [.. values.Select(value => value / trace).OrderDescending()];
    }

    private static byte[] Mean(Dataset data, SamplePixels pixels)
    {
        byte[][] all = [.. Enumerable.Range(0, data.SampleCount).Select(pixels.Rgb)];
        return [.. Enumerable.Range(0, all[0].Length).Select(i => (byte)Math.Round(all.Average(one => one[i])))];
    }

    /// <summary>The share of the samples of a class that the network answers rightly, along its training.</summary>
    private static Line Recall(string name, Case one, int label, int color)
    {
        const int Every = 10;
        Dataset data = one.Prepared.Data;
        int[] labels = data.Labels.ToArray();
        int[] samples = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == label)];
        Trainer trainer = one.Prepared.StartTrainer(one.Spec.Architecture, one.Spec.DrawParameters(one.Prepared), one.Spec.Training.LearningRate, one.Spec.Seed);
        var shares = new List<double>();
        for (int t = 0; t <= one.Spec.Training.Iterations; t++)
        {
            if (t % Every == 0)
            {
                Model model = one.Prepared.ModelOf(one.Spec.Architecture, trainer.CopyParameters());
                Predictions predictions = model.Predict(data);
                shares.Add(100.0 * samples.Count(i => predictions.Choice(i) == model.RightAnswer(data, i)) / samples.Length);
            }

            trainer.Step();
        }

        return new Line(name, shares, color) { Xs = [.. shares.Select((_, i) => (double)i * Every)] };
    }
}
