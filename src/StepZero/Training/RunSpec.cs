using StepZero.Initialization;
using StepZero.Networks;
using StepZero.RandomNumbers;

namespace StepZero.Training;

/// <summary>All that makes one training, but for the data: the same spec on the same data gives the same result to the last bit.</summary>
/// <param name="Architecture">The network.</param>
/// <param name="Initializer">How its weights start.</param>
/// <param name="Training">How it is trained.</param>
/// <param name="Seed">The seed of the stream the weights are drawn from.</param>
/// <param name="Shadow">
/// 0 for the run itself. A shadow run, 1 and above, starts from weights half of which differ in the last bit, each shadow in another half: where its
/// costs part from those of the run, the training magnifies rounding errors, and no digit of a cost means anything.
/// </param>
/// <param name="Random">The stream that the weights are drawn from, one of <see cref="RandomSource.Names"/>.</param>
public sealed record RunSpec(
    Architecture Architecture, Initializer Initializer, TrainingOptions Training, uint Seed = 1, int Shadow = 0, string Random = RandomSource.NumPy)
{
    /// <summary>The parameters that the training starts from.</summary>
    /// <param name="data">What is trained on; needed where <see cref="Initializer.NeedsData"/>.</param>
    /// <exception cref="StepZeroException">The initializer needs data and there are none, or they do not suffice.</exception>
    public Parameters DrawParameters(PreparedData? data = null)
    {
        Parameters parameters = Initializer.Draw(Architecture, RandomSource.Open(Random, Seed), data is null ? null : () => Signal.Of(Architecture, data.Data, data.Scaling));
        if (Shadow > 0)
        {
            MoveLastBits(parameters, Training.Precision, new NumPyRandom((uint)Shadow));
        }

        return parameters;
    }

    /// <summary>Refuses a start that is impossible, before anything is trained or written.</summary>
    /// <param name="data">What is trained on.</param>
    /// <exception cref="StepZeroException">A layer cannot be filled, or the data do not suffice.</exception>
    public void Check(PreparedData data)
    {
        Initializer.Check(Architecture);
        if (Initializer.NeedsData)
        {
            DrawParameters(data);
        }
    }

    /// <summary>Moves half of the weights to the next number of the format. A weight of exactly 0 has no last bit and stays.</summary>
    private static void MoveLastBits(Parameters parameters, Precision precision, NumPyRandom random)
    {
        const int BitsOfADraw = 32;
        foreach (double[] weights in parameters.Weights)
        {
            uint bits = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                bits = i % BitsOfADraw == 0 ? random.NextUInt32() : bits >> 1;
                if ((bits & 1) == 1 && weights[i] != 0)
                {
                    weights[i] = precision == Precision.Double ? Math.BitIncrement(weights[i]) : MathF.BitIncrement((float)weights[i]);
                }
            }
        }
    }
}
