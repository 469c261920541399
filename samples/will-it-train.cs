#:project ../src/StepZero/StepZero.csproj

// Whether networks will train, why, and what to change: dotnet run samples/will-it-train.cs
using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

Dataset moons = GeneratedSets.Parse("moons:500:0.2", seed: 1);
var architecture = new Architecture(inputs: moons.FeatureCount, hidden: [16, 16], Activation.Tanh);
var options = new TrainingOptions { LearningRate = 0.5, Iterations = 2000 };
PreparedData prepared = PreparedData.Prepare(moons, architecture, options);
RunSpec[] specs = [.. new[] { "zeros", "random:10", "xavier" }.Select(name => new RunSpec(architecture, Initializer.Parse(name), options))];

foreach (Diagnosis diagnosis in Diagnosis.Of(specs, prepared))
{
    Console.WriteLine($"{diagnosis.Spec.Initializer.Name}: {diagnosis.Outlook}, {diagnosis.Confidence:P0} sure, sharpness {diagnosis.Probe.Sharpness[0].Value:F2} of {diagnosis.SharpnessLimit:F2}");
    foreach (Finding finding in diagnosis.Findings)
    {
        string advice = finding.Advice is null ? "" : $" ({string.Join(" ", finding.Advice.Options(diagnosis.Spec).Select(option => $"--{option.Name} {option.Value}"))})";
        Console.WriteLine($"  {finding.Rule.Id}: {finding.Text}{advice}");
    }

    if (Treatment.Of(diagnosis, prepared, test: null, new Execution()) is { Helps: true } treatment)
    {
        Console.WriteLine($"  followed, the cost ends at {treatment.After.Record.FinalCost:F4} instead of {treatment.Before.Record.FinalCost:F4}");
    }
}
