using StepZero.Networks;
using StepZero.Numerics;
using StepZero.Training;

namespace StepZero.Diagnostics;

/// <summary>
/// Looks at a trainer between its updates. What a training does not change is computed once, and in the dual form the weights of the first layer are never
/// written out, so that a look costs a few updates.
/// </summary>
internal sealed class CourseWatch
{
    private readonly Trainer trainer;
    private readonly TrainingOptions training;
    private readonly int updates;
    private readonly HashSet<int> places;
    private readonly Sharpness sharpness;
    private readonly DualWeights? dual;
    private readonly SignalStatistics start;
    private readonly List<CoursePoint> points = [];

    /// <summary>The values at the last point, and after the update that follows it.</summary>
    private readonly NetworkValues<double> values;
    private readonly NetworkValues<double> changed;

    public CourseWatch(Trainer trainer, TrainingOptions training, Parameters start, CancellationToken cancellation)
    {
        this.trainer = trainer;
        this.training = training;
        PreparedData data = trainer.Prepared;
        updates = training.UpdatesFor(data.Data.SampleCount);
        places = [.. Places(updates)];
        sharpness = new Sharpness(trainer, cancellation);
        dual = data.Form == TrainingForm.Dual ? new DualWeights(data, start, cancellation) : null;
        this.start = SignalStatistics.Of(trainer.Architecture, start, data.Data, data.Scaling);
        values = trainer.NewValues();
        changed = trainer.NewValues();
    }

    /// <summary>What was seen so far.</summary>
    public IReadOnlyList<CoursePoint> Points => points;

    /// <summary>Looks, where there is something to see: before each update, and after the last.</summary>
    public void See()
    {
        int t = trainer.Iteration, seen = points is [.., CoursePoint last] ? last.Iteration : -1;
        if (seen >= 0 && t == seen + 1)
        {
            trainer.CopyValues(changed);
            points[^1] = points[^1] with { UpdateShares = UpdateShares(points[^1].Layers) };
        }

        if (t <= seen || !places.Contains(t))
        {
            return;
        }

        trainer.CopyValues(values);
        SignalStatistics signal = Signal();
        if (double.IsFinite(signal.Cost) && sharpness.Measure() is double sharp && double.IsFinite(sharp))
        {
            double factor = training.Schedule.FactorAt(Math.Min(t, updates - 1), updates);
            points.Add(new CoursePoint(t, signal.Cost, sharp, training.LearningRate * factor, signal.Layers, [.. signal.Layers.Select(_ => double.NaN)])
            {
                StableSharpness = StepFindings.SharpnessLimit(training, factor),
            });
        }
    }

    /// <summary>0 and all updates, and what lies between: all places where there are few, otherwise each a like share of what is left, but at least 1, behind the one before.</summary>
    internal static IEnumerable<int> Places(int updates)
    {
        int left = Math.Min(updates, Course.MostPoints - 1);
        for (int place = 0; ; left--)
        {
            yield return place;
            if (left == 0)
            {
                yield break;
            }

            place = Math.Max(place + 1, (int)Math.Round(((place + 1) * Math.Pow((updates + 1.0) / (place + 1), 1.0 / left)) - 1));
        }
    }

    private SignalStatistics Signal()
    {
        PreparedData data = trainer.Prepared;
        Architecture network = trainer.Architecture;
        Parameters parameters = values.ToParameters(network, dual is not null);
        FirstLayer first = dual?.LayerOf(values) ?? FirstLayer.Of(parameters, data.Data, data.Scaling);
        return SignalStatistics.Of(network, parameters, first, data.Data, start.Inputs, start.InputCosine);
    }

    private double[] UpdateShares(IReadOnlyList<LayerStatistics> layers)
    {
        Elementwise.AddScaled(changed.All, -1, values.All);
        return [.. WeightNorms.Of(changed, dual).Zip(layers, (change, layer) => change == 0 ? 0 : change / layer.WeightNorm)];
    }
}
