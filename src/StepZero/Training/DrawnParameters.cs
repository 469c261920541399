using StepZero.Data;
using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Training;

/// <summary>One draw of the parameters of a network, from which many networks start: its weights scaled and moved.</summary>
internal sealed class DrawnParameters
{
    /// <summary>A draw, with what all networks that start from it share.</summary>
    /// <param name="drawn">The parameters.</param>
    /// <param name="normals">Standard normal draws, in the biases.</param>
    /// <param name="data">What is trained on.</param>
    public DrawnParameters(Parameters drawn, Parameters normals, PreparedData data)
    {
        Drawn = drawn;
        Normals = normals;
        if (data.Form == TrainingForm.Dual)
        {
            double[] ones = new double[data.Data.FeatureCount];
            ones.AsSpan().Fill(1);
            Projection = SampleBlocks.Project(data.Data, data.Scaling, drawn.Weights[0]);
            FeatureSums = SampleBlocks.Project(data.Data, data.Scaling, ones);
        }
    }

    public Parameters Drawn { get; }

    public Parameters Normals { get; }

    /// <summary>In the dual form W·Xᵀ of the drawn weights of the first layer, [units, samples]; the weights g·W + o have g times that plus o times <see cref="FeatureSums"/>.</summary>
    public Matrix<double> Projection { get; }

    /// <summary>In the dual form the sum of the scaled features of each sample, [1, samples].</summary>
    public Matrix<double> FeatureSums { get; }
}
