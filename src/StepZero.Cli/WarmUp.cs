using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Cli;

/// <summary>
/// Compiles the kernels while the pictures are being read. The runtime compiles a method when it is first called; for the kernels of one training
/// that takes a tenth of a second, longer than the training itself.
/// </summary>
internal static class WarmUp
{
    private const int Samples = 100;
    private const int Features = 100;

    /// <summary>Starts a training of the same kind on a few bytes, which nobody waits for.</summary>
    public static void Start(JobSettings settings) => Task.Run(() =>
    {
        byte[] pixels = new byte[Samples * Features];
        pixels[0] = 1;
        var data = Dataset.FromBytes("warm-up", pixels, Features, new int[Samples], ["a", "b"]);
        TrainingOptions training = settings.Training with
        {
            Iterations = 1,
            Epochs = null,
            Schedule = LearningRateSchedule.Constant,
            EarlyStopping = null,
            BatchSize = settings.Training.BatchSize is int size ? Math.Min(size, Samples - 1) : null,
            Form = settings.Training.Form == TrainingForm.Auto && settings.Training.Optimizer.HasDualForm ? TrainingForm.Dual : settings.Training.Form,
        };
        var architecture = new Architecture(Features, settings.Hidden, settings.Activation, settings.Loss ?? Loss.BinaryCrossEntropy, settings.Loss == Loss.CrossEntropy ? 2 : 1);
        Trainings.Run(new RunSpec(architecture, Initializer.Xavier, training), data);
    });
}
