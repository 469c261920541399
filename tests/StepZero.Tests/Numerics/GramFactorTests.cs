using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Numerics;

public sealed class GramFactorTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 20)]
    [InlineData(20, 7)]
    [InlineData(61, 60)]
    public void Is_a_factor_of_the_Gram_matrix_with_a_row_for_each_independent_sample(int samples, int features)
    {
        Matrix<double> gram = Gram(Noise(samples, features));
        Matrix<double> factor = GramFactor.Of(gram, features);
        Assert.Equal(Math.Min(samples, features), factor.Rows);
        AssertFactor(gram, factor);
    }

    [Fact]
    public void Repeated_samples_and_sums_of_others_add_no_row()
    {
        Matrix<double> x = Noise(12, 40);
        for (int feature = 0; feature < 40; feature++)
        {
            x[3][feature] = x[1][feature];
            x[5][feature] = 0;
            x[8][feature] = x[0][feature] - (1000 * x[2][feature]);
        }

        Matrix<double> gram = Gram(x);
        Matrix<double> factor = GramFactor.Of(gram, 40);
        Assert.Equal(9, factor.Rows);
        AssertFactor(gram, factor);
    }

    [Fact]
    public void Many_samples_of_few_dimensions_have_few_rows()
    {
        // 60 samples of 100 features that are sums of five patterns: what is left after five rows is rounding, some of it above 0.
        Matrix<double> x = Matrix<double>.Allocate(60, 100);
        MatrixProduct.Add(Noise(60, 5), Noise(5, 100), x);
        Matrix<double> gram = Gram(x);
        Matrix<double> factor = GramFactor.Of(gram, 100);
        Assert.Equal(5, factor.Rows);
        AssertFactor(gram, factor);
    }

    [Fact]
    public void A_sample_that_differs_by_a_millionth_has_a_row()
    {
        Matrix<double> x = Noise(2, 30);
        x[0].CopyTo(x[1]);
        x[1][7] += 1e-6;
        Assert.Equal(2, GramFactor.Of(Gram(x), 30).Rows);
    }

    [Fact]
    public void Samples_of_zeros_have_one_row_of_zeros()
    {
        Matrix<double> factor = GramFactor.Of(Matrix<double>.Allocate(4, 4), 9);
        Assert.Equal(1, factor.Rows);
        Assert.Equal([0, 0, 0, 0], factor[0]);
    }

    private static Matrix<double> Noise(int samples, int features)
    {
        Matrix<double> x = Matrix<double>.Allocate(samples, features);
        var random = new NumPyRandom(2);
        for (int sample = 0; sample < samples; sample++)
        {
            random.FillStandardNormal(x[sample]);
        }

        return x;
    }

    private static Matrix<double> Gram(Matrix<double> x)
    {
        Matrix<double> gram = Matrix<double>.Allocate(x.Rows, x.Rows);
        MatrixProduct.AddTransposedRight(x, x, gram);
        return gram;
    }

    private static void AssertFactor(Matrix<double> gram, Matrix<double> factor)
    {
        double most = 0;
        for (int i = 0; i < gram.Rows; i++)
        {
            most = Math.Max(most, gram[i][i]);
        }

        for (int i = 0; i < gram.Rows; i++)
        {
            for (int j = 0; j < gram.Rows; j++)
            {
                double sum = 0;
                for (int row = 0; row < factor.Rows; row++)
                {
                    sum += factor[row][i] * factor[row][j];
                }

                Assert.Equal(gram[i][j], sum, 1e-14 * most);
            }
        }
    }
}
