#:project ../src/StepZero/StepZero.csproj
#:project ../src/StepZero.Files/StepZero.Files.csproj

// Data from a file, a folder of pictures or a set: dotnet run samples/own-data.cs [PATH|NAME]
using StepZero.Data;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

string source = args is [string given] ? given : "breast-cancer";
LoadedData loaded = DataSource.Load(source, seed: 1, new DataOptions { Missing = MissingValues.Drop });
loaded.Notes.ToList().ForEach(Console.WriteLine);

var summary = DataSummary.Of(loaded.Data);
Console.WriteLine($"{loaded.Data.Name} ({loaded.Source}): {loaded.Data.SampleCount} samples × {loaded.Data.FeatureCount} features, {summary.All.Minimum} to {summary.All.Maximum}");
foreach ((string name, int count) in loaded.Data.Classes.Zip(summary.ClassCounts))
{
    Console.WriteLine($"  {count} × {name}{(name == loaded.Data.Positive ? ", label 1" : "")}");
}

(Dataset train, Dataset test) = Split.Random(loaded.Data, testFraction: 0.25, seed: 1);
var options = new TrainingOptions { LearningRate = 0.3, Iterations = 300, Scaling = Scaling.Standardize };
var architecture = new Architecture(train.FeatureCount, hidden: [16], Activation.Tanh);
foreach (string start in (string[])["zeros", "random:10", "he", "xavier"])
{
    RunResult result = Trainings.Run(new RunSpec(architecture, Initializer.Parse(start), options), train, test);
    Console.WriteLine($"{start,-10} cost {result.Record.Costs[0]:F4} -> {result.Record.Costs[^1]:F4}, test accuracy {result.TestAccuracy:P1}");
}
