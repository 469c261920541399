using System.CommandLine;
using StepZero.Training;
using static StepZero.Cli.OptionText;

namespace StepZero.Cli;

/// <summary>The options that say how weights are updated, and how long.</summary>
internal static class UpdateOptions
{
    private static readonly Option<string> Rule = Text(
        "--optimizer", "RULE", $"{string.Join(", ", Optimizer.Names)}; parameters as in momentum:beta=0.9, rmsprop:alpha=0.99:eps=1e-8, adam:beta1=0.9:beta2=0.999:eps=1e-8", "gd");

    public static readonly Option<string> LearningRate = Text("--learning-rate", "RATE", "Step along the negative gradient", "0.01");

    private static readonly Option<string> Schedule = Text(
        "--schedule", "HOW", "How the rate goes, in updates: constant, step:every=200:factor=0.1, cosine:final=0, each with :warmup=100 if wished", "constant");

    public static readonly Option<string> WeightDecay = Text("--weight-decay", "λ", "Shrinks weights and biases, as PyTorch's weight_decay [default: 0; adamw 0.01]");

    private static readonly Option<string> ClipNorm = Text("--clip-norm", "NORM", "The largest norm of a gradient; longer ones are shortened [default: none]");

    public static readonly Option<string> Iterations = Text("--iterations", "N", "Updates", "1000");

    private static readonly Option<string> BatchSize = Text("--batch-size", "N", "Samples of one update, in an order by --seed that is new in each epoch [default: all]");

    private static readonly Option<string> Epochs = Text("--epochs", "N", "Passes through the samples, in place of --iterations; keeps the cost after each [default: none]");

    public static readonly Option<string> Stopping = Text(
        "--early-stopping", "EPOCHS", "End once the cost on a tenth of the training samples, held out, has not fallen for so many epochs; another share as in 10:held=0.2 [default: never]");

    public static readonly Option[] All = [Rule, LearningRate, Schedule, WeightDecay, ClipNorm, Iterations, BatchSize, Epochs, Stopping];

    /// <summary>Reads what was parsed into options.</summary>
    /// <exception cref="UsageException">A value is impossible.</exception>
    public static TrainingOptions Read(ParseResult parsed, TrainingOptions others)
    {
        bool hasIterations = parsed.GetResult(Iterations) is { Implicit: false };
        if (hasIterations && parsed.GetValue(Epochs) is not null)
        {
            throw new UsageException("--iterations and --epochs exclude each other. Use one of them.");
        }

        Optimizer optimizer = Parse(parsed, Rule, Optimizer.Parse);
        return others with
        {
            Optimizer = optimizer,
            LearningRate = Parse(parsed, LearningRate, ReadRate),
            Schedule = Parse(parsed, Schedule, LearningRateSchedule.Parse),
            WeightDecay = Optional(parsed, WeightDecay, ReadDecay) ?? optimizer.UsualDecay,
            ClipNorm = Optional(parsed, ClipNorm, text => Number(text, "a finite number above 0", value => value > 0)),
            Iterations = Parse(parsed, Iterations, text => (int)Whole(text, 1, int.MaxValue)),
            BatchSize = Optional(parsed, BatchSize, text => (int)Whole(text, 1, int.MaxValue)),
            Epochs = Optional(parsed, Epochs, text => (int)Whole(text, 1, int.MaxValue)),
            EarlyStopping = parsed.GetValue(Stopping) is null ? null : Parse(parsed, Stopping, EarlyStopping.Parse),
        };
    }

    /// <exception cref="StepZeroException">It is no learning rate.</exception>
    public static double ReadRate(string text) => Number(text, "a finite number above 0", value => value > 0);

    /// <exception cref="StepZeroException">It is no weight decay.</exception>
    public static double ReadDecay(string text) => Number(text, "a finite number, 0 and above", value => value >= 0);

    /// <summary>The options by their names without dashes, with their canonical values.</summary>
    public static IEnumerable<(string Name, object Value)> Canonical(TrainingOptions training)
    {
        (Option Option, object? Value)[] all =
        [
            (Rule, training.Optimizer.ToString()), (LearningRate, training.LearningRate),
            (Schedule, training.Schedule == LearningRateSchedule.Constant ? null : training.Schedule.ToString()),
            (WeightDecay, training.WeightDecay == 0 && training.Optimizer.UsualDecay == 0 ? null : training.WeightDecay), (ClipNorm, training.ClipNorm),
            (Iterations, training.Epochs is null ? training.Iterations : null), (BatchSize, training.BatchSize), (Epochs, training.Epochs),
            (Stopping, training.EarlyStopping?.ToString()),
        ];
        return all.Where(option => option.Value is not null).Select(option => (option.Option.Name.TrimStart('-'), option.Value!));
    }
}
