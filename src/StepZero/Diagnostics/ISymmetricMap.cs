using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Diagnostics;

/// <summary>A symmetric matrix that is known by its products with vectors. A vector may have padding inside, which is and stays 0.</summary>
internal interface ISymmetricMap
{
    /// <summary>The elements of a vector, padding included.</summary>
    public int Length { get; }

    /// <summary>The elements without padding.</summary>
    public int Dimension { get; }

    /// <summary>Writes the product with a vector, [1, length], to another.</summary>
    public void Multiply(Matrix<double> vector, Matrix<double> product);

    /// <summary>Fills a vector with standard normal numbers.</summary>
    public void Fill(Matrix<double> vector, NumPyRandom random);
}
