using System.Text.Json;
using StepZero.Data;
using StepZero.Files;
using StepZero.Files.Models;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.EndToEnd.Tests;

/// <summary>The command evaluate, on models that were kept in files.</summary>
public sealed class EvaluateTests : IDisposable
{
    private const string People = "a,b,y\n3,1,yes\n2,1,yes\n1,2,yes\n0,4,no\n1,1,no\n0,2,yes\n";

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void Figures_confusions_and_classes_are_told()
    {
        KeptModels.PutTable(cli, "m.safetensors");
        File.WriteAllText(cli.In("people.csv"), People);
        Outcome outcome = cli.Run("evaluate", "m.safetensors", "--data", "people.csv", "--output", "out");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        string[] lines = outcome.Output.Split('\n');
        Assert.Equal("Data      people: 6 samples of 2 features, 2 × no, 4 × yes (label 1)", lines[0]);
        Assert.Equal("Network   2-1, tanh, trained on people for binary_cross_entropy", lines[1]);

        // Log-odds 2, 1, −1, −4, 0, which counts as yes, and −2: three of six are right, six of eight pairs in order.
        Assert.Contains("│       6 │   50.00% │ 0.765279 │ 0.750000 │", lines);
        Assert.Contains("│ no         │  1 │   1 │", lines);
        Assert.Contains("│ yes        │  2 │   2 │", lines);
        Assert.Contains("│ no    │       2 │    33.33% │ 50.00% │ 0.400000 │ 0.750000 │", lines);
        Assert.Contains("│ yes   │       4 │    66.67% │ 50.00% │ 0.571429 │ 0.750000 │", lines);
        Assert.Equal("Results: out", lines[^2]);
        Assert.Equal(["confusion.png", "results.json", "roc.png", "spec.json"], Files("out"));
    }

    [Fact]
    public void A_program_gets_the_same_on_standard_output_as_in_the_file()
    {
        KeptModels.PutTable(cli, "m.npz");
        File.WriteAllText(cli.In("people.csv"), People);
        Outcome outcome = cli.Run("evaluate", "m.npz", "--data", "people.csv", "--json", "--no-plots");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        string folder = Assert.Single(Directory.GetDirectories(cli.In("stepzero-runs")));
        Assert.EndsWith("-evaluate", folder, StringComparison.Ordinal);
        Assert.Equal(outcome.Output, File.ReadAllText(Path.Combine(folder, "results.json")));
        Assert.Equal(["results.json", "spec.json"], Files(folder));

        JsonElement root = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal(
            ["samples", "accuracy", "loss", "rocAuc", "confusion", "classes", "perClass", "rootMeanSquaredError", "meanAbsoluteError", "r2"],
            root.EnumerateObject().Select(property => property.Name));
        Assert.Equal((6, 0.5), (root.GetProperty("samples").GetInt32(), root.GetProperty("accuracy").GetDouble()));
        Assert.Equal(0.75, root.GetProperty("rocAuc").GetDouble(), 1e-15);
        double loss = (Math.Log(1 + Math.Exp(-2)) + Math.Log(1 + Math.Exp(-1)) + Math.Log(1 + Math.Exp(1)) + Math.Log(1 + Math.Exp(-4)) + Math.Log(2) + Math.Log(1 + Math.Exp(2))) / 6;
        Assert.Equal(loss, root.GetProperty("loss").GetDouble(), 1e-14);
        Assert.Equal([[1, 1], [2, 2]], root.GetProperty("confusion").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetInt32())));
        Assert.Equal("[\"no\",\"yes\"]", JsonSerializer.Serialize(root.GetProperty("classes")));
        JsonElement yes = root.GetProperty("perClass")[1];
        Assert.Equal(("yes", 4, 3), (yes.GetProperty("class").GetString(), yes.GetProperty("samples").GetInt32(), yes.GetProperty("predicted").GetInt32()));
        Assert.Equal((2.0 / 3, 0.5, 4.0 / 7), (yes.GetProperty("precision").GetDouble(), yes.GetProperty("recall").GetDouble(), yes.GetProperty("f1").GetDouble()));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("r2").ValueKind);
    }

    [Fact]
    public void Numbers_have_errors_in_place_of_classes()
    {
        KeptModels.PutNumbers(cli, "m.safetensors");

        // Predicted 5, 1.5 and 0.25 for 4, 1.5 and 0.75.
        File.WriteAllText(cli.In("n.csv"), "a,b,y\n3,1,4\n0.5,0.5,1.5\n0.25,0,0.75\n");
        Outcome outcome = cli.Run("evaluate", "m.safetensors", "--data", "n.csv", "--output", "out", "--quiet");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains("│       3 │ 0.416667 │                0.645497 │            0.500000 │ 0.784173 │", outcome.Output.Split('\n'));
        Assert.Equal(6, outcome.Output.Count(letter => letter == '\n'));
        Assert.Equal(["predicted-against-true.png", "results.json", "spec.json"], Files("out"));
        JsonElement root = JsonDocument.Parse(File.ReadAllText(cli.In("out/results.json"))).RootElement;
        Assert.All((string[])["accuracy", "rocAuc", "confusion", "classes", "perClass"], name => Assert.Equal(JsonValueKind.Null, root.GetProperty(name).ValueKind));
        Assert.Equal((Math.Sqrt(1.25 / 3), 0.5), (root.GetProperty("rootMeanSquaredError").GetDouble(), root.GetProperty("meanAbsoluteError").GetDouble()));
    }

    [Fact]
    public void Of_many_classes_the_worst_confusions_are_told_and_a_missing_class_leaves_no_area()
    {
        KeptModels.PutMany(cli, "m.safetensors", 50);
        File.WriteAllText(cli.In("many.csv"), "a,b,y\n" + string.Concat(Enumerable.Range(0, 98).Select(i => FormattableString.Invariant($"{Math.Cos(i % 49)},{Math.Sin(i % 49)},species number {(i < 20 ? i + 2 : (i % 49) + 1)}\n"))));
        Outcome outcome = cli.Run("evaluate", "m.safetensors", "--data", "many.csv", "--output", "out", "--no-plots");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains("ROC AUC is not defined: no sample is of class 'species number 50'.", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("The most frequent confusions of 50 classes:", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("│ species number 2  │ species number 1  │       1 │             50.00% │", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("The 40 classes of the lowest F1; results.json has all 50:", outcome.Output, StringComparison.Ordinal);
    }

    /// <summary>A network that was trained, kept and read again is as good as it was.</summary>
    [Fact]
    public void A_trained_model_is_as_good_as_its_training_said()
    {
        (Dataset train, _) = Split.Random(DataSource.Load("digits", 1, new DataOptions()).Data, 0.8, 1);
        var spec = new RunSpec(new Architecture(64, [12], Activation.Tanh, Loss.CrossEntropy, 10), Initializer.Xavier, new TrainingOptions { LearningRate = 0.5, Iterations = 80, Scaling = Scaling.Divide(16) });
        RunResult run = Trainings.Run(spec, train, DataSource.Load("digits", 1, new DataOptions(), train).Data);
        ModelFile.Write(cli.In("m.safetensors"), PreparedData.Prepare(train, spec.Architecture, spec.Training).ModelOf(spec.Architecture, run.FinalParameters!.Value));
        Outcome outcome = cli.Run("evaluate", "m.safetensors", "--data", "digits", "--json", "--output", "out");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        JsonElement root = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal((run.TestCost, run.TestAccuracy), (root.GetProperty("loss").GetDouble(), root.GetProperty("accuracy").GetDouble()));
        Assert.InRange(root.GetProperty("rocAuc").GetDouble(), 0.9, 1);
        Assert.All((string[])["confusion.png", "roc.png"], name => Assert.InRange(new FileInfo(cli.In($"out/{name}")).Length, 10_000, 300_000));
    }

    [Fact]
    public void What_the_command_trains_and_keeps_it_can_evaluate()
    {
        string[] training = ["train", "--data", "moons:100", "--init", "xavier", "--learning-rate", "0.5", "--iterations", "60", "--save", "m.npz", "--no-plots", "--output", "trained"];
        Assert.Equal(0, cli.Run(training).ExitCode);
        JsonElement run = JsonDocument.Parse(File.ReadAllText(cli.In("trained/results.json"))).RootElement.GetProperty("runs")[0];
        Outcome outcome = cli.Run("evaluate", "m.npz", "--data", "moons:100", "--json", "--no-plots", "--output", "out");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(run.GetProperty("trainAccuracy").GetDouble(), JsonDocument.Parse(outcome.Output).RootElement.GetProperty("accuracy").GetDouble());
    }

    [Fact]
    public void A_spec_repeats_the_evaluation_from_anywhere_and_refuses_another_model()
    {
        KeptModels.PutTable(cli, "m.safetensors");
        File.WriteAllText(cli.In("people.csv"), People);
        Assert.Equal(0, cli.Run("evaluate", "m.safetensors", "--data", "people.csv", "--output", "out", "--no-plots").ExitCode);
        using var elsewhere = new Cli();
        Outcome outcome = elsewhere.Run("run", cli.In("out"), "--output", "again", "--no-plots", "--json");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(File.ReadAllText(cli.In("out/results.json")), outcome.Output);
        Assert.Equal(File.ReadAllText(cli.In("out/spec.json")), File.ReadAllText(elsewhere.In("again/spec.json")));

        Model model = ModelFile.Read(cli.In("m.safetensors"));
        model.Parameters.Weights[0][0]++;
        ModelFile.Write(cli.In("m.safetensors"), model);
        outcome = elsewhere.Run("run", cli.In("out"), "--output", "third");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("the weights are not those of the spec", outcome.Error, StringComparison.Ordinal);
        outcome = elsewhere.Run("run", cli.In("out"), "--save", "x.npz");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("is of 'stepzero evaluate', which does not take it. Leave it out.", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_are_replaced_only_by_force()
    {
        KeptModels.PutTable(cli, "m.safetensors");
        File.WriteAllText(cli.In("people.csv"), People);
        string[] command = ["evaluate", "m.safetensors", "--data", "people.csv", "--output", "out"];
        Assert.Equal(0, cli.Run(command).ExitCode);
        Outcome again = cli.Run(command);
        Assert.Equal((1, ""), (again.ExitCode, again.Output));
        Assert.Contains("out: already holds results", again.Error, StringComparison.Ordinal);
        Assert.Equal(0, cli.Run([.. command, "--force", "--no-plots"]).ExitCode);
        Assert.Equal(["results.json", "spec.json"], Files("out"));
    }

    private IEnumerable<string> Files(string output) => Directory.GetFiles(cli.In(output)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
