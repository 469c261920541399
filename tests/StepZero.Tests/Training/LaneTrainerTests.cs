using StepZero.Data;
using StepZero.Networks;
using StepZero.Numerics;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Tests.Training;

/// <summary>Lanes against trainers of one network, bit for bit, on networks, data and options drawn at random.</summary>
public sealed class LaneTrainerTests
{
    private static readonly string[] Optimizers = ["gd", "gd", "momentum:beta=0.8", "nesterov", "rmsprop", "adam", "adamw"];

    private static readonly string[] Schedules = ["constant", "constant", "cosine:final=0.1", "step:every=3:factor=0.5", "warmup:4"];

    public static TheoryData<uint> Draws => [.. Enumerable.Range(0, 120).Select(draw => (uint)draw)];

    [Theory]
    [MemberData(nameof(Draws))]
    public void Each_lane_computes_the_bits_of_a_network_alone(uint draw)
    {
        var random = new NumPyRandom(draw);
        (PreparedData data, Architecture architecture, TrainingOptions training) = Case(random);
        LaneTrainer lanes = data.StartLanes(architecture, training, (VectorWidth)(128 << Whole(random, 3)));

        // More networks than lanes: each takes the lane of one that has ended, at a time of its own.
        const int Updates = 12;
        Trainer[] alone = [.. Enumerable.Range(0, lanes.Lanes + 5).Select(_ => Start(random, data, architecture, training))];
        int[] lengths = [.. alone.Select(trainer => trainer.Iteration + 1 + Whole(random, Updates))];
        int[] networks = [.. Enumerable.Range(0, lanes.Lanes)];
        int next = lanes.Lanes;
        for (int lane = 0; lane < lanes.Lanes; lane++)
        {
            lanes.Load(lane, alone[lane]);
        }

        double[] costs = new double[lanes.Lanes];
        int[] right = new int[lanes.Lanes];
        while (networks.Any(network => network >= 0))
        {
            lanes.Evaluate(costs, uint.MaxValue >> (32 - lanes.Lanes), right);
            for (int lane = 0; lane < lanes.Lanes; lane++)
            {
                if (networks[lane] >= 0)
                {
                    Trainer trainer = alone[networks[lane]];
                    double? accuracy = trainer.Accuracy();
                    Assert.Equal(trainer.Step(), costs[lane]);
                    Assert.Equal(accuracy ?? 0, (double)right[lane] / data.Data.SampleCount);
                }
            }

            lanes.Update();
            for (int lane = 0; lane < lanes.Lanes; lane++)
            {
                if (networks[lane] is >= 0 and int network && (alone[network].Iteration == lengths[network] || !double.IsFinite(costs[lane])))
                {
                    if (double.IsFinite(costs[lane]))
                    {
                        AssertSame(alone[network].Save(), lanes.Save(lane));
                    }

                    networks[lane] = next < alone.Length ? next++ : -1;
                    if (networks[lane] >= 0)
                    {
                        lanes.Load(lane, alone[networks[lane]]);
                    }
                }
            }
        }
    }

    private static void AssertSame(TrainerState expected, TrainerState found)
    {
        Assert.Equal(expected.Iteration, found.Iteration);
        Assert.Equal(expected.Values, found.Values);
        Assert.Equal(expected.Moments.Count, found.Moments.Count);
        for (int i = 0; i < expected.Moments.Count; i++)
        {
            Assert.Equal(expected.Moments[i], found.Moments[i]);
        }
    }

    private static (PreparedData Data, Architecture Architecture, TrainingOptions Training) Case(NumPyRandom random)
    {
        int samples = Whole(random, 5) == 0 ? 257 + Whole(random, 40) : 3 + Whole(random, 60), features = 1 + Whole(random, 12);
        Loss loss = (Loss)Whole(random, 3);
        int classes = loss == Loss.CrossEntropy ? 3 : 2;
        double[] values = new double[samples * features];
        random.FillStandardNormal(values);
        Dataset data = loss == Loss.Mse
            ? Dataset.FromValues("drawn", values, features, new int[samples], [""]).WithTargets([.. values.Take(samples)])
            : Dataset.FromValues("drawn", values, features, [.. Enumerable.Range(0, samples).Select(i => i % classes)], [.. Enumerable.Range(0, classes).Select(i => $"{i}")]);
        if (loss == Loss.BinaryCrossEntropy)
        {
            data = data.WithPositive("1");
        }

        string[] names = [.. Activation.Names];
        int[] hidden = [.. Enumerable.Range(0, Whole(random, 4)).Select(_ => 1 + Whole(random, 9))];
        var architecture = new Architecture(features, hidden, Activation.Parse(names[Whole(random, names.Length)]), loss, loss == Loss.CrossEntropy ? classes : 1);
        Optimizer optimizer = Optimizer.Parse(Optimizers[Whole(random, Optimizers.Length)]);
        var training = new TrainingOptions
        {
            Optimizer = optimizer,
            Schedule = LearningRateSchedule.Parse(Schedules[Whole(random, Schedules.Length)]),
            Iterations = 20,
            Precision = (Precision)Whole(random, 2),
            Form = optimizer.HasDualForm && Whole(random, 2) == 0 ? TrainingForm.Dual : TrainingForm.Primal,
            FixedBiases = Whole(random, 4) == 0,
        };
        return (PreparedData.Prepare(data, architecture, training), architecture, training);
    }

    /// <summary>A network with a start, rates and decay of its own.</summary>
    private static Trainer Start(NumPyRandom random, PreparedData data, Architecture architecture, TrainingOptions training)
    {
        var start = new Parameters(architecture);
        foreach (double[] drawn in start.Weights.Concat(start.Biases))
        {
            random.FillStandardNormal(drawn);
        }

        training = training with { LearningRate = 0.001 + (0.5 * random.Uniform()), WeightDecay = Whole(random, 2) == 0 ? 0 : 0.1 * random.Uniform() };
        if (Whole(random, 3) == 0)
        {
            training = training with { LayerRates = [.. start.Weights.Select(_ => 0.001 + (0.1 * random.Uniform()))] };
        }

        Trainer trainer = data.StartTrainer(architecture, start, training, 1);
        for (int i = Whole(random, 3); i > 0; i--)
        {
            trainer.Step();
        }

        return trainer;
    }

    private static int Whole(NumPyRandom random, int below) => (int)(random.Uniform() * below);
}
