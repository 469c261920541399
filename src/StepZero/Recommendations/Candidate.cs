using System.Globalization;
using StepZero.Data;
using StepZero.Initialization;
using StepZero.Training;

namespace StepZero.Recommendations;

/// <summary>A setting that advice chooses among: how weights start, how long steps are and how features are scaled.</summary>
/// <param name="Initializer">How weights start.</param>
/// <param name="LearningRate">The step along the negative gradient.</param>
/// <param name="Scaling">How features are scaled.</param>
/// <param name="Library">The library whose layers start so when nobody says anything; null for a start that is nobody's default.</param>
public sealed record Candidate(Initializer Initializer, double LearningRate, Scaling Scaling, Library? Library = null)
{
    /// <summary>The setting as options of <c>stepzero compare</c>, by their names without dashes.</summary>
    public IReadOnlyList<(string Name, string Value)> Options =>
        [("init", Initializer.Name), ("learning-rate", LearningRate.ToString(CultureInfo.InvariantCulture)), ("scaling", Scaling.ToString())];

    /// <summary>The text: "xavier:gain=2, rate 0.5, standardize".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Initializer.Name}, rate {LearningRate}, {Scaling}");

    /// <summary>Whether another is the same setting.</summary>
    public bool Equals(Candidate? other) =>
        other is not null && Initializer.Name == other.Initializer.Name && LearningRate == other.LearningRate && Scaling == other.Scaling;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Initializer.Name, LearningRate, Scaling);

    /// <summary>A training of it.</summary>
    /// <param name="question">The training that is asked about.</param>
    /// <param name="seed">The seed of the weights.</param>
    internal RunSpec Of(RunSpec question, uint seed) =>
        question with { Initializer = Initializer, Seed = seed, Training = question.Training with { LearningRate = LearningRate, Scaling = Scaling } };
}
