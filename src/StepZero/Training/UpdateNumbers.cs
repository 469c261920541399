using System.Numerics;
using System.Runtime.Intrinsics;
using StepZero.Numerics;

namespace StepZero.Training;

/// <summary>The numbers of one update by an optimizer's rule, as vectors: the same in every place for one network, or with one network a lane its own in each.</summary>
internal struct UpdateNumbers<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Vector512<T> rate;
    private Vector512<T> decay;
    private Vector512<T> first;
    private Vector512<T> second;
    private Vector512<T> firstRest;
    private Vector512<T> secondRest;
    private Vector512<T> epsilon;
    private Vector512<T> scale;
    private Vector512<T> kept;

    /// <summary>The numbers of one network.</summary>
    /// <param name="training">Its options.</param>
    /// <param name="iteration">The updates made before.</param>
    /// <param name="rate">The learning rate of this update.</param>
    public static UpdateNumbers<T> Of(TrainingOptions training, int iteration, double rate)
    {
        IReadOnlyList<double> given = training.Optimizer.Parameters;
        bool adapts = training.Optimizer.StateCount == 2, decoupled = training.Optimizer.Rule == Optimizer.Kind.Adamw;

        // 1 less a parameter is rounded once, as in PyTorch: in single precision 1 − 0.999 keeps only four digits where 0.999 is rounded first.
        return new UpdateNumbers<T>
        {
            rate = Number(adapts ? rate / (1 - Math.Pow(given[0], iteration + 1)) : rate),
            decay = Number(decoupled ? 0 : training.WeightDecay),
            first = Number(given is [double one, ..] ? one : 0),
            firstRest = Number(given is [double kept, ..] ? 1 - kept : 0),
            second = Number(adapts ? given[1] : 0),
            secondRest = Number(adapts ? 1 - given[1] : 0),
            epsilon = Number(given is [.., double last] ? last : 0),
            scale = Number(adapts ? 1 / Math.Sqrt(1 - Math.Pow(given[1], iteration + 1)) : 0),
            kept = Number(decoupled ? 1 - (rate * training.WeightDecay) : 1),
        };

        static Vector512<T> Number(double value) => Vector512.Create(T.CreateTruncating(value));
    }

    /// <summary>Puts the numbers of another network in a lane.</summary>
    public void Set(int lane, in UpdateNumbers<T> other)
    {
        rate = rate.WithElement(lane, other.rate[0]);
        decay = decay.WithElement(lane, other.decay[0]);
        first = first.WithElement(lane, other.first[0]);
        firstRest = firstRest.WithElement(lane, other.firstRest[0]);
        second = second.WithElement(lane, other.second[0]);
        secondRest = secondRest.WithElement(lane, other.secondRest[0]);
        epsilon = epsilon.WithElement(lane, other.epsilon[0]);
        scale = scale.WithElement(lane, other.scale[0]);
        kept = kept.WithElement(lane, other.kept[0]);
    }

    /// <summary>Changes values by the rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="values">The values, [1, …].</param>
    /// <param name="gradient">Their gradient, in the same layout.</param>
    /// <param name="moments">What the optimizer remembers, in the same layout.</param>
    public readonly void Apply(Optimizer.Kind rule, Matrix<T> values, Matrix<T> gradient, IReadOnlyList<Matrix<T>> moments)
    {
        switch (rule)
        {
            case Optimizer.Kind.Gd:
                UpdateRules.Descend(values, gradient, rate, decay);
                break;
            case Optimizer.Kind.Momentum or Optimizer.Kind.Nesterov:
                UpdateRules.Accelerate(values, gradient, moments[0], rate, decay, first, rule == Optimizer.Kind.Nesterov);
                break;
            case Optimizer.Kind.Rmsprop:
                UpdateRules.Normalize(values, gradient, moments[0], rate, decay, first, firstRest, epsilon);
                break;
            default:
                UpdateRules.Adapt(
                    values, gradient, moments[0], moments[1], new AdamStep<T>(rate, scale, kept, decay, first, second, firstRest, secondRest, epsilon));
                break;
        }
    }
}
