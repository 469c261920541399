using System.Globalization;
using StepZero.Data;
using StepZero.Maps;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Reports;

/// <summary>What networks are asked for, and how they are trained, in words.</summary>
public static class TaskText
{
    private static readonly string Plain = Optimizer.GradientDescent.ToString();

    /// <summary>What samples have as targets, as in "50 × cat (label 1), 50 × dog" or "numbers from 0.5 to 3".</summary>
    /// <param name="data">The samples.</param>
    /// <param name="loss">What is minimised.</param>
    public static string Targets(Dataset data, Loss loss) =>
        data.Targets is not null ? $"{(data.Target is null ? "" : $"{OneLine.Of(data.Target, 40)}: ")}numbers from {Number(data.Targets.Min())} to {Number(data.Targets.Max())}"
        : loss == Loss.CrossEntropy ? ClassCounts.Text(data) : ClassCounts.OneAgainstRest(data);

    /// <summary>What the outputs are: sigmoid, softmax or linear.</summary>
    /// <param name="loss">What is minimised.</param>
    public static string Output(Loss loss) => loss switch
    {
        Loss.BinaryCrossEntropy => "sigmoid",
        Loss.CrossEntropy => "softmax",
        _ => "linear",
    };

    /// <summary>How a network is trained, in a line, as in "gradient descent, learning rate 0.01, 1000 iterations".</summary>
    /// <param name="training">The options.</param>
    /// <param name="samples">The number of training samples.</param>
    public static string Training(TrainingOptions training, int samples)
    {
        List<string> parts = [Rule(training), string.Create(CultureInfo.InvariantCulture, $"learning rate {training.LearningRate}")];
        parts.AddRange(Extras(training));
        parts.Add(training.Epochs is int epochs ? $"{epochs} epochs{(training.HasBatches(samples) ? $" of {training.UpdatesPerEpoch(samples)} updates" : "")}" : $"{training.Iterations} iterations");
        parts.AddRange(training.HasBatches(samples) ? [$"batches of {training.BatchSize}"] : []);
        parts.AddRange(training.EarlyStopping is EarlyStopping stopping ? [$"early stopping after {stopping.Patience} {Round(training, samples, stopping.Patience)}"] : []);
        return string.Join(", ", parts);
    }

    /// <summary>How the networks of a map are trained, in a line: without a learning rate where the axes set those of all layers.</summary>
    /// <param name="map">The map.</param>
    /// <param name="samples">The number of training samples.</param>
    public static string Training(MapSpec map, int samples)
    {
        int?[] layers = [.. new[] { map.X, map.Y }.Where(axis => axis.Quantity == AxisQuantity.LearningRate).Select(axis => axis.Layer)];
        string text = Training(map.Run.Training, samples);
        return layers.Contains(null) || layers.Length == map.Run.Architecture.LayerCount
            ? text.Replace(string.Create(CultureInfo.InvariantCulture, $" learning rate {map.Run.Training.LearningRate},"), "", StringComparison.Ordinal)
            : text;
    }

    /// <summary>The sizes of the layers of a map's networks, as in "2-5-5-1", or "2-5×depth-1" where an axis changes them.</summary>
    /// <param name="map">The map.</param>
    public static string Layers(MapSpec map) => MapText.Layers(map);

    /// <summary>The least that tells trainings apart, as in "learning rate 0.01" or "adam, learning rate 0.01, batches of 32".</summary>
    internal static string Short(TrainingOptions training, int samples) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(IsPlain(training) ? "" : $"{Rule(training)}, ")}learning rate {training.LearningRate}{(training.HasBatches(samples) ? $", batches of {training.BatchSize}" : "")}");

    /// <summary>What an epoch is called where it is looked at: iteration where every update sees all samples.</summary>
    /// <param name="training">The options.</param>
    /// <param name="samples">The number of training samples.</param>
    /// <param name="count">How many there are.</param>
    public static string Round(TrainingOptions training, int samples, int count = 1) =>
        $"{(training.HasBatches(samples) || training.Epochs is not null ? "epoch" : "iteration")}{(count == 1 ? "" : "s")}";

    /// <summary>A network without hidden layers, as in "Logistic regression".</summary>
    internal static string Regression(Loss loss) => loss switch
    {
        Loss.BinaryCrossEntropy => "Logistic regression",
        Loss.CrossEntropy => "Softmax regression",
        _ => "Linear regression",
    };

    /// <summary>How a network is trained, in sentences.</summary>
    internal static string Sentences(TrainingOptions training, Loss loss, Dataset data, Dataset? held)
    {
        int samples = data.SampleCount;
        string batches = training.HasBatches(samples) ? $"batches of {Figures.Count(training.BatchSize!.Value)} samples, in an order that is new in each epoch" : "all samples at once";
        string epochs = training.Epochs is int count && training.HasBatches(samples) ? $", {Figures.Count(count)} epochs," : "";
        string stopping = training.EarlyStopping is not EarlyStopping stop ? ""
            : $" {Figures.Count(held?.SampleCount ?? 0)} samples are held out: the training ends once the cost on them has not fallen for {stop.Patience} {Round(training, samples, stop.Patience)}, "
            + "and the weights are those from where it was lowest.";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"It is trained by {Rule(training)} on {batches}:\n{Figures.Count(training.UpdatesFor(samples))} updates{epochs} at a learning rate of {training.LearningRate}{string.Concat(Extras(training).Select(extra => $", {extra}"))}, "
            + $"which lower the mean {(loss == Loss.Mse ? "squared error" : "cross-entropy")}. {Constant(data, loss)}{stopping}");
    }

    /// <summary>The cost of an answer that does not look at the sample.</summary>
    private static string Constant(Dataset data, Loss loss)
    {
        switch (loss)
        {
            case Loss.BinaryCrossEntropy: return "A network that always answers one half has a\ncost of ln 2 = 0.6931.";
            case Loss.CrossEntropy:
                int classes = data.Classes.Count;
                return $"A network that gives each of the {classes} classes the same probability has a cost of ln {classes} = {Figures.Cost(Math.Log(classes))}.";
            default:
                (double mean, double variance) = RunFigures.Spread(data);
                return $"A network that always answers the mean of the targets, {Number(mean)}, has their variance as its cost, {Figures.Cost(variance)}; R² = 1 − cost/variance is 0 there, and 1 without errors.";
        }
    }

    /// <summary>Whether updates are those of gradient descent.</summary>
    internal static bool IsPlain(TrainingOptions training) => training.Optimizer.ToString() == Plain;

    private static string Rule(TrainingOptions training)
    {
        string rule = training.Optimizer.ToString(), name = rule.Split(':')[0];
        return rule == Plain ? "gradient descent" : Optimizer.Parse(name).ToString() == rule ? name : rule;
    }

    /// <summary>What is said of the updates where it is not the usual.</summary>
    private static IEnumerable<string> Extras(TrainingOptions training)
    {
        if (training.Schedule != LearningRateSchedule.Constant)
        {
            yield return $"schedule {training.Schedule}";
        }

        if (training.WeightDecay is double decay and > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"weight decay {decay}");
        }

        if (training.ClipNorm is double norm)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"gradients of norm {norm} at most");
        }
    }

    /// <summary>A number with four digits.</summary>
    internal static string Number(double value) => Figures.Cost(value).Replace('-', '−');
}
