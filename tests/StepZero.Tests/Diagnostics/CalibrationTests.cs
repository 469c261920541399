using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Tests.Diagnostics;

/// <summary>A small part of what bench/StepZero.Benchmarks/Calibration does: verdicts beside real trainings of networks of all kinds.</summary>
public sealed class CalibrationTests
{
    private const int Networks = 100;
    private static readonly string[] Sets = ["blobs:100", "moons:100", "circles:100", "xor:100"];
    private static readonly string[] Starts = ["he", "xavier", "glorot_uniform", "orthogonal", "default@pytorch", "he:gain=3", "xavier:gain=0.2", "random:10", "zeros"];

    [Fact]
    public void Verdicts_come_true_whether_a_training_is_seen_to_its_end_or_foretold_from_its_first_half()
    {
        var random = new NumPyRandom(7);
        var told = new List<(double Probability, bool Trains)>();
        for (int i = 0; i < Networks; i++)
        {
            (PreparedData data, RunSpec spec) = Draw(random);
            Diagnosis diagnosis = Diagnosis.Of([spec], data)[0];
            TrainingRecord record = Trainings.Run([spec], data)[0].Record;
            var goal = TrainingGoal.Of(spec.Architecture.Loss, data.Data);
            bool trains = record.Costs.Length == spec.Training.Iterations && goal.IsReached(record.Costs);
            Assert.Equal((trains, 1.0), (diagnosis.Outlook != Outlook.WillNotTrain, diagnosis.Confidence));
            if (record.Costs.Length == spec.Training.Iterations)
            {
                var first = new Probe(record.Costs[..(record.Costs.Length / 2)], record.Costs.Length, false, []);
                told.Add((Forecast.Of(first, goal).Probability, trains));
            }
        }

        double right = told.Average(one => one.Probability >= 0.5 == one.Trains ? 1 : 0), surprise = told.Average(one => -Math.Log(one.Trains ? one.Probability : 1 - one.Probability));
        TestContext.Current.TestOutputHelper?.WriteLine($"{told.Count} foretold, {told.Average(one => one.Trains ? 1 : 0):P0} train, {right:P1} right, mean -ln {surprise:F3}");
        Assert.InRange(told.Average(one => one.Trains ? 1 : 0), 0.3, 0.7);
        Assert.True(right >= 0.9, $"{right:P1} right");
        Assert.True(surprise < 0.25, $"mean -ln {surprise:F3}");
    }

    private static (PreparedData Data, RunSpec Spec) Draw(NumPyRandom random)
    {
        Dataset data = DataSource.Load(Any(Sets), 1, new DataOptions()).Data;
        var network = new Architecture(data.FeatureCount, [.. Enumerable.Repeat((int)Between(2, 12), (int)Between(1, 5))], Activation.Parse(Any(Activation.Names)));
        var options = new TrainingOptions { LearningRate = Between(0.01, 3), Iterations = (int)Between(100, 600) };
        return (PreparedData.Prepare(data, network, options), new RunSpec(network, Initializer.Parse(Any(Starts)), options, random.NextUInt32()));

        double Between(double low, double high) => low * Math.Pow(high / low, random.Uniform());

        string Any(IReadOnlyList<string> of) => of[(int)(random.Uniform() * of.Count)];
    }
}
