using System.Numerics;
using System.Runtime.CompilerServices;
using StepZero.Numerics;

namespace StepZero.Training;

/// <summary>The updates of one training: its optimizer with what that remembers, its schedule, and the clipping of gradients.</summary>
/// <param name="training">The options.</param>
/// <param name="samples">The training samples, by which the length of the schedule is known.</param>
/// <param name="layout">Values of the network.</param>
internal sealed class OptimizerSteps<T>(TrainingOptions training, int samples, NetworkValues<T> layout) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Keeps the factor of a clipped gradient finite, as in PyTorch.</summary>
    private const double NormGuard = 1e-6;

    private readonly int iterations = training.UpdatesFor(samples);
    private UpdateNumbers<T> numbers;
    private double numbersRate = double.NaN;

    /// <summary>For each part of the values what is remembered of it, where parts have rates of their own.</summary>
    private Matrix<T>[][]? momentParts;

    /// <summary>δ·G where gradients of the dual form are clipped.</summary>
    private Matrix<T> product;

    /// <summary>What the optimizer remembers, [1, values] each.</summary>
    public IReadOnlyList<Matrix<T>> Moments { get; } =
        [.. Enumerable.Range(0, training.Optimizer.StateCount).Select(_ => Matrix<T>.Allocate(1, layout.All.Columns))];

    /// <summary>Changes the values by one update.</summary>
    /// <param name="iteration">The updates made before.</param>
    /// <param name="values">The values.</param>
    /// <param name="gradient">Their gradient; shortened where it is clipped.</param>
    /// <param name="gram">The Gram matrix in the dual form, otherwise empty.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(int iteration, NetworkValues<T> values, NetworkValues<T> gradient, Matrix<T> gram)
    {
        foreach (Matrix<T> biases in training.FixedBiases ? gradient.Biases : [])
        {
            Elementwise.Clear(biases);
        }

        if (training.ClipNorm is double most)
        {
            double shorter = most / (Norm(gradient, gram) + NormGuard);
            if (shorter < 1)
            {
                Elementwise.MultiplyBy(gradient.All, T.CreateTruncating(shorter));
            }
        }

        double factor = training.Schedule.FactorAt(iteration, iterations);
        if (training.LayerRates is null && !training.FixedBiases)
        {
            Apply(iteration, values.All, gradient.All, Moments, training.LearningRate * factor);
            return;
        }

        momentParts ??= [.. layout.Parts.Select(part => (Matrix<T>[])[.. Moments.Select(part.Of)])];
        for (int i = 0; i < values.Parts.Count; i++)
        {
            ValuePart part = values.Parts[i];
            if (!(part.AreBiases && training.FixedBiases))
            {
                Apply(iteration, part.Of(values.All), part.Of(gradient.All), momentParts[i], (training.LayerRates?[part.Layer] ?? training.LearningRate) * factor);
            }
        }
    }

    private void Apply(int iteration, Matrix<T> values, Matrix<T> gradient, IReadOnlyList<Matrix<T>> moments, double rate)
    {
        if (rate != numbersRate || training.Optimizer.ChangesWithTime)
        {
            (numbers, numbersRate) = (NumbersOf(training, iteration, rate), rate);
        }

        Apply(training.Optimizer.Rule, values, gradient, moments, numbers);
    }

    /// <summary>The numbers of one update.</summary>
    /// <param name="training">The options.</param>
    /// <param name="iteration">The updates made before.</param>
    /// <param name="rate">The learning rate of this update.</param>
    public static UpdateNumbers<T> NumbersOf(TrainingOptions training, int iteration, double rate)
    {
        IReadOnlyList<double> given = training.Optimizer.Parameters;
        switch (training.Optimizer.Rule)
        {
            case Optimizer.Kind.Gd:
                return new UpdateNumbers<T>(rate, training.WeightDecay, 0, 0, 0, 0, 0);
            case Optimizer.Kind.Momentum or Optimizer.Kind.Nesterov:
                return new UpdateNumbers<T>(rate, training.WeightDecay, given[0], 0, 0, 0, 0);
            case Optimizer.Kind.Rmsprop:
                return new UpdateNumbers<T>(rate, training.WeightDecay, given[0], 0, given[1], 0, 0);
            default:
                bool decoupled = training.Optimizer.Rule == Optimizer.Kind.Adamw;
                return new UpdateNumbers<T>(
                    rate / (1 - Math.Pow(given[0], iteration + 1)), decoupled ? 0 : training.WeightDecay, given[0], given[1], given[2],
                    1 / Math.Sqrt(1 - Math.Pow(given[1], iteration + 1)), decoupled ? 1 - (rate * training.WeightDecay) : 1);
        }
    }

    /// <summary>Changes values by a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="values">The values, [1, …].</param>
    /// <param name="gradient">Their gradient, in the same layout.</param>
    /// <param name="moments">What the optimizer remembers, in the same layout.</param>
    /// <param name="numbers">The numbers of the update.</param>
    public static void Apply(Optimizer.Kind rule, Matrix<T> values, Matrix<T> gradient, IReadOnlyList<Matrix<T>> moments, in UpdateNumbers<T> numbers)
    {
        switch (rule)
        {
            case Optimizer.Kind.Gd: UpdateRules.Descend(values, gradient, numbers); break;
            case Optimizer.Kind.Momentum or Optimizer.Kind.Nesterov: UpdateRules.Accelerate(values, gradient, moments[0], numbers, rule == Optimizer.Kind.Nesterov); break;
            case Optimizer.Kind.Rmsprop: UpdateRules.Normalize(values, gradient, moments[0], numbers); break;
            default: UpdateRules.Adapt(values, gradient, moments[0], moments[1], numbers); break;
        }
    }

    /// <summary>The norm of the gradient of all weights and biases. In the dual form that of the first layer is δ·X, and its square Σ δ·G·δᵀ over the units.</summary>
    private double Norm(NetworkValues<T> gradient, Matrix<T> gram)
    {
        if (gram.IsEmpty)
        {
            return Math.Sqrt(Elementwise.SumOfProducts(gradient.All, gradient.All));
        }

        Matrix<T> delta = gradient.Weights[0];
        product = product.IsEmpty ? Matrix<T>.Allocate(delta.Rows, gram.Columns) : product;
        Elementwise.Clear(product);
        MatrixProduct.Add(delta, gram, product);

        // Rounding may leave a little below 0 of what is 0.
        double square = Math.Max(0, Elementwise.SumOfProducts(delta, product));
        for (int layer = 0; layer < gradient.Weights.Length; layer++)
        {
            square += Elementwise.SumOfProducts(gradient.Biases[layer], gradient.Biases[layer]);
            square += layer == 0 ? 0 : Elementwise.SumOfProducts(gradient.Weights[layer], gradient.Weights[layer]);
        }

        return Math.Sqrt(square);
    }
}
