using System.Text.Json;
using StepZero.Data;
using StepZero.Networks;

namespace StepZero.Tests.Diagnostics;

/// <summary>The networks of curvature.json.</summary>
internal static class GoldenNetwork
{
    public static (Dataset Data, Architecture Architecture, Parameters Parameters) Read(JsonElement all, JsonElement golden)
    {
        string lossName = golden.GetProperty("loss").GetString()!;
        Loss loss = CanonicalText.Parse<Loss>(lossName);
        double[] x = all.GetProperty("x").Numbers(), targets = all.GetProperty("targets").GetProperty(lossName).Numbers();
        int features = x.Length / targets.Length;
        int[] labels = [.. targets.Select(target => loss == Loss.Mse ? 0 : (int)target)];
        Dataset data = Dataset.FromValues("golden", x, features, labels, loss == Loss.CrossEntropy ? ["0", "1", "2"] : ["0", "1"]).WithPositive("1");
        data = loss == Loss.Mse ? data.WithTargets(targets) : data;
        var architecture = new Architecture(
            features, golden.GetProperty("hidden").Integers(), Activation.Parse(golden.GetProperty("activation").GetString()!), loss, loss == Loss.CrossEntropy ? 3 : 1);
        var parameters = new Parameters(architecture);
        double[] values = golden.GetProperty("parameters").Numbers();
        int start = 0;
        foreach (double[] part in parameters.Weights.Zip(parameters.Biases, (weights, biases) => (double[][])[weights, biases]).SelectMany(layer => layer))
        {
            values.AsSpan(start, part.Length).CopyTo(part);
            start += part.Length;
        }

        return (data, architecture, parameters);
    }
}
