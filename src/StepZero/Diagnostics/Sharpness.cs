using StepZero.Training;

namespace StepZero.Diagnostics;

/// <summary>
/// The sharpness of the cost along a training: the largest eigenvalue of its Hessian at the trainer's present parameters. Each search starts from the
/// eigenvector found last, so between near steps a few products do. One instance serves one thread, that of its trainer.
/// </summary>
/// <remarks>Gradient descent with a rate below 2/sharpness goes down; training tends to raise the sharpness up to there (Cohen et al. 2021, arXiv:2103.00065).</remarks>
/// <example>
/// <code>
/// var sharpness = new Sharpness(trainer);
/// do { Console.WriteLine(sharpness.Measure()); } while (trainer.Step() > 0.1);
/// </code>
/// </example>
public sealed class Sharpness
{
    /// <summary>‖H·v − λ·v‖ as a share of |λ|; the error of λ is at most that, and about its square where the next eigenvalue is not near.</summary>
    private const double Tolerance = 1e-4;

    private const int MostProducts = 500;

    private readonly Trainer trainer;
    private readonly Hessian hessian;
    private readonly Lanczos search;
    private readonly CancellationToken cancellation;
    private bool knowsVector;

    /// <summary>The sharpness along a training.</summary>
    /// <param name="trainer">The trainer, in any state; this only reads it.</param>
    public Sharpness(Trainer trainer)
        : this(trainer, CancellationToken.None)
    {
    }

    /// <summary>The same, whose measurements can be ended early.</summary>
    internal Sharpness(Trainer trainer, CancellationToken cancellation)
    {
        this.trainer = trainer;
        this.cancellation = cancellation;
        hessian = Curvature.HessianOf(trainer.Prepared, trainer.Architecture, cancellation);
        search = new Lanczos(hessian, 1, wantsSmallest: false);
    }

    /// <summary>How many products of the Hessian with a vector all measurements so far took.</summary>
    public int Products { get; private set; }

    /// <summary>
    /// The largest eigenvalue at the trainer's present parameters, over all training samples: an eigenvalue is within 1e-4 of it, relative to the
    /// largest magnitude seen, or a little more where 500 products did not do. Nan once the training has diverged.
    /// </summary>
    public double Measure() => Measure(Tolerance, MostProducts);

    /// <summary>The same to a residual of another share, or, where so many products do not do, what they have found: no more than the largest eigenvalue.</summary>
    internal double Measure(double tolerance, int mostProducts)
    {
        trainer.CopyPoint(hessian.Point, hessian.FirstProducts);
        if (!double.IsFinite(hessian.Settle()))
        {
            return double.NaN;
        }

        Extremes found = search.Find(tolerance, mostProducts, knowsVector, cancellation);
        knowsVector = double.IsFinite(found.Largest[0]);
        Products += found.Products;
        return found.Largest[0];
    }
}
