using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Tests.Diagnostics;

/// <summary>A small network on small data, changed where a test wants it, and its diagnosis.</summary>
internal sealed record DiagnosedNetwork(Dataset Data, IReadOnlyList<int> Hidden)
{
    public Activation Activation { get; init; } = Activation.Tanh;

    public Initializer Start { get; init; } = Initializer.Xavier;

    public Loss Loss { get; init; } = Loss.BinaryCrossEntropy;

    public TrainingOptions Training { get; init; } = new() { Scaling = Scaling.None, Iterations = 100, LearningRate = 0.1 };

    /// <summary>What is done to the drawn weights.</summary>
    public Action<Parameters>? Change { get; init; }

    public Architecture Architecture => new(Data.FeatureCount, Hidden, Activation, Loss);

    public RunSpec Spec
    {
        get
        {
            if (Change is null)
            {
                return new RunSpec(Architecture, Start, Training);
            }

            Parameters parameters = Start.Draw(Architecture, 1);
            Change(parameters);
            return new RunSpec(Architecture, Initializer.FromParameters("changed", parameters), Training);
        }
    }

    public PreparedData Prepared => PreparedData.Prepare(Data, Architecture, Training);

    public Diagnosis Diagnose() => Diagnosis.Of([Spec], Prepared)[0];

    /// <summary>Normal samples around a center, the first half of one class.</summary>
    public static Dataset Cloud(int samples = 40, int features = 4, double center = 0, double scale = 1, Action<double[]>? change = null, Func<int, int>? label = null)
    {
        var random = new NumPyRandom(5);
        double[] x = [.. Enumerable.Range(0, samples * features).Select(_ => center + (scale * random.StandardNormal()))];
        change?.Invoke(x);
        return Dataset.FromValues("cloud", x, features, [.. Enumerable.Range(0, samples).Select(label ?? (i => i < samples / 2 ? 0 : 1))], ["0", "1"]).WithPositive("1");
    }

    /// <summary>Multiplies the weights into a layer, from 0.</summary>
    public static void Multiply(Parameters parameters, int layer, double factor)
    {
        foreach (ref double weight in parameters.Weights[layer].AsSpan())
        {
            weight *= factor;
        }
    }
}
