#:project ../src/StepZero/StepZero.csproj

using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

Dataset moons = GeneratedSets.Parse("moons:500:0.2", seed: 1);
(Dataset train, Dataset test) = Split.Random(moons, testFraction: 0.2, seed: 1);
var architecture = new Architecture(inputs: train.FeatureCount, hidden: [16, 16], Activation.Tanh);
var options = new TrainingOptions { LearningRate = 0.5, Iterations = 2000 };

foreach (Initializer start in (Initializer[])[Initializer.Zeros, Initializer.RandomNormal(10), Initializer.He, Initializer.Xavier])
{
    RunResult result = Trainings.Run(new RunSpec(architecture, start, options, Seed: 1), train, test);
    Console.WriteLine($"{start.Name,-16} cost {result.Record.Costs[0]:F4} -> {result.Record.Costs[^1]:F4}, test accuracy {result.TestAccuracy:P1}");
}
