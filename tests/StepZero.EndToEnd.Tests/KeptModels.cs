using StepZero.Data;
using StepZero.Files.Models;
using StepZero.Networks;

namespace StepZero.EndToEnd.Tests;

/// <summary>Models whose every output can be told by hand: one layer, and weights that were chosen, not trained.</summary>
internal static class KeptModels
{
    /// <summary>Two columns a and b, classes no and yes: the log-odds of yes are a − b.</summary>
    public static void PutTable(Cli cli, string name) => Put(cli, name, Table(["no", "yes"]).WithPositive("yes"), Loss.BinaryCrossEntropy, [1, -1]);

    /// <summary>The same columns, three classes, of names that need quotes: outputs a, b and 0.</summary>
    public static void PutThree(Cli cli, string name) => Put(cli, name, Table(["red, dark", "\"blue\"", "green"]), Loss.CrossEntropy, [1, 0, 0, 1, 0, 0]);

    /// <summary>The same columns, a number to predict: a + 2·b.</summary>
    public static void PutNumbers(Cli cli, string name) => Put(cli, name, Table(["x"]).WithTargets([]), Loss.Mse, [1, 2]);

    /// <summary>Pictures of 7×5 pixels, classes cat and dog: the log-odds of cat are half of the first byte, less 20.</summary>
    public static void PutPictures(Cli cli, string name)
    {
        double[] weights = new double[7 * 5 * 3];
        weights[0] = 0.5;
        Put(cli, name, Dataset.FromBytes("pets", [], weights.Length, [], ["cat", "dog"], new ImageSize(7, 5)), Loss.BinaryCrossEntropy, weights, -20);
    }

    /// <summary>As many classes as wished, of long names, told by the columns a and b.</summary>
    public static void PutMany(Cli cli, string name, int classes)
    {
        string[] names = [.. Enumerable.Range(1, classes).Select(i => $"species number {i}")];
        Put(cli, name, Table(names), Loss.CrossEntropy, [.. Enumerable.Range(0, classes).SelectMany(i => (double[])[Math.Cos(i), Math.Sin(i)])]);
    }

    /// <summary>The columns a and b, three hidden units, and weights that may be anything.</summary>
    public static void PutWeights(Cli cli, string name, Parameters parameters)
    {
        Dataset form = Table(["no", "yes"]);
        ModelFile.Write(cli.In(name), new Model(new Architecture(2, [3], Activation.Tanh), parameters, Scaling.None.Fit(form), form));
    }

    private static Dataset Table(string[] classes) =>
        Dataset.FromValues("people", [], 2, [], classes, columns: [new TableColumn("a", null), new TableColumn("b", null)], target: "y");

    private static void Put(Cli cli, string name, Dataset form, Loss loss, double[] weights, double bias = 0)
    {
        var architecture = new Architecture(form.FeatureCount, [], Activation.Tanh, loss, weights.Length / form.FeatureCount);
        var parameters = new Parameters(architecture);
        weights.CopyTo(parameters.Weights[0], 0);
        parameters.Biases[0][0] = bias;
        ModelFile.Write(cli.In(name), new Model(architecture, parameters, Scaling.None.Fit(form), form));
    }
}
