#:project ../src/StepZero/StepZero.csproj
#:project ../src/StepZero.Files/StepZero.Files.csproj

// Ten classes, Adam in batches, and the network in a file: dotnet run samples/keep-a-network.cs
using StepZero.Data;
using StepZero.Files;
using StepZero.Files.Models;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

(Dataset train, Dataset test) = Split.Random(BuiltInTables.Read("digits"), testFraction: 0.2, seed: 1);
var architecture = new Architecture(train.FeatureCount, hidden: [64], Activation.Relu, Loss.CrossEntropy, outputs: train.Classes.Count);
var options = new TrainingOptions { Optimizer = Optimizer.Parse("adam"), LearningRate = 0.001, BatchSize = 64, Epochs = 60 };
PreparedData prepared = PreparedData.Prepare(train, architecture, options);
RunResult result = Trainings.Run([new RunSpec(architecture, Initializer.He, options)], prepared, test)[0];
Console.WriteLine($"cost {result.Record.EpochCosts![0]:F4} after the first epoch, {result.Record.TrainCost:F4} after the last; test accuracy {result.TestAccuracy:P1}");

string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "digits.safetensors");
ModelFile.Write(file, prepared.ModelOf(architecture, result.FinalParameters!.Value));
Model model = ModelFile.Read(file);
Predictions predictions = model.Predict(test);
int answer = predictions.Choice(0);
Console.WriteLine($"The first held-out picture is a {model.Answers[answer]} with probability {predictions.Probabilities(0)[answer]:F3}; it is a {test.Classes[test.Labels[0]]}.");
Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
