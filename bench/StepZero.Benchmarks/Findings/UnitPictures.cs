using StepZero.Data;
using StepZero.Reports;

namespace StepZero.Benchmarks.Findings;

/// <summary>What the units of a layer do.</summary>
internal static class UnitPictures
{
    /// <summary>Of many samples, every which is shown.</summary>
    private const int Every = 15;

    public static Lazy<Picture> Symmetry { get; } = new(() => new Picture(
        "symmetry.png", "Activations of layer 1 before and after training, from zeros, from equal weights and from Xavier's start",
        $"*Activations of layer 1: a row a unit, a column a picture, cats before dogs; blue is below 0, orange above. From zeros all {Units(Cases.PetsZeros)} rows are 0 and stay so. From weights that are all equal the rows change, but all in the same way: "
            + "one unit learns, five times. From Xavier's start each row is its own.*",
        BeforeAndAfter(("zeros", Cases.PetsZeros.Value), ("all equal", Cases.PetsEqual.Value), ("xavier", Cases.PetsXavier.Value))));

    public static Lazy<Picture> Copies { get; } = new(() => new Picture(
        "copies.png", "Activations of layer 1 before and after training, from the identity and from Xavier's start",
        $"*Two features and {Units(Cases.Identity)} units: the identity has two ones to give, and units 3 and 4 get nothing, neither from below nor from above. Training leaves them what they are. A row is a unit, a column a point.*",
        BeforeAndAfter(("identity", Cases.Identity.Value), ("xavier", Cases.NoIdentity.Value))));

    public static Lazy<Picture> NearCopies { get; } = new(() => new Picture(
        "near-copies.png", "Activations of a tanh layer before and after training, from weights that are nearly 1 and from normal ones",
        "*All weights are 1 but for their fourth digit, so all units say the same but for digits that no picture shows. Normal weights make units that differ from the first update on. A row is a unit, a column a point.*",
        BeforeAndAfter(("mean 1, std 0.0003", Cases.NearlyEqual.Value), ("mean 0, std 1", Cases.UnitTanh.Value))));

    public static Lazy<Picture> Broken { get; } = new(() => new Picture(
        "broken-weights.png", "Which activations are nan, with one weight of layer 1 that is nan and without",
        "*Orange is nan, blue a number; a row is a unit, a column a point. One weight of layer 1 is nan: so is its unit's activation, and every unit of layer 2, and then every output.*",
        MapFigure.Draw(
            [.. Enumerable.Range(0, 2).SelectMany(layer => (ActivationPanel[])[Nans("one weight is nan", Cases.Broken.Value, layer), Nans("all are numbers", Cases.Whole.Value, layer)])],
            Order(Cases.Broken.Value.Prepared.Data), 1)));

    public static Lazy<Picture> Saturation { get; } = new(() => new Picture(
        "saturation.png", "Histograms of the activations of layer 1 from large and from Xavier's weights",
        $"*The activations of layer 1 of the network for the pets. From normal weights times 10, {Figures.Percent(Share(Cases.PetsLarge))} of them are where tanh's slope is below 5% of its steepest; from Xavier's, {Figures.Percent(Share(Cases.PetsXavier))}.*",
        PanelFigure.Beside(
            PanelFigure.Histogram("random:10:normal", "activation", Cases.PetsLarge.Value.Activations()[0], -1, 1, 1),
            PanelFigure.Histogram("xavier", "activation", Cases.PetsXavier.Value.Activations()[0], -1, 1, 0))));

    public static Lazy<Picture> DeadUnits { get; } = new(() =>
    {
        int[] shown = [.. Order(Cases.Lowered.Value.Prepared.Data).Where((_, i) => i % Every == 0)];
        return new Picture(
            "dead-units.png", "Activations of a ReLU layer from weights drawn around a number below 0 and from He's start",
            $"*32 ReLU units on digits, whose pixels are 0 and above; a row is a unit, a column every {Every}th digit, white is 0. Weights drawn around −0.05 make most sums negative for every digit: {Dead(Cases.Lowered)} units are dead. Of those from He's start, drawn around 0, {Dead(Cases.Balanced)} are.*",
            MapFigure.Draw(
                [Sizes("drawn around −0.05", Cases.Lowered.Value, shown), Sizes("he", Cases.Balanced.Value, shown)], [.. shown.Select((_, i) => i)], 1));
    });

    public static Lazy<Picture> DeadLayer { get; } = new(() => new Picture(
        "dead-layer.png", "The share of dead units in each layer of a deep narrow and of a wider ReLU network",
        "*Twenty hidden ReLU layers from He's start. At width 2 a layer soon has both units off for every sample, and then all that follow are off too; at width 32 that happens to no layer. "
            + "A deep ReLU network that is narrow enough dies at its start almost surely (Lu et al. 2019, arXiv:1903.06733).*",
        LineFigure.Png(LineFigure.Draw(
            "hidden layer", "dead units (%)",
            [OfDeath("width 2", Cases.NarrowDeep.Value, 0), OfDeath("width 32", Cases.WideDeep.Value, 1)], logarithmic: false, []))));

    public static Lazy<Picture> LinearUnits { get; } = new(() => new Picture(
        "linear-units.png", "Activations against pre-activations of a tanh layer from small and from unit weights",
        "*Each point is one unit's answer to one sample; dotted is the line a = z. With tiny weights tanh is that line, and layers of straight lines make a straight line; with larger ones it bends.*",
        PanelFigure.Beside(Answers("random:0.01:normal", Cases.TinyTanh.Value, 1), Answers("random:1:normal", Cases.UnitTanh.Value, 0))));

    private static ScottPlot.Plot Answers(string title, Case one, int color)
    {
        double[] a = one.Activations()[0];
        return PanelFigure.Points(title, "z", "a = tanh z", [.. a.Select(Math.Atanh)], a, color);
    }

    private static Line OfDeath(string name, Case one, int color) =>
        new(name, [.. one.Diagnosis.Signal.Layers.SkipLast(1).Select(layer => 100 * layer.DeadShare!.Value)], color)
        {
            Xs = [.. Enumerable.Range(1, one.Diagnosis.Signal.Layers.Count - 1).Select(layer => (double)layer)],
            HasPoints = true,
        };

    private static byte[] BeforeAndAfter(params (string Name, Case Case)[] shown) => MapFigure.Draw(
        [
            .. shown.SelectMany(one => (ActivationPanel[])
            [
                new($"{one.Name}, before training", one.Case.Activations()[0], one.Case.Spec.Architecture.LayerSizes[1]),
                new($"{one.Name}, after {Figures.Count(one.Case.Spec.Training.Iterations)} updates", one.Case.Activations(after: true)[0], one.Case.Spec.Architecture.LayerSizes[1]),
            ]),
        ],
        Order(shown[0].Case.Prepared.Data), 1);

    /// <summary>Where the activations of a layer are nan.</summary>
    private static ActivationPanel Nans(string name, Case one, int layer) => new(
        $"layer {layer + 1}, {name}", [.. one.Activations()[layer].Select(value => double.IsNaN(value) ? 1 : -0.5)], one.Spec.Architecture.LayerSizes[layer + 1]);

    /// <summary>Some activations of layer 1, each in the color of its size within its unit, so that units of any size show.</summary>
    private static ActivationPanel Sizes(string name, Case one, int[] shown)
    {
        int units = one.Spec.Architecture.LayerSizes[1];
        double[] activations = one.Activations()[0];
        int samples = activations.Length / units;
        return new ActivationPanel(name, [.. Enumerable.Range(0, units).SelectMany(unit =>
        {
            double[] row = activations[(unit * samples)..((unit + 1) * samples)];
            double largest = row.Max();
            return shown.Select(sample => row[sample] == 0 ? 0 : 0.25 + (0.75 * row[sample] / largest));
        })], units);
    }

    private static int[] Order(Dataset data)
    {
        int[] labels = data.Labels.ToArray();
        return [.. Enumerable.Range(0, labels.Length).OrderBy(sample => labels[sample])];
    }

    private static int Units(Lazy<Case> one) => one.Value.Spec.Architecture.LayerSizes[1];

    private static double? Share(Lazy<Case> one) => one.Value.Diagnosis.Signal.Layers[0].SaturatedShare;

    private static int? Dead(Lazy<Case> one) => one.Value.Diagnosis.Signal.Layers[0].DeadUnits;
}
