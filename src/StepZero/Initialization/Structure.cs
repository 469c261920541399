using System.Numerics;
using StepZero.Numerics;

namespace StepZero.Initialization;

/// <summary>Tensors that are made as a whole: identities, orthogonal and sparse matrices, Hadamard's. Weights are zero where nothing is said.</summary>
internal static class Structure
{
    /// <summary>1 at one place of the kernel between input i and output i of each group.</summary>
    public static void Dirac(Span<double> weights, TensorShape shape, int center)
    {
        if (weights.IsEmpty)
        {
            return;
        }

        for (int group = 0; group < shape.Groups; group++)
        {
            for (int i = 0; i < Math.Min(shape.OutputsOfGroup, shape.InputsOfGroup); i++)
            {
                weights[shape.Offset(group, i, i, center)] = 1;
            }
        }
    }

    /// <summary>
    /// The matrix [outputs, inputs × kernel] of each group has orthonormal rows, or columns if it has more rows: the Q of the QR decomposition of a normal
    /// matrix with the signs of R's diagonal, which makes it uniform over all such matrices (Saxe, McClelland and Ganguli 2013; Mezzadri 2007).
    /// </summary>
    public static void Orthogonal(Span<double> weights, TensorShape shape, Draws draws)
    {
        if (weights.IsEmpty)
        {
            return;
        }

        int rows = shape.OutputsOfGroup, kernel = (int)shape.ReceptiveField, columns = shape.InputsOfGroup * kernel;

        for (int group = 0; group < shape.Groups; group++)
        {
            double[] matrix = draws.Of(rows * columns, Distribution.Normal(0, 1));
            OrthogonalMatrix.Replace(matrix, rows, columns);
            for (int output = 0, i = 0; output < rows; output++)
            {
                for (int input = 0; input < shape.InputsOfGroup; input++)
                {
                    for (int place = 0; place < kernel; place++)
                    {
                        weights[shape.Offset(group, output, input, place)] = matrix[i++];
                    }
                }
            }
        }
    }

    /// <summary>An orthogonal matrix at the center of the kernel: a convolution that keeps the norm of what it is given (Xiao et al. 2018).</summary>
    public static void DeltaOrthogonal(Span<double> weights, TensorShape shape, Draws draws)
    {
        if (weights.IsEmpty)
        {
            return;
        }

        int outputs = shape.OutputsOfGroup, inputs = shape.InputsOfGroup, center = Center(shape.Kernel, roundUp: false);
        for (int group = 0; group < shape.Groups; group++)
        {
            double[] matrix = draws.Of(outputs * inputs, Distribution.Normal(0, 1));
            OrthogonalMatrix.Replace(matrix, outputs, inputs);
            for (int output = 0; output < outputs; output++)
            {
                for (int input = 0; input < inputs; input++)
                {
                    weights[shape.Offset(group, output, input, center)] = matrix[(output * inputs) + input];
                }
            }
        }
    }

    /// <summary>Normal draws, of which each input keeps only some: the same number of zeros in every column.</summary>
    public static void Sparse(Span<double> weights, TensorShape shape, double sparsity, double deviation, Draws draws)
    {
        int rows = shape.OutputsOfGroup, columns = shape.InputsOfGroup, zeros = ZerosOfColumn(shape, sparsity);
        draws.Of(weights.Length, Distribution.Normal(0, deviation)).CopyTo(weights);
        for (int group = 0; group < shape.Groups; group++)
        {
            for (int column = 0; column < columns; column++)
            {
                foreach (int row in draws.Source.Permutation(rows).AsSpan(0, zeros))
                {
                    weights[shape.Offset(group, row, column, 0)] = 0;
                }
            }
        }
    }

    public static int ZerosOfColumn(TensorShape shape, double sparsity) => (int)Math.Ceiling(sparsity * shape.OutputsOfGroup);

    /// <summary>
    /// The identity, cut off where inputs exceed outputs; where outputs exceed inputs the corner of Hadamard's matrix of the next power of two, 2^m ≥
    /// outputs, times 2^(−(m − 1)/2) (Zhao, Schäfer and Anandkumar 2022, algorithm 1). In a convolution at the center of the kernel.
    /// </summary>
    public static void Hadamard(Span<double> weights, TensorShape shape)
    {
        int outputs = shape.OutputsOfGroup, inputs = shape.InputsOfGroup, center = Center(shape.Kernel, roundUp: true);
        if (outputs <= inputs)
        {
            Dirac(weights, shape, center);
            return;
        }

        if (weights.IsEmpty)
        {
            return;
        }

        double scale = HadamardScale(outputs);
        for (int group = 0; group < shape.Groups; group++)
        {
            for (int output = 0; output < outputs; output++)
            {
                for (int input = 0; input < inputs; input++)
                {
                    // Sylvester's matrix: −1 to the number of bits that both indices have.
                    weights[shape.Offset(group, output, input, center)] = int.IsEvenInteger(BitOperations.PopCount((uint)(output & input))) ? scale : -scale;
                }
            }
        }
    }

    /// <summary>2^(−(m − 1)/2), from a root and powers of two alone, so that every machine has the same bits.</summary>
    public static double HadamardScale(int outputs)
    {
        int m = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)outputs));
        return Math.ScaleB(int.IsOddInteger(m) ? 1 : Math.Sqrt(2), -(m / 2));
    }

    /// <summary>The middle of the kernel, row-major; of an even axis the later or the earlier of its two.</summary>
    public static int Center(int[] kernel, bool roundUp) => kernel.Aggregate(0, (index, size) => (index * size) + (roundUp ? size / 2 : (size - 1) / 2));
}
