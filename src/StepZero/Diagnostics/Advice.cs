using System.Globalization;
using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Diagnostics;

/// <summary>A change of the options of a training. What is null stays as it is.</summary>
/// <param name="Why">What it brings, as a clause without a full stop.</param>
public sealed record Advice(string Why)
{
    /// <summary>Another start of the weights.</summary>
    public Initializer? Initializer { get; init; }

    /// <summary>Another activation of the hidden layers.</summary>
    public Activation? Activation { get; init; }

    /// <summary>Another scaling of the features.</summary>
    public Scaling? Scaling { get; init; }

    /// <summary>Another learning rate.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Another number of updates, or of epochs where those were given.</summary>
    public int? Rounds { get; init; }

    /// <summary>The changes as options of the command line, by their names without dashes, with their values.</summary>
    /// <param name="spec">What they are advice for.</param>
    public IReadOnlyList<(string Name, string Value)> Options(RunSpec spec)
    {
        (string Name, string? Value)[] all =
        [
            ("init", Initializer?.Name), ("activation", Activation?.ToString()), ("scaling", Scaling?.ToString()),
            ("learning-rate", LearningRate?.ToString(CultureInfo.InvariantCulture)),
            (spec.Training.Epochs is null ? "iterations" : "epochs", Rounds?.ToString(CultureInfo.InvariantCulture)),
        ];
        return [.. all.Where(option => option.Value is not null).Select(option => (option.Name, option.Value!))];
    }

    /// <summary>The training with the changes made. Data must be prepared anew for it where the scaling changes, or the rounds where a form is to be chosen.</summary>
    /// <param name="spec">The training as it was.</param>
    public RunSpec Apply(RunSpec spec)
    {
        Architecture network = spec.Architecture;
        TrainingOptions training = spec.Training;
        return spec with
        {
            Architecture = Activation is null ? network : new Architecture(network.LayerSizes[0], [.. network.LayerSizes.Skip(1).SkipLast(1)], Activation, network.Loss, network.OutputCount),
            Initializer = Initializer ?? spec.Initializer,
            Training = training with
            {
                LearningRate = LearningRate ?? training.LearningRate,
                Scaling = Scaling ?? training.Scaling,
                Iterations = training.Epochs is null ? Rounds ?? training.Iterations : training.Iterations,
                Epochs = training.Epochs is null ? null : Rounds ?? training.Epochs,
            },
        };
    }

    /// <summary>This advice and another: where both change one option, this one decides, and the reason of the other stays out where nothing of it is left.</summary>
    /// <param name="other">The other.</param>
    public Advice With(Advice other) => new(IsWholly(other) ? Why : $"{Why}; {other.Why}")
    {
        Initializer = Initializer ?? other.Initializer,
        Activation = Activation ?? other.Activation,
        Scaling = Scaling ?? other.Scaling,
        LearningRate = LearningRate ?? other.LearningRate,
        Rounds = Rounds ?? other.Rounds,
    };

    /// <summary>Whether nothing of another advice is left beside this one.</summary>
    private bool IsWholly(Advice other) =>
        (other.Initializer is null || Initializer is not null) && (other.Activation is null || Activation is not null) && (other.Scaling is null || Scaling is not null)
        && (other.LearningRate is null || LearningRate is not null) && (other.Rounds is null || Rounds is not null);
}
