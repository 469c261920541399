using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;

namespace StepZero.Benchmarks.Findings;

/// <summary>The networks of the page.</summary>
internal static class Cases
{
    private static readonly int[] Deep = [.. Enumerable.Repeat(64, 10)];
    private static readonly int[] Single = [8];

    public static Lazy<Case> PetsZeros { get; } = new(() => Case.Of(init: "zeros"));

    public static Lazy<Case> PetsEqual { get; } = new(() => Case.Of(init: "constant:value=0.00001+constant:value=0.3"));

    public static Lazy<Case> PetsLarge { get; } = new(() => Case.Of(init: "random:10:normal"));

    public static Lazy<Case> PetsXavier { get; } = new(() => Case.Of());

    public static Lazy<Case> PetsCentered { get; } = new(() => Case.Of(scaling: "center"));

    public static Lazy<Case> PetsCalm { get; } = new(() => Case.Of(rate: 0.0003, iterations: 10_000));

    public static Lazy<Case> Identity { get; } = new(() => Case.Of("moons:100", [4], init: "identity", rate: 1));

    public static Lazy<Case> NoIdentity { get; } = new(() => Case.Of("moons:100", [4], rate: 1));

    public static Lazy<Case> NearlyEqual { get; } = new(() => Case.Of("moons:100", Single, init: "normal:mean=1:std=0.0003", rate: 1));

    public static Lazy<Case> TinyTanh { get; } = new(() => Case.Of("moons:100", Single, init: "random:0.01:normal", rate: 1));

    public static Lazy<Case> UnitTanh { get; } = new(() => Case.Of("moons:100", Single, init: "random:1:normal", rate: 1));

    public static Lazy<Case> Lowered { get; } = new(() => Case.Of("digits", [32], "relu", "normal:mean=-0.05:std=0.1", 0.1));

    public static Lazy<Case> Balanced { get; } = new(() => Case.Of("digits", [32], "relu", "he", 0.1));

    public static Lazy<Case> RawTanh { get; } = new(() => Case.Of("breast-cancer", [32], rate: 0.1));

    public static Lazy<Case> StandardizedTanh { get; } = new(() => Case.Of("breast-cancer", [32], rate: 0.1, scaling: "standardize"));

    public static Lazy<Case> NarrowDeep { get; } = new(() => Case.Of("moons:100", [.. Enumerable.Repeat(2, 20)], "relu", "he"));

    public static Lazy<Case> WideDeep { get; } = new(() => Case.Of("moons:100", [.. Enumerable.Repeat(32, 20)], "relu", "he"));

    public static Lazy<Case> Vanishing { get; } = new(() => Case.Of("moons:100", Deep, "relu", "random:0.05:normal", 0.02));

    public static Lazy<Case> Exploding { get; } = new(() => Case.Of("moons:100", Deep, "relu", "random:0.5:normal", 0.02));

    public static Lazy<Case> Level { get; } = new(() => Case.Of("moons:100", Deep, "relu", "he", 0.02));

    public static Lazy<Case> DeepSigmoid { get; } = new(() => Case.Of("moons:100", Deep, "sigmoid", rate: 0.1));

    public static Lazy<Case> Leaning { get; } = new(() => Case.Of("moons:100", [64, 64, 64], init: "normal:mean=0.05:std=0.05", rate: 0.1));

    public static Lazy<Case> Upright { get; } = new(() => Case.Of("moons:100", [64, 64, 64], rate: 0.1));

    public static Lazy<Case> Straight { get; } = new(() => Case.Of("circles:100", [], init: "zeros", rate: 5));

    public static Lazy<Case> Bent { get; } = new(() => Case.Of("circles:100", [8], rate: 1));

    public static Lazy<Case> Regression { get; } = new(() => Case.Of("moons:100", [32], rate: 3, loss: Loss.Mse));

    public static Lazy<Case> CalmRegression { get; } = new(() => Case.Of("moons:100", [32], rate: 0.02, loss: Loss.Mse));

    public static Lazy<Case> ShortSteps { get; } = new(() => Case.Of("moons:100", Single, rate: 0.001));

    public static Lazy<Case> FewSteps { get; } = new(() => Case.Of("moons:100", Single, rate: 0.5, iterations: 20));

    public static Lazy<Case> Enough { get; } = new(() => Case.Of("moons:100", Single, rate: 0.5));

    /// <summary>One weight of the first layer is no number.</summary>
    public static Lazy<Case> Broken { get; } = new(() =>
    {
        Dataset moons = GeneratedSets.Parse("moons:100", 1);
        Parameters parameters = Initializer.Xavier.Draw(new Architecture(moons.FeatureCount, [8, 8], Activation.Tanh), seed: 1);
        parameters.Weights[0][5] = double.NaN;
        return Case.Of("The network of the next line from a file in which the sixth weight of layer 1 is nan", moons, [8, 8], "tanh", Initializer.FromParameters("file:broken.npz", parameters), 0.3, 1000);
    });

    public static Lazy<Case> Whole { get; } = new(() => Case.Of("moons:100", [8, 8], rate: 0.3));

    /// <summary>A hundred times one point.</summary>
    public static Lazy<Case> Constant { get; } = new(() => Case.Of(
        "The network of the next line on a hundred times the point (0.5, 0.25), by turns of either class",
        Dataset.FromValues("one point", [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? 0.5 : 0.25)], 2, [.. Enumerable.Range(0, 100).Select(i => i % 2)], ["0", "1"]),
        Single, "tanh", Initializer.Xavier, 0.5, 1000));

    /// <summary>A hundred points of one class.</summary>
    public static Lazy<Case> OneClass { get; } = new(() =>
    {
        Dataset moons = GeneratedSets.Parse("moons:200", 1);
        return Case.Of(
            "The network of the next line on the points of one moon", moons.Select([.. Enumerable.Range(0, 200).Where(moons.IsPositive)]), Single, "tanh", Initializer.Xavier, 0.5, 1000);
    });

    /// <summary>Twenty of 520 points are of class 1.</summary>
    public static Lazy<Case> Rare { get; } = new(() =>
    {
        Dataset moons = GeneratedSets.Parse("moons:1000", 1);
        int[] labels = moons.Labels.ToArray();
        int[] kept = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == 0), .. Enumerable.Range(0, labels.Length).Where(i => labels[i] == 1).Take(20)];
        return Case.Of("The network of the next line on the 500 points of class 0 and 20 of class 1", moons.Select(kept), Single, "tanh", Initializer.Xavier, 0.5, 1000);
    });

    public static Lazy<Case> Even { get; } = new(() => Case.Of("moons:1000", Single, rate: 0.5));

    /// <summary>A hundred points, of which thirty stand there once more with the other class.</summary>
    public static Lazy<Case> Conflicting { get; } = new(() =>
    {
        Dataset moons = GeneratedSets.Parse("moons:100:0.1", 1);
        double[] features = moons.Values.ToArray();
        int[] labels = moons.Labels.ToArray();
        const int Repeated = 30;
        return Case.Of(
            "The network of the next line on these points and 30 of them once more, with the other class",
            Dataset.FromValues(
                "moons with conflicts", [.. features, .. features[..(Repeated * moons.FeatureCount)]], moons.FeatureCount,
                [.. labels, .. labels[..Repeated].Select(label => 1 - label)], [.. moons.Classes]),
            Single, "tanh", Initializer.Xavier, 1, 1000);
    });

    public static Lazy<Case> Agreeing { get; } = new(() => Case.Of("moons:100:0.1", Single, rate: 1));
}
