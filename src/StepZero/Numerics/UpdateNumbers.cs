using System.Numerics;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>
/// The numbers of one update by <see cref="UpdateRules"/>, as vectors: the same in every place for one network, or with one network a lane its own in each. They
/// are given in double precision and rounded once.
/// </summary>
internal struct UpdateNumbers<T> where T : unmanaged, INumberBase<T>
{
    /// <summary>The numbers of one network.</summary>
    /// <param name="rate">The step; that of <see cref="UpdateRules.Adapt"/> is divided by 1 − first to the power of the updates.</param>
    /// <param name="decay">The share of the values that is added to the gradient.</param>
    /// <param name="first">The share of the first moment that is kept.</param>
    /// <param name="second">The share of the second moment that is kept.</param>
    /// <param name="epsilon">What is added to the root.</param>
    /// <param name="scale">What the root is multiplied by.</param>
    /// <param name="kept">What the values are multiplied by first.</param>
    public UpdateNumbers(double rate, double decay, double first, double second, double epsilon, double scale, double kept)
    {
        Step = Vector512.Create(T.CreateTruncating(-rate));
        Decay = Vector512.Create(T.CreateTruncating(decay));
        First = Vector512.Create(T.CreateTruncating(first));
        Second = Vector512.Create(T.CreateTruncating(second));

        // As in PyTorch: in single precision 1 − 0.999 keeps only four digits where 0.999 is rounded first.
        FirstRest = Vector512.Create(T.CreateTruncating(1 - first));
        SecondRest = Vector512.Create(T.CreateTruncating(1 - second));
        Epsilon = Vector512.Create(T.CreateTruncating(epsilon));
        Scale = Vector512.Create(T.CreateTruncating(scale));
        Kept = Vector512.Create(T.CreateTruncating(kept));
    }

    /// <summary>The negative rate.</summary>
    public Vector512<T> Step { get; private set; }

    public Vector512<T> Decay { get; private set; }

    public Vector512<T> First { get; private set; }

    /// <summary>1 less <see cref="First"/>.</summary>
    public Vector512<T> FirstRest { get; private set; }

    public Vector512<T> Second { get; private set; }

    /// <summary>1 less <see cref="Second"/>.</summary>
    public Vector512<T> SecondRest { get; private set; }

    public Vector512<T> Epsilon { get; private set; }

    public Vector512<T> Scale { get; private set; }

    public Vector512<T> Kept { get; private set; }

    /// <summary>Puts the numbers of another network in a lane.</summary>
    public void Set(int lane, in UpdateNumbers<T> other)
    {
        Step = Step.WithElement(lane, other.Step[0]);
        Decay = Decay.WithElement(lane, other.Decay[0]);
        First = First.WithElement(lane, other.First[0]);
        FirstRest = FirstRest.WithElement(lane, other.FirstRest[0]);
        Second = Second.WithElement(lane, other.Second[0]);
        SecondRest = SecondRest.WithElement(lane, other.SecondRest[0]);
        Epsilon = Epsilon.WithElement(lane, other.Epsilon[0]);
        Scale = Scale.WithElement(lane, other.Scale[0]);
        Kept = Kept.WithElement(lane, other.Kept[0]);
    }
}
