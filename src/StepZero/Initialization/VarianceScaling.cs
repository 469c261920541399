namespace StepZero.Initialization;

/// <summary>
/// Weights of mean 0 and variance gain²·scale/n, with n a fan: what He, Glorot and LeCun have in common. The last bits follow the library: PyTorch and
/// Flux divide two roots where the others take the root of a quotient.
/// </summary>
/// <param name="Scale">The variance times n.</param>
/// <param name="Mode">Which fan n is.</param>
/// <param name="Kind">Normal, uniform, or normal truncated at two standard deviations and corrected for it.</param>
/// <param name="Gain">Multiplies the standard deviation.</param>
/// <param name="Library">Whose fans, and whose order of operations.</param>
internal sealed record VarianceScaling(double Scale, FanMode Mode, DistributionKind Kind, double Gain, Library Library = Library.Stepzero)
{
    private const double Truncation = 2;

    public Recipe ToRecipe() => new Recipe.Elementwise(shape => Of(Fans.Of(shape, Library)));

    public Distribution Of(Fans fans)
    {
        double n = fans.By(Mode);
        if (n == 0)
        {
            // Nothing will be drawn: the tensor has no elements.
            return Distribution.Constant(0);
        }

        bool ofRoots = Library is Library.Pytorch or Library.Flux;
        double deviation = ofRoots && Mode != FanMode.FanAvg ? Gain * Math.Sqrt(Scale) / Math.Sqrt(n) : Gain * Math.Sqrt(Scale / n);
        switch (Kind)
        {
            case DistributionKind.Normal: return Distribution.Normal(0, deviation);
            case DistributionKind.TruncatedNormal:
                deviation /= Distribution.TruncatedDeviation;
                return Distribution.TruncatedNormal(0, deviation, -Truncation * deviation, Truncation * deviation);
            default:
                double bound = ofRoots ? Math.Sqrt(3) * deviation : Gain * Math.Sqrt(3 * Scale / n);
                return Distribution.Uniform(-bound, bound);
        }
    }
}
