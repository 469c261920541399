using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Numerics;

public sealed class LossTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(19)]
    public void Softmax_loss_and_derivative_equal_the_plain_formulas(int samples)
    {
        const int Classes = 4;
        (Matrix<double> outputs, Matrix<double> labels) = Random(Classes, samples, 3);
        Matrix<double> delta = Matrix<double>.Allocate(Classes, 24).ColumnRange(0, samples);
        CompensatedSum sum = default;
        SoftmaxLoss.Evaluate(outputs, labels, 0.5, delta, ref sum);

        double expected = 0;
        for (int i = 0; i < samples; i++)
        {
            double all = Enumerable.Range(0, Classes).Sum(row => Math.Exp(outputs[row][i]));
            int label = (int)labels[0][i];
            expected += Math.Log(all) - outputs[label][i];
            for (int row = 0; row < Classes; row++)
            {
                Assert.Equal(0.5 * ((Math.Exp(outputs[row][i]) / all) - (row == label ? 1 : 0)), delta[row][i], 1e-15);
            }
        }

        Assert.Equal(expected, sum.Value, 1e-14 * expected);
    }

    [Fact]
    public void Padding_counts_nothing_even_where_it_is_not_a_number()
    {
        (Matrix<float> outputs, Matrix<float> labels) = (Matrix<float>.Allocate(3, 16), Matrix<float>.Allocate(1, 16));
        for (int row = 0; row < 3; row++)
        {
            outputs[row].Fill(float.NaN);
            outputs[row][0] = 0;
        }

        Matrix<float> delta = Matrix<float>.Allocate(3, 16);
        delta[1].Fill(9);
        CompensatedSum sum = default;
        SoftmaxLoss.Evaluate(outputs.ColumnRange(0, 1), labels.ColumnRange(0, 1), 1, delta.ColumnRange(0, 1), ref sum);
        Assert.Equal(Math.Log(3), sum.Value, 1e-7);
        Assert.All(delta[1][1..].ToArray(), value => Assert.Equal(0, value));

        sum = default;
        SquaredLoss.Evaluate(outputs.RowRange(0, 1).ColumnRange(0, 1), labels.ColumnRange(0, 1), 1, delta.RowRange(1, 1).ColumnRange(0, 1), ref sum);
        Assert.Equal(0, sum.Value);
        Assert.All(delta[1].ToArray(), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(0, 40, 1.0 * 4.248354255291589e-18)]
    [InlineData(0, 800, 0)]
    [InlineData(1, 800, 800)]
    [InlineData(1, 1e300, 1e300)]
    public void A_sure_answer_keeps_its_digits(int label, double logit, double loss)
    {
        // Two classes of outputs z and 0: the loss of the first is ln(1 + e^−z), of the second z + ln(1 + e^−z).
        Matrix<double> outputs = Matrix<double>.Allocate(2, 1), labels = Matrix<double>.Allocate(1, 1), delta = Matrix<double>.Allocate(2, 1);
        outputs[0][0] = logit;
        labels[0][0] = label;
        CompensatedSum sum = default;
        SoftmaxLoss.Evaluate(outputs, labels, 1, delta, ref sum);
        Assert.Equal(loss, sum.Value, Math.Max(1e-300, 1e-14 * loss));
        Assert.Equal(-delta[0][0], delta[1][0]);
        Assert.Equal(label == 0 ? -Math.Exp(-logit) : 1, delta[0][0], Math.Max(1e-300, 1e-14 * Math.Exp(-logit)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_not_finite_shows_in_the_sum(double value)
    {
        for (int label = 0; label < 2; label++)
        {
            Matrix<double> outputs = Matrix<double>.Allocate(2, 3), labels = Matrix<double>.Allocate(1, 3);
            outputs[1][1] = value;
            labels[0][1] = label;
            CompensatedSum sum = default;
            SoftmaxLoss.Evaluate(outputs, labels, 1, Matrix<double>.Allocate(2, 3), ref sum);
            Assert.False(double.IsFinite(sum.Value));
        }
    }

    [Fact]
    public void Squared_loss_has_no_factor_of_a_half()
    {
        Matrix<double> outputs = Matrix<double>.Allocate(1, 9), targets = Matrix<double>.Allocate(1, 9), delta = Matrix<double>.Allocate(1, 9);
        for (int i = 0; i < 9; i++)
        {
            (outputs[0][i], targets[0][i]) = (i, 2);
        }

        CompensatedSum sum = default;
        SquaredLoss.Evaluate(outputs, targets, 0.25, delta, ref sum);
        Assert.Equal(4 + 1 + 0 + 1 + 4 + 9 + 16 + 25 + 36, sum.Value);
        Assert.Equal([-1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3], delta[0].ToArray());
    }

    private static (Matrix<double> Outputs, Matrix<double> Labels) Random(int classes, int samples, uint seed)
    {
        var random = new NumPyRandom(seed);
        Matrix<double> outputs = Matrix<double>.Allocate(classes, samples), labels = Matrix<double>.Allocate(1, samples);
        for (int row = 0; row < classes; row++)
        {
            random.FillStandardNormal(outputs[row]);
        }

        for (int i = 0; i < samples; i++)
        {
            labels[0][i] = (int)(random.Uniform() * classes);
        }

        return (outputs, labels);
    }
}
