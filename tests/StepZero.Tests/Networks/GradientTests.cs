using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Numerics;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Tests.Networks;

public sealed class GradientTests
{
    public static TheoryData<string, string, string, string> Networks
    {
        get
        {
            var cases = new TheoryData<string, string, string, string>();
            foreach (string activation in EveryActivation.Texts)
            {
                foreach (string hidden in (string[])["", "1", "4", "6,3", "3,2,5"])
                {
                    cases.Add(activation, hidden, "primal", "auto");
                    cases.Add(activation, hidden, "dual", "center");
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_gradient_equals_central_differences(string activation, string hidden, string form, string scaling)
    {
        // 300 samples, so that the passes run over two blocks.
        const int Samples = 300, Features = 5;
        var random = new NumPyRandom(4);
        double[] features = new double[Samples * Features];
        random.FillStandardNormal(features);
        Dataset data = Dataset.FromValues("d", features, Features, [.. Enumerable.Range(0, Samples).Select(_ => random.Uniform() < 0.5 ? 0 : 1)], ["a", "b"]);
        int[] sizes = [.. hidden.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        var architecture = new Architecture(Features, sizes, Activation.Parse(activation));
        var options = new TrainingOptions { Form = CanonicalText.Parse<TrainingForm>(form), Scaling = Scaling.Parse(scaling) };
        PreparedData prepared = PreparedData.Prepare(data, architecture, options);
        Parameters start = Initializer.Xavier.Draw(architecture, 7);
        foreach (double[] biases in start.Biases)
        {
            random.FillStandardNormal(biases);
        }

        var trainer = (Trainer<double>)prepared.StartTrainer(architecture, start, 0.1);
        trainer.Step();
        trainer.ComputeGradient(out ReadOnlySpan<double> computed);
        double[] gradient = computed.ToArray();
        if (prepared.Form == TrainingForm.Dual)
        {
            MultiplyByGram(gradient, ((PreparedData<double>)prepared).Inputs, architecture.LayerSizes[1]);
        }

        // The last value of the dual form, the share of the initial weights, has no gradient.
        for (int i = 0; i < gradient.Length - (prepared.Form == TrainingForm.Dual ? Matrix<double>.VectorLength : 0); i++)
        {
            double value = trainer.Values[i];
            const double Step = 1e-6;
            trainer.Values[i] = value + Step;
            double above = trainer.Cost();
            trainer.Values[i] = value - Step;
            double below = trainer.Cost();
            trainer.Values[i] = value;
            Assert.Equal((above - below) / (2 * Step), gradient[i], 2e-8 * (1 + Math.Abs(gradient[i])));
        }
    }

    [Theory]
    [InlineData("cross_entropy", "primal", null)]
    [InlineData("cross_entropy", "dual", null)]
    [InlineData("cross_entropy", "primal", 40)]
    [InlineData("mse", "primal", null)]
    [InlineData("mse", "dual", null)]
    [InlineData("mse", "primal", 300)]
    [InlineData("binary_cross_entropy", "primal", 40)]
    [InlineData("binary_cross_entropy", "primal", 299)]
    public void The_gradient_of_every_loss_equals_central_differences(string name, string form, int? batch)
    {
        const int Samples = 310, Features = 5;
        var random = new NumPyRandom(4);
        double[] features = new double[Samples * Features], numbers = new double[Samples];
        random.FillStandardNormal(features);
        random.FillStandardNormal(numbers);
        Loss loss = CanonicalText.Parse<Loss>(name);
        Dataset data = Dataset.FromValues("d", features, Features, [.. Enumerable.Range(0, Samples).Select(i => i % 3)], ["a", "b", "c"]);
        data = loss == Loss.Mse ? data.WithTargets(numbers) : data;
        var architecture = new Architecture(Features, [6, 3], Activation.Tanh, loss, loss == Loss.CrossEntropy ? 3 : 1);
        var options = new TrainingOptions { Form = CanonicalText.Parse<TrainingForm>(form), BatchSize = batch };
        PreparedData prepared = PreparedData.Prepare(data, architecture, options);
        var trainer = (Trainer<double>)prepared.StartTrainer(architecture, Initializer.Xavier.Draw(architecture, 7), 0.1);
        trainer.Step();
        trainer.ComputeGradient(out ReadOnlySpan<double> computed);
        double[] gradient = computed.ToArray();
        if (prepared.Form == TrainingForm.Dual)
        {
            MultiplyByGram(gradient, ((PreparedData<double>)prepared).Inputs, 6);
        }

        for (int i = 0; i < gradient.Length - (prepared.Form == TrainingForm.Dual ? Matrix<double>.VectorLength : 0); i++)
        {
            const double Step = 1e-6;
            double value = trainer.Values[i];
            trainer.Values[i] = value + Step;
            double above = trainer.ComputeGradient(out _);
            trainer.Values[i] = value - Step;
            double below = trainer.ComputeGradient(out _);
            trainer.Values[i] = value;
            Assert.Equal((above - below) / (2 * Step), gradient[i], 2e-8 * (1 + Math.Abs(gradient[i])));
        }
    }

    [Fact]
    public void A_network_worked_by_hand()
    {
        // One sample x = (1, 2) of label 1; one hidden tanh unit with w = (0.5, −0.25), b = 0; output v = 2, c = 0.
        //   z = 0.5 − 0.5 = 0, a = tanh 0 = 0, logit = 0, cost = ln 2, δ₂ = σ(0) − 1 = −0.5
        //   ∂v = δ₂·a = 0, ∂c = −0.5, δ₁ = v·δ₂·(1 − a²) = −1, ∂w = δ₁·x = (−1, −2), ∂b = −1
        // and the second sample x = (0, 0) of label 0 is its mirror: z = 0, δ₂ = 0.5, ∂c = 0.5, δ₁ = 1, ∂w = (0, 0), ∂b = 1.
        // With rate 1 and the mean over two samples: w = (1, 0.75), b = 0, v = 2, c = 0.
        Dataset data = Dataset.FromValues("two", [1, 2, 0, 0], 2, [1, 0], ["0", "1"]).WithPositive("1");
        var architecture = new Architecture(2, [1], Activation.Tanh);
        var start = new Parameters(architecture);
        ((double[])[0.5, -0.25]).CopyTo(start.Weights[0], 0);
        start.Weights[1][0] = 2;
        foreach (TrainingForm form in (TrainingForm[])[TrainingForm.Primal, TrainingForm.Dual])
        {
            Trainer trainer = PreparedData.Prepare(data, architecture, new TrainingOptions { Form = form }).StartTrainer(architecture, start, 1);
            Assert.Equal(Math.Log(2), trainer.Step());
            Parameters after = trainer.CopyParameters();
            Assert.Equal([1, 0.75], after.Weights[0]);
            Assert.Equal([2], after.Weights[1]);
            Assert.Equal([0], after.Biases[0]);
            Assert.Equal([0], after.Biases[1]);
        }
    }

    /// <summary>The dual form steps along δ; the derivative by the coefficients is δ·G.</summary>
    private static void MultiplyByGram(double[] gradient, StepZero.Numerics.Matrix<double> gram, int units)
    {
        for (int unit = 0; unit < units; unit++)
        {
            double[] delta = gradient[(unit * gram.Stride)..((unit * gram.Stride) + gram.Columns)];
            for (int sample = 0; sample < delta.Length; sample++)
            {
                double sum = 0;
                for (int other = 0; other < delta.Length; other++)
                {
                    sum += delta[other] * gram[sample][other];
                }

                gradient[(unit * gram.Stride) + sample] = sum;
            }
        }
    }
}
