using StepZero.Diagnostics;
using StepZero.Training;

namespace StepZero.Benchmarks.Calibration;

/// <summary>A verdict, and what came of the training.</summary>
/// <param name="Configuration">What was diagnosed.</param>
/// <param name="Outlook">The verdict.</param>
/// <param name="Confidence">How sure it was.</param>
/// <param name="Cause">The finding it rests on; "" where there is none.</param>
/// <param name="IsWhole">Whether the probe saw the training to its end.</param>
/// <param name="Course">Where the first costs point to; of those that were foretold.</param>
/// <param name="Target">What the last cost has to be below.</param>
/// <param name="Trains">Whether it did.</param>
/// <param name="RisingShare">The share of all updates after which the cost was higher.</param>
internal sealed record Trial(
    Configuration Configuration, Outlook Outlook, double Confidence, string Cause, bool IsWhole, CostCourse? Course, double Target, bool Trains, double RisingShare)
{
    /// <summary>Whether the verdict says that it trains.</summary>
    public bool IsForetold => Outlook != Outlook.WillNotTrain;

    /// <summary>Whether the verdict came true.</summary>
    public bool IsRight => IsForetold == Trains;

    /// <summary>Diagnoses a configuration as a user gets it, and then trains it for its whole budget.</summary>
    public static Trial Of(Configuration configuration)
    {
        (RunSpec spec, PreparedData data) = (configuration.Spec, Prepare(configuration));
        Diagnosis diagnosis = Diagnosis.Of([spec], data)[0];
        TrainingRecord record = Trainings.Run([spec], data)[0].Record;
        var whole = new Probe(record.Costs, spec.Training.Iterations, record.Costs.Length < spec.Training.Iterations, []);
        Probe probe = diagnosis.Probe;
        return new Trial(
            configuration, diagnosis.Outlook, diagnosis.Confidence, diagnosis.Cause?.Rule.Id ?? "", probe.IsWhole, probe.IsWhole ? null : CostCourse.Of(probe),
            diagnosis.Forecast.Target, !whole.Diverged && TrainingGoal.Of(spec.Architecture.Loss, data.Data).IsReached(record.Costs), whole.RisingShare);
    }

    /// <summary>The processor seconds of a diagnosis, and of 30 updates.</summary>
    public static (double Diagnosis, double Updates) Time(Configuration configuration)
    {
        (RunSpec spec, PreparedData data) = (configuration.Spec, Prepare(configuration));
        double diagnosis = ProcessorSeconds(() => Diagnosis.Of([spec], data));
        Trainer trainer = data.StartTrainer(spec.Architecture, spec.DrawParameters(data), spec.Training.LearningRate, spec.Seed);
        return (diagnosis, ProcessorSeconds(() =>
        {
            for (int i = 0; i < 30; i++)
            {
                trainer.Step();
            }
        }));
    }

    private static PreparedData Prepare(Configuration configuration) =>
        PreparedData.Prepare(configuration.Data, configuration.Spec.Architecture, configuration.Spec.Training);

    private static double ProcessorSeconds(Action work)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }
}
