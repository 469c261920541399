#:project ../src/StepZero/StepZero.csproj
#:project ../src/StepZero.Reports/StepZero.Reports.csproj

using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Reports;
using StepZero.Sweeps;
using StepZero.Training;

// 1. The data: 100 pictures of cats and dogs, 150 × 150 pixels of three bytes, and others to test on.
Dataset train = GeneratedSets.Parse("pets:100", seed: 1);
Dataset test = GeneratedSets.Parse("pets:100", seed: 7);
string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;
File.WriteAllBytes(Path.Combine(folder, "samples.png"), DataPictures.Samples(train)!);
Console.WriteLine($"{train.SampleCount} pictures of {train.FeatureCount} features: {string.Join(" and ", train.Classes)}");

// 2. The network: 67,500 features, two hidden layers of five tanh units, one sigmoid unit.
var architecture = new Architecture(train.FeatureCount, hidden: [5, 5], Activation.Tanh);
Console.WriteLine($"{string.Join("-", architecture.LayerSizes)}: {architecture.ParameterCount} parameters");

// 3. How it is trained: gradient descent on all pictures at once. What all trainings share is computed once.
var options = new TrainingOptions { LearningRate = 0.01, Iterations = 1000 };
PreparedData prepared = PreparedData.Prepare(train, architecture, options);

// 4. Four starts, from one seed.
Initializer[] starts = [Initializer.Zeros, Initializer.RandomNormal(10), Initializer.He, Initializer.Xavier];
RunSpec[] specs = [.. starts.Select(start => new RunSpec(architecture, start, options, Seed: 1))];

// 5. A trainer makes one step after the other, so one can look at a network while it learns.
foreach (RunSpec spec in specs)
{
    Console.WriteLine($"\n{spec.Initializer.Name}: w = {spec.Initializer.Formula}");
    Trainer trainer = prepared.StartTrainer(architecture, spec.DrawParameters(), options.LearningRate);
    while (trainer.Iteration < options.Iterations)
    {
        double cost = trainer.Step();
        if (trainer.Iteration % 100 == 0)
        {
            Console.WriteLine($"The cost after {trainer.Iteration} iterations is: {cost}");
        }
    }

    Console.WriteLine($"The accuracy rate is: {100 * trainer.Accuracy():F2}%.");
}

// 6. The same as one comparison, with the accuracy on pictures that no network has seen, and a picture of the curves.
Comparison comparison = Comparison.Run(specs, prepared, test);
CostPlots.All(comparison).SavePng(Path.Combine(folder, "cost-curves.png"), 900, 560);
foreach (ComparedStart start in comparison.Starts)
{
    Console.WriteLine($"{start.Run.Spec.Initializer.Name,-16} test accuracy {100 * start.Run.TestAccuracy:F2}%");
}

Console.WriteLine($"Pictures: {folder}");
