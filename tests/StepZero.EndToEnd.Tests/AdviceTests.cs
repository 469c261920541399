using System.Globalization;
using System.Text.Json;
using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.EndToEnd.Tests;

public sealed class AdviceTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    /// <summary>What is printed as advice is what the command understands: the same costs to the last bit.</summary>
    [Theory]
    [InlineData("4,4,4,4", "sigmoid", "zeros", 0.00001)]
    [InlineData("4", "leaky_relu:0.2", "random:30", 3)]
    public void Advised_options_given_to_the_command_train_what_the_treatment_trained(string hidden, string activation, string start, double rate)
    {
        Dataset data = GeneratedSets.Parse("moons:60", 1);
        var network = new Architecture(data.FeatureCount, [.. hidden.Split(',').Select(int.Parse)], Activation.Parse(activation));
        var options = new TrainingOptions { LearningRate = rate, Iterations = 60 };
        PreparedData prepared = PreparedData.Prepare(data, network, options);
        RunSpec spec = new(network, Initializer.Parse(start), options);
        Treatment treated = Treatment.Of(Diagnosis.Of([spec], prepared)[0], prepared, null, new Execution())!;

        var all = new Dictionary<string, string>
        {
            ["data"] = "moons:60",
            ["hidden"] = hidden,
            ["activation"] = activation,
            ["init"] = start,
            ["learning-rate"] = rate.ToString(CultureInfo.InvariantCulture),
            ["iterations"] = "60",
        };
        foreach ((string name, string value) in treated.Advice.Options(spec))
        {
            all[name] = value;
        }

        Outcome outcome = cli.Run(["compare", .. all.SelectMany(option => (string[])[$"--{option.Key}", option.Value]), "--no-plots", "--json"]);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        JsonElement costs = JsonDocument.Parse(outcome.Output).RootElement.GetProperty("runs")[0].GetProperty("costs");
        Assert.Equal(treated.After.Record.Costs, costs.EnumerateArray().Select(cost => cost.GetDouble()));
    }
}
