using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>An activation function, whichever it is, applied to whole matrices and to single numbers.</summary>
internal abstract record ActivationPass
{
    /// <summary>Writes φ(z) to <paramref name="a"/> and replaces each z by φ′(z), which the backward pass multiplies by.</summary>
    public abstract void Apply<T>(Matrix<T> z, Matrix<T> a) where T : unmanaged;

    /// <summary>Writes φ″(z) to <paramref name="bends"/>.</summary>
    public abstract void SecondDerivative<T>(Matrix<T> z, Matrix<T> bends) where T : unmanaged;

    /// <summary>φ(z) and φ′(z) of one number, the same bits as in a matrix.</summary>
    public abstract (double Value, double Derivative) Evaluate(double z);

    /// <summary>φ″(z) of one number, the same bits as in a matrix.</summary>
    public abstract double SecondDerivative(double z);
}

/// <summary>The pass of one function. Two are equal where their functions are.</summary>
internal sealed unsafe record ActivationPass<TFunction>(TFunction Function) : ActivationPass
    where TFunction : struct, IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply<T>(Matrix<T> z, Matrix<T> a)
    {
        TFunction function = Function;
        int length = z.VectorsPerRow * Vector512<T>.Count;
        for (int row = 0; row < z.Rows; row++)
        {
            T* from = z.Data + ((nint)row * z.Stride);
            T* to = a.Data + ((nint)row * a.Stride);
            for (int i = 0; i < length; i += Vector512<T>.Count)
            {
                function.Evaluate(Vector512.Load(from + i), out Vector512<T> derivative).Store(to + i);
                derivative.Store(from + i);
            }
        }

        z.KeepAlive();
        a.KeepAlive();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void SecondDerivative<T>(Matrix<T> z, Matrix<T> bends)
    {
        TFunction function = Function;
        int length = z.VectorsPerRow * Vector512<T>.Count;
        for (int row = 0; row < z.Rows; row++)
        {
            T* from = z.Data + ((nint)row * z.Stride);
            T* to = bends.Data + ((nint)row * bends.Stride);
            for (int i = 0; i < length; i += Vector512<T>.Count)
            {
                function.SecondDerivative(Vector512.Load(from + i)).Store(to + i);
            }
        }

        z.KeepAlive();
        bends.KeepAlive();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override (double Value, double Derivative) Evaluate(double z)
    {
        double value = Function.Evaluate(Vector512.Create(z), out Vector512<double> derivative)[0];
        return (value, derivative[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double SecondDerivative(double z) => Function.SecondDerivative(Vector512.Create(z))[0];
}
