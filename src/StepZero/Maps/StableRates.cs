using StepZero.Diagnostics;
using StepZero.Training;

namespace StepZero.Maps;

/// <summary>The line of the largest stable rates: where the learning rate of all layers is one axis, by the sharpness of the starts along the other.</summary>
internal static class StableRates
{
    /// <summary>As a line is drawn: a thousandth of the sharpness.</summary>
    private const double Tolerance = 1e-3;

    private const int MostProducts = 200;

    /// <summary>The line; more than one where a start in between has no positive sharpness, and so no limit; none where it would mean nothing.</summary>
    public static IEnumerable<MapGuide> Of(MapSpec spec, MapStarts starts, PreparedData data, CancellationToken cancellation)
    {
        bool along = IsRate(spec.X), other = IsRate(spec.Y);
        if (along == other || !IsMeaningful(spec, data))
        {
            return [];
        }

        MapAxis axis = along ? spec.Y : spec.X;
        double rate = along ? spec.X.From : spec.Y.From;
        bool isOfUpdates = axis.Quantity is AxisQuantity.Momentum or AxisQuantity.WeightDecay;
        double sharpness = double.NaN;
        var lines = new List<List<(double, double, double)>> { new() };
        foreach (double value in MapGuides.ValuesOf(axis, along ? spec.Rows : spec.Columns))
        {
            MapPoint point = along ? spec.At(rate, value) : spec.At(value, rate);
            sharpness = isOfUpdates && !double.IsNaN(sharpness) ? sharpness : SharpnessOf(point);
            double limit = LimitOf(point.Training, sharpness);
            if (double.IsFinite(limit))
            {
                lines[^1].Add((value, limit, limit));
            }
            else if (lines[^1].Count > 0)
            {
                lines.Add([]);
            }
        }

        return lines.Where(line => line.Count > 1).Select(line => MapGuides.Along(spec, MapGuideKind.StableRate, LabelOf(spec.Run.Training.Optimizer), along, line));

        double SharpnessOf(MapPoint point) =>
            new Sharpness(data.StartTrainer(point.Architecture, starts.StartOf(point), point.Training, spec.Run.Seed), cancellation).Measure(Tolerance, MostProducts);
    }

    private static bool IsRate(MapAxis axis) => axis.Quantity == AxisQuantity.LearningRate && axis.Layer is null;

    /// <summary>Whether one rate moves all weights and biases, by all samples in each update.</summary>
    private static bool IsMeaningful(MapSpec spec, PreparedData data)
    {
        TrainingOptions training = spec.Run.Training;
        int samples = data.Data.SampleCount;
        return spec.WeightScales is null && spec.X.Quantity != spec.Y.Quantity && !training.FixedBiases && !training.HasBatches(samples)
            && training.Schedule.FactorAt(0, training.UpdatesFor(samples)) == 1 && StepFindings.SharpnessLimit(training) is not null;
    }

    /// <summary>The rate η at which the sharpness is the limit of the updates, (2 + 2β)/η − λ and the like; infinite where no rate is.</summary>
    private static double LimitOf(TrainingOptions training, double sharpness) =>
        sharpness + training.WeightDecay > 0 ? StepFindings.SharpnessLimit(training with { LearningRate = 1, WeightDecay = 0 })!.Value / (sharpness + training.WeightDecay) : double.PositiveInfinity;

    private static string LabelOf(Optimizer optimizer) => optimizer.IsNesterov ? "(2 + 2β)/((1 + 2β)·λ(0))" : optimizer.HasMomentum ? "(2 + 2β)/λ(0)" : "2/λ(0)";
}
