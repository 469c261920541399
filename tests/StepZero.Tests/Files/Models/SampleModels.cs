using StepZero.Data;
using StepZero.Networks;

namespace StepZero.Tests.Files.Models;

/// <summary>Models whose numbers are easy to write down: those of Golden/make_model_golden.py.</summary>
internal static class SampleModels
{
    public static string[] Names => ["pictures", "table", "prices", "bare"];

    public static Model Of(string name) => name switch
    {
        "pictures" => Make(
            new Architecture(12, [3], Activation.Tanh), new FittedScaling(255, null, null),
            Dataset.FromBytes("pets \"A\"", [], 12, [], ["cat", "собака"], new ImageSize(2, 2)).WithPositive("собака")),
        "table" => Make(
            new Architecture(3, [4, 2], Activation.LeakyRelu(0.1), Loss.CrossEntropy, 3), new FittedScaling(1, [0.5, -2, 1e-300], [1 / 3.0, 0, 7]),
            Dataset.FromValues("iris.csv", [], 3, [], ["a", "b, c", ""], null, [new TableColumn("width", null), new TableColumn("color", ["blue", "red"])], "kind")),
        "prices" => Make(
            new Architecture(2, [2], Activation.Relu, Loss.Mse), new FittedScaling(0.1, [3, double.MaxValue], null),
            Dataset.FromValues("prices", [], 2, [], [""], null, [new TableColumn("x", null), new TableColumn("y", null)], "price").WithTargets([])),
        _ => Make(
            new Architecture(1, [], Activation.Sigmoid), new FittedScaling(-2.5, null, [-0.0]), Dataset.FromValues("moons:12", [], 1, [], ["1", "0", "2"])),
    };

    /// <summary>Weights that are multiples of an eighth, but for the last: the number below one third.</summary>
    private static Model Make(Architecture architecture, FittedScaling scaling, Dataset form)
    {
        var parameters = new Parameters(architecture);
        int next = 0;
        foreach (double[] values in parameters.Weights.Zip(parameters.Biases).SelectMany(pair => (double[][])[pair.First, pair.Second]))
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = ((next++ * 7 % 23) - 11) / 8.0;
            }
        }

        parameters.Biases[^1][^1] = Math.BitDecrement(1 / 3.0);
        return new Model(architecture, parameters, scaling, form);
    }
}
