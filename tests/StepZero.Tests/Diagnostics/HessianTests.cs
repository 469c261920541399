using System.Text.Json;
using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Numerics;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Tests.Diagnostics;

public sealed class HessianTests
{
    private static readonly JsonElement Golden = Repository.Golden("curvature.json");

    public static TheoryData<string, string, string> Networks
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (string activation in (string[])["tanh", "gelu", "softplus", "silu", "sin:2", "relu", "sigmoid", "mish"])
            {
                foreach (string hidden in (string[])["", "4", "3,2", "2,3,2"])
                {
                    foreach (string loss in (string[])["binary_cross_entropy", "cross_entropy", "mse"])
                    {
                        cases.Add(activation, hidden, loss);
                    }
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Equals_central_differences_of_gradients(string activation, string hidden, string loss)
    {
        foreach (TrainingForm form in (TrainingForm[])[TrainingForm.Primal, TrainingForm.Dual])
        {
            // In the dual form once more features than samples, and once fewer, so that the Gram matrix is singular.
            foreach ((int samples, int features) in ((int, int)[])[(6, 9), (13, 4)])
            {
                Case point = Case.Of(activation, hidden, loss, form, samples, features);
                double[][] expected = point.Plain.Hessian(point.Values, 1e-5);
                double most = expected.Max(row => row.Max(Math.Abs));
                Matrix<double> dense = Curvature.Dense(point.Hessian, CancellationToken.None);
                Assert.Equal(expected.Length, dense.Rows);
                for (int row = 0; row < expected.Length; row++)
                {
                    for (int column = 0; column < expected.Length; column++)
                    {
                        Assert.Equal(expected[row][column], dense[row][column], 1e-7 * most);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Is_symmetric(string activation, string hidden, string loss)
    {
        foreach (TrainingForm form in (TrainingForm[])[TrainingForm.Primal, TrainingForm.Dual])
        {
            // Two blocks of samples, the second of an odd number.
            Hessian hessian = Case.Of(activation, hidden, loss, form, 301, 5).Hessian;
            var random = new NumPyRandom(11);
            Matrix<double> u = Vector(hessian), v = Vector(hessian), ofU = Vector(hessian), ofV = Vector(hessian);
            hessian.Fill(u, random);
            hessian.Fill(v, random);
            hessian.Multiply(u, ofU);
            hessian.Multiply(v, ofV);
            double size = Math.Sqrt(Elementwise.SumOfProducts(u, u) * Elementwise.SumOfProducts(ofV, ofV));
            Assert.Equal(Elementwise.SumOfProducts(u, ofV) / size, Elementwise.SumOfProducts(v, ofU) / size, 1e-13);
            Assert.NotEqual(0, Elementwise.SumOfProducts(u, ofV));
        }
    }

    [Fact]
    public void Products_are_those_of_PyTorch()
    {
        double[] vector, expected;
        foreach (JsonElement golden in Golden.GetProperty("networks").EnumerateArray())
        {
            (Dataset data, Architecture architecture, Parameters parameters) = GoldenNetwork.Read(Golden, golden);
            PreparedData prepared = PreparedData.Prepare(data, architecture, new TrainingOptions { Form = TrainingForm.Primal });
            Hessian hessian = Curvature.HessianOf(prepared, architecture, CancellationToken.None);
            Assert.Equal(golden.GetProperty("cost").GetDouble(), Curvature.Settle(hessian, prepared, parameters), 1e-15);
            (vector, expected) = (golden.GetProperty("vector").Numbers(), golden.GetProperty("product").Numbers());
            Matrix<double> direction = Vector(hessian), product = Vector(hessian);
            int[] places = hessian.Places();
            for (int i = 0; i < places.Length; i++)
            {
                direction[0][places[i]] = vector[i];
            }

            hessian.Multiply(direction, product);
            Precision(expected, [.. places.Select(place => product[0][place])], 1e-14);
        }
    }

    [Fact]
    public void A_product_over_two_blocks_is_the_mean_of_both()
    {
        // 300 samples, each of the first 150 twice: the same mean as over 150.
        (Hessian once, Hessian twice) = (Repeated(1), Repeated(2));
        Matrix<double> v = Vector(once), ofOnce = Vector(once), ofTwice = Vector(once);
        once.Fill(v, new NumPyRandom(3));
        once.Multiply(v, ofOnce);
        twice.Multiply(v, ofTwice);
        Precision(ofOnce[0].ToArray(), ofTwice[0].ToArray(), 1e-14);

        static Hessian Repeated(int times)
        {
            double[] features = new double[150 * 4];
            new NumPyRandom(8).FillStandardNormal(features);
            Dataset data = Dataset.FromValues(
                "d", [.. Enumerable.Repeat(features, times).SelectMany(all => all)], 4, [.. Enumerable.Range(0, 150 * times).Select(i => i % 3)], ["a", "b", "c"]);
            var architecture = new Architecture(4, [3, 2], Activation.Tanh, Loss.CrossEntropy, 3);
            PreparedData prepared = PreparedData.Prepare(data, architecture, new TrainingOptions { Form = TrainingForm.Primal });
            Hessian hessian = Curvature.HessianOf(prepared, architecture, CancellationToken.None);
            Curvature.Settle(hessian, prepared, Initializer.He.Draw(architecture, 3));
            return hessian;
        }
    }

    [Fact]
    public void A_product_allocates_nothing()
    {
        Hessian hessian = Case.Of("gelu", "4,3", "cross_entropy", TrainingForm.Dual, 300, 20).Hessian;
        Matrix<double> v = Vector(hessian), product = Vector(hessian);
        hessian.Fill(v, new NumPyRandom(3));
        hessian.Multiply(v, product);
        long before = GC.GetAllocatedBytesForCurrentThread();
        hessian.Multiply(v, product);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Where_the_network_is_sure_no_digits_cancel()
    {
        // One sample x = 1 and three outputs z = (40, 0, 1): p of the others is e^−40 and e^−39, and for the bias of the second class H₂₂ = p₂·(1 − p₂).
        // With the two losses of one output: p·(1 − p) = e^−40/(1 + e^−40)².
        double small = Math.Exp(-40), other = Math.Exp(-39), sum = 1 + small + other;
        double[] spectrum = Spectrum(Loss.CrossEntropy, [40, 0, 1]);
        double p1 = 1 / sum, p2 = small / sum, p3 = other / sum;

        // The eigenvalues of diag(p) − p·pᵀ: 0, and two of the sum p₁(1 − p₁) + … = 2(p₁p₂ + p₁p₃ + p₂p₃), and the product 3·p₁p₂p₃.
        double half = (p1 * p2) + (p1 * p3) + (p2 * p3), root = Math.Sqrt((half * half) - (3 * p1 * p2 * p3));
        Precision([half + root, half - root], [.. spectrum.Take(2).Select(value => value / 2)], 1e-14);
        Precision([2 * small / ((1 + small) * (1 + small))], Spectrum(Loss.BinaryCrossEntropy, [40])[..1], 1e-14);

        static double[] Spectrum(Loss loss, double[] biases)
        {
            // The weight and the bias of an output see the same input 1, so each eigenvalue is doubled, and the rest is 0.
            Dataset data = Dataset.FromValues("d", [1], 1, [0], loss == Loss.CrossEntropy ? ["a", "b", "c"] : ["a", "b"]);
            var architecture = new Architecture(1, [], Activation.Tanh, loss, biases.Length);
            var parameters = new Parameters(architecture);
            biases.CopyTo(parameters.Biases[0], 0);
            return Curvature.Spectrum(PreparedData.Prepare(data, architecture, new TrainingOptions { Form = TrainingForm.Primal }), architecture, parameters);
        }
    }

    /// <summary>Each number within a share of the largest.</summary>
    internal static void Precision(double[] expected, double[] actual, double share)
    {
        Assert.Equal(expected.Length, actual.Length);
        double most = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], share * most);
        }
    }

    private static Matrix<double> Vector(Hessian hessian) => Matrix<double>.Allocate(1, hessian.Length);

    /// <summary>A Hessian at a point, and the same network in plain loops with its parameters as a row.</summary>
    private sealed record Case(Hessian Hessian, PlainNetwork Plain, double[] Values)
    {
        public static Case Of(string activation, string hidden, string lossName, TrainingForm form, int samples, int features)
        {
            var random = new NumPyRandom(5);
            double[] x = new double[samples * features], numbers = new double[samples];
            random.FillStandardNormal(x);
            random.FillStandardNormal(numbers);
            Loss loss = CanonicalText.Parse<Loss>(lossName);
            Dataset data = Dataset.FromValues("d", x, features, [.. Enumerable.Range(0, samples).Select(i => i % 3)], ["a", "b", "c"]);
            data = loss == Loss.Mse ? data.WithTargets(numbers) : data;
            int[] sizes = [.. hidden.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
            var architecture = new Architecture(features, sizes, Activation.Parse(activation), loss, loss == Loss.CrossEntropy ? 3 : 1);
            PreparedData prepared = PreparedData.Prepare(data, architecture, new TrainingOptions { Form = form });
            Parameters parameters = Initializer.Xavier.Draw(architecture, 7);
            foreach (double[] biases in parameters.Biases)
            {
                random.FillStandardNormal(biases);
            }

            Hessian hessian = Curvature.HessianOf(prepared, architecture, CancellationToken.None);
            Curvature.Settle(hessian, prepared, parameters);
            return new Case(hessian, PlainOf(prepared, architecture, parameters), ValuesOf(prepared, architecture, parameters));
        }

        private static Matrix<double> Inputs(PreparedData prepared) => prepared.Form == TrainingForm.Dual
            ? GramFactor.Of(((PreparedData<double>)prepared).Inputs, prepared.Data.FeatureCount)
            : ((PreparedData<double>)prepared).Inputs;

        private static PlainNetwork PlainOf(PreparedData prepared, Architecture architecture, Parameters parameters)
        {
            Matrix<double> inputs = Inputs(prepared), products = SampleBlocks.Project(prepared.Data, prepared.Scaling, parameters.Weights[0]);
            Dataset data = prepared.Data;
            double[][] samples = [.. Enumerable.Range(0, data.SampleCount).Select(sample => Column(inputs, sample))];
            double[][] offsets = [.. samples.Select((x, sample) => prepared.Form == TrainingForm.Dual ? Column(products, sample) : new double[products.Rows])];
            return new PlainNetwork(architecture, samples, offsets, architecture.Loss switch
            {
                Loss.Mse => [.. data.Targets!],
                Loss.CrossEntropy => [.. data.Labels.ToArray().Select(label => (double)label)],
                _ => [.. samples.Select((_, sample) => data.IsPositive(sample) ? 1.0 : 0.0)],
            });
        }

        /// <summary>In the dual form the coordinates of the first layer are 0 at the point.</summary>
        private static double[] ValuesOf(PreparedData prepared, Architecture architecture, Parameters parameters) =>
        [
            .. Enumerable.Range(0, architecture.LayerCount).SelectMany(layer => (double[])
            [
                .. layer == 0 && prepared.Form == TrainingForm.Dual ? new double[architecture.LayerSizes[1] * Inputs(prepared).Rows] : parameters.Weights[layer],
                .. parameters.Biases[layer],
            ]),
        ];

        private static double[] Column(Matrix<double> matrix, int column) => [.. Enumerable.Range(0, matrix.Rows).Select(row => matrix[row][column])];
    }
}
