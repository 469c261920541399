using StepZero.Networks;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Reports;

/// <summary>A network before and after its training: what pictures and report look into.</summary>
/// <param name="Start">The start it trained from.</param>
/// <param name="Before">The weights it started with.</param>
/// <param name="After">The trained weights; null where the training did not come to its end.</param>
/// <param name="ActivationsBefore">For each hidden layer the activations of the training samples at the start, [units, samples], row-major.</param>
/// <param name="ActivationsAfter">The same after training; null where the training did not come to its end.</param>
public sealed record TrainedNetwork(
    ComparedStart Start, Parameters Before, Parameters? After, IReadOnlyList<double[]> ActivationsBefore, IReadOnlyList<double[]>? ActivationsAfter)
{
    /// <summary>The spec that it was trained by.</summary>
    public RunSpec Spec => Start.Run.Spec;

    /// <summary>Makes the weights of all starts of a comparison again, and the activations that they give.</summary>
    public static IReadOnlyList<TrainedNetwork> Of(Comparison comparison)
    {
        var networks = new TrainedNetwork[comparison.Starts.Count];
        Parallel.For(0, networks.Length, i =>
        {
            RunResult run = comparison.Starts[i].Run;
            Architecture architecture = run.Spec.Architecture;
            Parameters before = run.Spec.DrawParameters(comparison.Data);
            Parameters? after = run.FinalParameters?.Value;
            networks[i] = new TrainedNetwork(
                comparison.Starts[i], before, after, comparison.Data.Activations(architecture, before),
                after is null ? null : comparison.Data.Activations(architecture, after));
        });
        return networks;
    }
}
