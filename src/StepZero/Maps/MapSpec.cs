using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Maps;

/// <summary>All that makes a map, but for the data: a training for each pixel. All pixels of one architecture start from the same draw of weights.</summary>
/// <param name="Run">The training that the axes change; its initializer is drawn once.</param>
/// <param name="X">What changes from left to right.</param>
/// <param name="Y">What changes from the bottom to the top.</param>
/// <param name="Columns">The pixels of a row, at least 1.</param>
/// <param name="Rows">The pixels of a column, at least 1.</param>
/// <param name="Measure">What is shown.</param>
public sealed record MapSpec(RunSpec Run, MapAxis X, MapAxis Y, int Columns, int Rows, MapMeasure Measure)
{
    /// <summary>The most pixels of a map.</summary>
    public const int MostPixels = 64 * 1024 * 1024;

    /// <summary>
    /// For each layer the number s of a parametrization w = s·W, in which rates and offsets are those of W: the weights' rate is s² times, the offset s times as
    /// large. Null for 1 in every layer.
    /// </summary>
    public IReadOnlyList<double>? WeightScales { get; init; }

    /// <summary>The pixels.</summary>
    public int PixelCount => checked(Columns * Rows);

    /// <summary>Refuses a map that is impossible, before anything is trained or written.</summary>
    /// <exception cref="StepZeroException">The axes do not fit each other, the network, the optimizer or the size; or a network along them cannot be started.</exception>
    public void Check()
    {
        if (Columns < 1 || Rows < 1 || (long)Columns * Rows > MostPixels)
        {
            throw new StepZeroException($"A map of {Columns} × {Rows} pixels; expected from 1 to {MostPixels} pixels. Use another --size.");
        }

        if (X.Name == Y.Name || (X.Quantity == Y.Quantity && Run.Architecture.LayerCount == 1))
        {
            throw new StepZeroException(X.Name == Y.Name ? $"Both axes are '{X.Name}'; expected two different ones."
                : $"The axes '{X.Name}' and '{Y.Name}' are the same: the network has one layer. Use two different ones.");
        }

        CheckAxis(X, Columns);
        CheckAxis(Y, Rows);
        CheckMeasure();
        CheckLayers();
        CheckNetworks();
    }

    /// <summary>The setting of a pixel.</summary>
    /// <param name="x">The value on the axis from left to right.</param>
    /// <param name="y">The value on the other axis.</param>
    public MapPoint At(double x, double y) => MapPoint.Of(this, x, y);

    private void CheckAxis(MapAxis axis, int pixels)
    {
        int layers = Run.Architecture.LayerCount;
        if (axis.Layer > layers)
        {
            throw new StepZeroException($"Axis '{axis.Name}': the network has {layers} layers; expected a layer from 1 to {layers}.");
        }

        if (axis.Quantity == AxisQuantity.Momentum && !Run.Training.Optimizer.HasMomentum)
        {
            throw new StepZeroException($"Axis 'momentum': the optimizer '{Run.Training.Optimizer}' has none. Use --optimizer momentum or nesterov.");
        }

        if (axis.ChangesNetwork && layers < 2)
        {
            throw new StepZeroException($"Axis '{axis.Name}': the network has no hidden layer to change. Give it one with --hidden.");
        }

        if (axis.ChangesNetwork && (X.Layer ?? Y.Layer) is int layer)
        {
            throw new StepZeroException($"Axis '{axis.Name}' changes the layers; it does not go with an axis of layer {layer} alone. Leave the layer out.");
        }

        double[] values = axis.Values(pixels);
        if (!axis.ChangesNetwork && values.Zip(values.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw new StepZeroException($"Axis '{axis}': has no {pixels} different numbers of double precision. Use a smaller --zoom or --size.");
        }
    }

    private void CheckMeasure()
    {
        if (Measure.Quantity == MapQuantity.Accuracy && Run.Architecture.Loss == Loss.Mse)
        {
            throw new StepZeroException("Measure 'accuracy': a network trained with the loss 'mse' predicts numbers and classifies nothing. Use --measure cost.");
        }
    }

    /// <summary>What is given for each layer fits the layers, and the rule of the updates.</summary>
    private void CheckLayers()
    {
        int layers = Run.Architecture.LayerCount;
        foreach (IReadOnlyList<double> numbers in (IReadOnlyList<double>[])[.. new[] { WeightScales, Run.Training.LayerRates }.OfType<IReadOnlyList<double>>()])
        {
            if (numbers.Count != layers || X.ChangesNetwork || Y.ChangesNetwork)
            {
                string changes = X.ChangesNetwork ? X.Name : Y.Name;
                throw new StepZeroException(numbers.Count != layers
                    ? $"A map of a network of {layers} layers has numbers for {numbers.Count}; expected one a layer."
                    : $"Axis '{changes}' changes the layers; it does not go with a map that gives each of its {layers} layers a scale or rate. Use another axis.");
            }
        }

        TrainingOptions training = Run.Training;
        if (WeightScales is not null && (!training.Optimizer.HasDualForm || training.ClipNorm is not null || training.WeightDecay > 0
            || X.Quantity == AxisQuantity.WeightDecay || Y.Quantity == AxisQuantity.WeightDecay))
        {
            throw new StepZeroException("A map with scaled weights is trained without weight decay and clipping, with --optimizer gd, momentum or nesterov. Leave the others out.");
        }
    }

    /// <summary>The smallest and the largest networks along the axes can be started.</summary>
    private void CheckNetworks()
    {
        foreach ((double x, double y) in ((double, double)[])[(X.From, Y.From), (X.To, Y.From), (X.From, Y.To), (X.To, Y.To)])
        {
            Architecture architecture = At(Rounded(X, x), Rounded(Y, y)).Architecture;
            Parameters.Check(architecture);
            Run.Initializer.Check(architecture);
        }

        static double Rounded(MapAxis axis, double value) => axis.ChangesNetwork ? Math.Round(value, MidpointRounding.AwayFromZero) : value;
    }
}
