using ScottPlot;
using StepZero.Diagnostics;
using StepZero.Reports;

namespace StepZero.Benchmarks.Findings;

/// <summary>What becomes of the signal, of the gradients and of the difference between samples from layer to layer.</summary>
internal static class DepthPictures
{
    private const double Least = 1e-16;

    public static Lazy<Picture> Signal { get; } = new(() =>
    {
        (string Name, Case Case)[] shown = [("std 0.05", Cases.Vanishing.Value), ("std 0.5", Cases.Exploding.Value), ("he", Cases.Level.Value)];
        Plot plot = LineFigure.Draw("layer", "rms of z (logarithmic)", [.. shown.SelectMany((one, i) => OfSignal(one.Name, one.Case, i))], logarithmic: true,
            [new(FindingRule.ExplodingSignal.Limit, "exploding above 100", Alignment.LowerLeft)]);
        return new Picture(
            "signal.png", "The root mean square of z from layer to layer of three networks of ten hidden ReLU layers, with theory dashed beside each",
            $"*Ten hidden ReLU layers of 64 units. From He's start z stays near its size, {First(2)} in layer 1 and {Last(2)} in layer 11; from normal weights of standard deviation 0.05 it shrinks from {First(0)} to {Last(0)}, "
                + $"from 0.5 it grows from {First(1)} to {Last(1)}. Dashed: layers of infinite width (Poole et al. 2016, arXiv:1606.05340).*",
            LineFigure.Png(plot));

        string First(int i) => Figures.Short(shown[i].Case.Diagnosis.Signal.Layers[0].PreActivations.RootMeanSquare);
        string Last(int i) => Figures.Short(shown[i].Case.Diagnosis.Signal.Layers[^1].PreActivations.RootMeanSquare);
    });

    public static Lazy<Picture> Gradients { get; } = new(() =>
    {
        (string Name, Case Case)[] shown = [("sigmoid, xavier", Cases.DeepSigmoid.Value), ("ReLU, std 0.5", Cases.Exploding.Value), ("ReLU, he", Cases.Level.Value)];
        Plot plot = LineFigure.Draw(
            "layers back from the output", "rms of ∂cost/∂z over the output's", [.. shown.Select((one, i) => new Line(one.Name, Ratios(one.Case), i) { HasPoints = true })],
            logarithmic: true, [new(FindingRule.VanishingGradient.Limit, "vanishing below 0.0001", Alignment.LowerLeft), new(FindingRule.ExplodingGradient.Limit, "exploding above 100", Alignment.LowerLeft)]);
        return new Picture(
            "gradients.png", "The size of the gradient in each layer of three networks of ten hidden layers, relative to the last layer",
            $"*Gradients on their way back through ten hidden layers. Of what the output gets, the first layer gets {Figures.Short(Ratios(shown[0].Case)[^1])} times as much with sigmoid, whose slope is at most 1/4; {Figures.Short(Ratios(shown[1].Case)[^1])} times with ReLU and "
                + $"weights of standard deviation 0.5, and {Figures.Short(Ratios(shown[2].Case)[^1])} times from He's start.*",
            LineFigure.Png(plot));

        static double[] Ratios(Case one) => [.. one.Diagnosis.Signal.Layers.Reverse().Select(layer => layer.Gradients.RootMeanSquare / one.Diagnosis.Signal.Layers[^1].Gradients.RootMeanSquare)];
    });

    public static Lazy<Picture> Correlation { get; } = new(() =>
    {
        (string Name, Case Case)[] shown = [("sigmoid, xavier", Cases.DeepSigmoid.Value), ("ReLU, he", Cases.Level.Value)];
        Plot plot = LineFigure.Draw(
            "hidden layer", "1 − mean cosine of two samples", [.. shown.Select((one, i) => new Line(one.Name, Apart(one.Case), i) { Xs = Numbers(one.Case), HasPoints = true })], logarithmic: true,
            [new(FindingRule.AlikeSamples.Limit, "alike below 0.0001")], Least);
        MeanFieldTheory limit = shown[0].Case.Diagnosis.Theory.Limit!;
        return new Picture(
            "correlation.png", "How far apart the activations of two samples are, from layer to layer, with sigmoid and with ReLU",
            $"*Each sigmoid layer makes any two of the points more alike, until layer 10 tells them apart by {Figures.Short(Apart(shown[0].Case)[^1])}; ReLU layers from He's start still by {Figures.Short(Apart(shown[1].Case)[^1])}. By theory the difference "
                + $"between samples shrinks in these sigmoid layers by a factor e every {Figures.Short(limit.CorrelationDepth)} layers: six such lengths are {Figures.Short(limit.TrainableDepth)} layers, and there are 10.*",
            LineFigure.Png(plot));

        static double[] Apart(Case one) => [.. one.Diagnosis.Signal.Layers.SkipLast(1).Select(layer => Math.Max(1 - layer.MeanCosine ?? double.NaN, 0))];
    });

    public static Lazy<Picture> Theory { get; } = new(() =>
    {
        (string Name, Case Case)[] shown = [("mean 0.05", Cases.Leaning.Value), ("mean 0", Cases.Upright.Value)];
        Plot plot = LineFigure.Draw(
            "hidden layer", "mean square of z over theory's", [.. shown.Select((one, i) => new Line(one.Name, Ratios(one.Case), i) { Xs = Numbers(one.Case), HasPoints = true })], logarithmic: true,
            [new(FindingRule.TheoryParts.Limit, "twice theory", Alignment.UpperLeft), new(1 / FindingRule.TheoryParts.Limit, "half of theory", Alignment.LowerLeft)]);
        return new Picture(
            "theory.png", "The measured mean square of z over that of theory, from layer to layer, for weights drawn around 0.05 and around 0",
            $"*Three hidden tanh layers of 64 units. Weights drawn around 0.05 add up, where theory takes them for sums that cancel: in the last hidden layer the mean square of z is {Figures.Cost(Ratios(shown[0].Case)[^1])} times theory's. From Xavier's start it is {Figures.Cost(Ratios(shown[1].Case)[^1])} times.*",
            LineFigure.Png(plot));

        static double[] Ratios(Case one) => [.. one.Diagnosis.Signal.Layers.SkipLast(1).Select((layer, i) => Math.Pow(layer.PreActivations.RootMeanSquare, 2) / one.Diagnosis.Theory.Layers[i]!.Length)];
    });

    private static IEnumerable<Line> OfSignal(string name, Case one, int color)
    {
        yield return new Line(name, [.. one.Diagnosis.Signal.Layers.Select(layer => layer.PreActivations.RootMeanSquare)], color) { Xs = Numbers(one), HasPoints = true };
        yield return new Line("", [.. one.Diagnosis.Theory.Layers.Select(layer => Math.Sqrt(layer?.Length ?? double.NaN))], color) { Xs = Numbers(one), IsTheory = true };
    }

    private static double[] Numbers(Case one) => [.. one.Diagnosis.Signal.Layers.Select((_, i) => i + 1.0)];
}
