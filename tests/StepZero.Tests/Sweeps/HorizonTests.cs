using StepZero.Data;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.RandomNumbers;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Tests.Sweeps;

public sealed class HorizonTests
{
    [Theory]
    [InlineData(1e-6, 44)]
    [InlineData(0.01, 79)]
    [InlineData(0, 1)]
    [InlineData(0.5, null)]
    public void Costs_part_by_a_share_where_they_first_differ_by_more(double tolerance, int? expected)
    {
        // 1.3^t·1e-11 after 0: above 1e-6 from ln(1e5)/ln(1.3) = 43.9 on, above 1% from ln(1e9)/ln(1.3) = 78.98 on.
        Horizon horizon = Of(200, t => t == 0 ? 0 : Math.Min(1e-11 * Math.Pow(1.3, t), 0.4));
        Assert.Equal(expected, horizon.PartsBy(tolerance));
        Assert.Equal(horizon.PartsBy(Horizon.Tolerance), horizon.PartsAt);
        Assert.Null(horizon.LyapunovRate);
        Assert.Null(horizon.DoublingTime);
        Assert.Equal(Math.Log(2) / 0.1, (horizon with { LyapunovRate = 0.1 }).DoublingTime!.Value, 1e-15);
    }

    [Fact]
    public void A_horizon_of_no_costs_tells_nothing()
    {
        Horizon none = Of(0, _ => 0);
        Assert.Equal((null, null, null, null), (none.LyapunovRate, none.DoublingTime, none.PartsAt, none.PartsBy(1e-6)));
    }

    [Theory]
    [InlineData("pets:40:1", "gd", 1e-4, TrainingForm.Dual, Precision.Double, null, false)]
    [InlineData("pets:40:1", "gd", 0.05, TrainingForm.Dual, Precision.Double, null, true)]
    [InlineData("pets:40:1", "gd", 0.05, TrainingForm.Dual, Precision.Double, 20, true)]
    [InlineData("pets:40:1", "gd", 0.05, TrainingForm.Dual, Precision.Single, null, true)]
    [InlineData("pets:40:1", "momentum", 0.02, TrainingForm.Dual, Precision.Double, null, true)]
    [InlineData("moons:60:0.2", "adam", 0.001, TrainingForm.Primal, Precision.Double, 20, false)]
    public void A_wild_training_has_a_rate_and_a_calm_one_has_none(string set, string rule, double rate, TrainingForm form, Precision precision, int? batch, bool wild)
    {
        Dataset data = GeneratedSets.Parse(set, 1);
        var architecture = new Architecture(data.FeatureCount, [5, 5], Activation.Tanh);
        Horizon horizon = HorizonOf(data, new RunSpec(architecture, Initializer.He, new TrainingOptions
        {
            LearningRate = rate,
            Iterations = 200,
            Optimizer = Optimizer.Parse(rule),
            Form = form,
            Precision = precision,
            BatchSize = batch,
        }));
        TestContext.Current.TestOutputHelper?.WriteLine($"{rule}: rate {horizon.LyapunovRate:F3}, 1e-6 at {horizon.PartsBy(1e-6)}, 1% at {horizon.PartsAt}");
        Assert.Equal(wild, horizon.LyapunovRate is not null);
        Assert.True(!wild || horizon.LyapunovRate > 0.1);
    }

    [Fact]
    public void Interrupted_there_is_no_rate_but_a_horizon()
    {
        Dataset pets = GeneratedSets.Parse("pets:40:1", 1);
        var architecture = new Architecture(pets.FeatureCount, [5, 5], Activation.Tanh);
        var spec = new RunSpec(architecture, Initializer.He, new TrainingOptions { LearningRate = 0.05, Iterations = 200 });
        PreparedData data = PreparedData.Prepare(pets, architecture, spec.Training);
        IReadOnlyList<RunResult> runs = Trainings.Run([spec, spec with { Shadow = 1 }], data);
        Horizon whole = Horizon.Of(runs[0], [runs[1]], data), cut = Horizon.Of(runs[0], [runs[1]], data, new CancellationToken(canceled: true));
        Assert.NotNull(whole.LyapunovRate);
        Assert.Null(cut.LyapunovRate);
        Assert.Equal(whole.PartsAt, cut.PartsAt);
    }

    /// <summary>
    /// A unit of weight w behind a first weight u, both trained on one sample of target y: where both are equal in the right measure, gradient descent is
    /// V ← V + c·V·(1 − V²), and with c = 2, V = √2·cos θ that is θ ← 3θ + π: Chebyshev's cubic map, whose Lyapunov exponent is ln 3. An input of 1e6 makes
    /// the biases count for nothing: V² = w·u·1e6, c = 2·rate·1e6.
    /// </summary>
    [Fact]
    public void Training_that_is_the_cubic_map_of_Chebyshev_has_the_exponent_ln_3()
    {
        Dataset data = Dataset.FromValues("one", [1e6], 1, [0], ["a"]).WithTargets([1]);
        var architecture = new Architecture(1, [1], Activation.Identity, Loss.Mse);
        List<double> rates = [];
        for (int i = 1; i <= 9; i++)
        {
            var parameters = new Parameters(architecture);
            parameters.Weights[0][0] = parameters.Weights[1][0] = 1e-3 * Math.Sqrt(2) * Math.Cos(0.15 * i);
            Horizon horizon = HorizonOf(data, new RunSpec(
                architecture, Initializer.FromParameters("chebyshev", parameters), new TrainingOptions { LearningRate = 1e-6, Iterations = 100, Scaling = Scaling.None }));
            rates.Add(horizon.LyapunovRate!.Value);
            Assert.Equal(Math.Log(3), rates[^1], 0.2 * Math.Log(3));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{string.Join(" ", rates.Select(rate => rate.ToString("F3")))}, ln 3 is {Math.Log(3):F3}");
        Assert.Equal(Math.Log(3), rates.Average(), 0.05 * Math.Log(3));
    }

    /// <summary>
    /// On a quadratic cost a rate past 2/λ multiplies the distance to the minimum, and every deviation of it, by 1 − ηλ. A training that starts in the minimum
    /// of that direction stays there but for rounding, and its shadows leave it. λ = 8.5 + √(8.5² − 5), as in the tests of the curvature.
    /// </summary>
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void On_a_quadratic_cost_past_the_edge_deviations_grow_by_the_factor_of_the_step(double learningRate)
    {
        (Dataset data, Architecture architecture) = Line();
        Parameters minimum = new(architecture);
        (minimum.Weights[0][0], minimum.Biases[0][0]) = (-0.5, 3);
        Horizon horizon = HorizonOf(data, new RunSpec(
            architecture, Initializer.FromParameters("minimum", minimum), new TrainingOptions { LearningRate = learningRate, Iterations = 300, Scaling = Scaling.None }));
        double factor = (learningRate * (8.5 + Math.Sqrt((8.5 * 8.5) - 5))) - 1;
        TestContext.Current.TestOutputHelper?.WriteLine($"rate {horizon.LyapunovRate}, ln of the factor {Math.Log(factor)}, parts at {horizon.PartsAt}");
        Assert.Equal(Math.Log(factor), horizon.LyapunovRate!.Value, 0.02 * Math.Log(factor));
    }

    /// <summary>From elsewhere the distance to the minimum grows as its deviations do: each digit can be trusted.</summary>
    [Fact]
    public void A_linear_training_that_runs_away_can_be_reproduced()
    {
        (Dataset data, Architecture architecture) = Line();
        Horizon horizon = HorizonOf(data, new RunSpec(architecture, Initializer.He, new TrainingOptions { LearningRate = 0.3, Iterations = 100, Scaling = Scaling.None }));
        Assert.True(horizon.Costs.Lower[99] > 1e100);
        Assert.Equal((null, null), (horizon.LyapunovRate, horizon.PartsBy(1e-12)));
    }

    [Theory]
    [InlineData("he")]
    [InlineData("xavier")]
    public void The_rate_of_the_classic_training_is_the_growth_measured_between_weights(string start)
    {
        Dataset pictures = ImageFolder.Read(Repository.CatsAndDogs(), new DataOptions { Threads = 2 }).Data.WithPositive("cat");
        var architecture = new Architecture(pictures.FeatureCount, [5, 5], Activation.Tanh);
        var spec = new RunSpec(architecture, Initializer.Parse(start), new TrainingOptions { LearningRate = 0.01, Iterations = 120 });
        PreparedData data = PreparedData.Prepare(pictures, architecture, spec.Training, 2);
        Horizon horizon = Comparison.Run([spec], data, shadows: Horizon.DefaultShadows).Starts[0].Horizon!;
        int to = horizon.PartsAt!.Value - 1, from = 1 + Array.FindLastIndex(horizon.Deviations, to, deviation => deviation < 1.5e-14);
        double measured = GrowthOfParameters(data, spec, from, to);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{start}: rate {horizon.LyapunovRate:F3}, measured {measured:F3}, iterations {from} to {to}, 1e-6 at {horizon.PartsBy(1e-6)}, 1% at {horizon.PartsAt}");
        Assert.InRange(horizon.PartsAt.Value, 30, 100);
        Assert.InRange(horizon.PartsBy(1e-6)!.Value, 10, horizon.PartsAt.Value - 1);
        Assert.Equal(measured, horizon.LyapunovRate!.Value, 0.2 * measured);
    }

    /// <summary>
    /// The mean growth of ‖Δθ‖ over all weights and biases between a training and one beside it, which before each update is brought back to 1e-9 of it
    /// (Benettin et al. 1980).
    /// </summary>
    private static double GrowthOfParameters(PreparedData data, RunSpec spec, int from, int to)
    {
        const double Distance = 1e-9;
        Trainer run = data.StartTrainer(spec.Architecture, spec.DrawParameters(data)), beside = data.StartTrainer(spec.Architecture, spec.DrawParameters(data));
        double[] noise = new double[run.Save().Values.Length];
        new NumPyRandom(3).FillStandardNormal(noise);
        double[] direction = [.. run.Save().Values.Zip(noise, (value, draw) => value * draw)];
        double growth = 0, last = 0;
        for (int t = 0; t < to; t++)
        {
            TrainerState state = run.Save();
            double scale = Distance * Norm(state.Values) / Norm(direction);
            beside.Restore(state with { Values = [.. state.Values.Zip(direction, (value, change) => value + (scale * change))] });
            run.Step();
            beside.Step();
            direction = [.. beside.Save().Values.Zip(run.Save().Values, (a, b) => a - b)];
            if (t >= from - 1)
            {
                Parameters one = run.CopyParameters(), other = beside.CopyParameters();
                double distance = Norm([.. one.Weights.Concat(one.Biases).Zip(other.Weights.Concat(other.Biases), (a, b) => Norm([.. a.Zip(b, (x, y) => x - y)]))]);
                growth += t >= from ? Math.Log(distance / (last * scale)) : 0;
                last = distance;
            }
        }

        return growth / (to - from);
    }

    /// <summary>y of x = 1, 2, 3, 4, whose straight line of least squares is 3 − x/2.</summary>
    private static (Dataset Data, Architecture Architecture) Line() => (
        Dataset.FromValues("line", [1, 2, 3, 4], 1, [0, 0, 0, 0], ["a"]).WithTargets([5, -1, 0, 3]), new Architecture(1, [], Activation.Identity, Loss.Mse));

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(value => value * value));

    private static Horizon HorizonOf(Dataset data, RunSpec spec) =>
        Comparison.Run([spec], PreparedData.Prepare(data, spec.Architecture, spec.Training), shadows: Horizon.DefaultShadows).Starts[0].Horizon!;

    /// <summary>The horizon of a run of costs 1 and a shadow that deviates.</summary>
    private static Horizon Of(int iterations, Func<int, double> deviation)
    {
        var spec = new RunSpec(new Architecture(1, [], Activation.Tanh), Initializer.He, new TrainingOptions());
        return Horizon.Of(Run(_ => 1), [Run(t => 1 + deviation(t))]);

        RunResult Run(Func<int, double> cost) =>
            new(spec, new TrainingRecord(RunStatus.Completed, [.. Enumerable.Range(0, iterations).Select(cost)], null, null), TrainingForm.Primal, null, 0, null);
    }
}
