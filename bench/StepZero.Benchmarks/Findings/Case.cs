using System.Globalization;
using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Benchmarks.Findings;

/// <summary>A network that the guide shows, diagnosed.</summary>
/// <param name="Name">The command that diagnoses the same, as Markdown; or in words what no command makes.</param>
/// <param name="Diagnosis">What is said of it before its training.</param>
/// <param name="Prepared">Its samples.</param>
internal sealed record Case(string Name, Diagnosis Diagnosis, PreparedData Prepared)
{
    private const string DefaultData = "pets";
    private static readonly int[] DefaultHidden = [5, 5];

    public RunSpec Spec => Diagnosis.Spec;

    /// <summary>A network by the options that differ from the defaults of the command.</summary>
    public static Case Of(
        string data = DefaultData, int[]? hidden = null, string activation = "tanh", string init = "xavier", double rate = 0.01, int iterations = 1000, string scaling = "auto",
        Loss loss = Loss.BinaryCrossEntropy)
    {
        hidden ??= DefaultHidden;
        (string Name, string? Value)[] options =
        [
            ("data", data == DefaultData ? null : data), ("hidden", hidden.SequenceEqual(DefaultHidden) ? null : hidden is [] ? "none" : string.Join(',', hidden)),
            ("activation", activation == "tanh" ? null : activation), ("init", init), ("loss", loss == Loss.BinaryCrossEntropy ? null : CanonicalText.Of(loss)),
            ("learning-rate", rate == 0.01 ? null : rate.ToString(CultureInfo.InvariantCulture)),
            ("iterations", iterations == 1000 ? null : iterations.ToString(CultureInfo.InvariantCulture)), ("scaling", scaling == "auto" ? null : scaling),
        ];
        string command = string.Join(' ', ["stepzero diagnose", .. options.Where(option => option.Value is not null).Select(option => $"--{option.Name} {option.Value}")]);
        Dataset samples = BuiltInTables.Names.Contains(data) ? BuiltInTables.Read(data) : GeneratedSets.Parse(data, 1);
        return Of($"`{command}`", samples, hidden, activation, Initializer.Parse(init), rate, iterations, Scaling.Parse(scaling), loss);
    }

    /// <summary>A network on samples, or from weights, that no command makes.</summary>
    public static Case Of(
        string name, Dataset data, int[] hidden, string activation, Initializer init, double rate, int iterations, Scaling? scaling = null, Loss loss = Loss.BinaryCrossEntropy)
    {
        var network = data.Classes.Count > 2
            ? new Architecture(data.FeatureCount, hidden, Activation.Parse(activation), Loss.CrossEntropy, data.Classes.Count)
            : new Architecture(data.FeatureCount, hidden, Activation.Parse(activation), loss);
        var training = new TrainingOptions { LearningRate = rate, Iterations = iterations, Scaling = scaling ?? Scaling.Auto };
        PreparedData prepared = PreparedData.Prepare(data, network, training, Environment.ProcessorCount);
        return new Case(name, Diagnosis.Of([new RunSpec(network, init, training)], prepared, Environment.ProcessorCount)[0], prepared);
    }

    /// <summary>The cost before each update of the whole training.</summary>
    public double[] Costs() => Trainings.Run([Spec], Prepared, null, new Execution { Threads = 1 })[0].Record.Costs;

    /// <summary>For each hidden layer the activations, [units, samples]: before the training and, where asked for, after it.</summary>
    public IReadOnlyList<double[]> Activations(bool after = false)
    {
        Parameters parameters = after
            ? Trainings.Run([Spec], Prepared, null, new Execution { Threads = 1 })[0].FinalParameters!.Value
            : Spec.DrawParameters(Prepared);
        return Prepared.Activations(Spec.Architecture, parameters);
    }

    public static string Verdict(Outlook outlook) => outlook switch
    {
        Outlook.WillTrain => "will train",
        Outlook.WillTrainUnstably => "will train, unstably",
        _ => "will not train",
    };
}
