using System.Globalization;
using System.Text.RegularExpressions;
using StepZero.Data;
using StepZero.Maps;
using StepZero.Training;

namespace StepZero.Reports;

/// <summary>Maps in words.</summary>
internal static partial class MapText
{
    /// <summary>The name of an axis, as in "learning rate of layer 1".</summary>
    public static string Of(MapAxis axis)
    {
        string name = axis.Quantity switch
        {
            AxisQuantity.Gain => "gain of the initial weights",
            AxisQuantity.LearningRate => "learning rate",
            AxisQuantity.BiasStd => "standard deviation of the initial biases",
            AxisQuantity.Offset => "offset of the initial weights",
            AxisQuantity.Momentum => "momentum β",
            AxisQuantity.WeightDecay => "weight decay λ",
            AxisQuantity.Depth => "hidden layers",
            _ => "units of each hidden layer",
        };
        return axis.Layer is int layer ? $"{name} of layer {layer}" : name;
    }

    /// <summary>What a map shows, as in "cost after 1,000 iterations".</summary>
    public static string Of(MapSpec spec, int samples)
    {
        string after = $"after {Figures.Count(spec.Run.Training.UpdatesFor(samples))} iterations";
        return spec.Measure.Quantity switch
        {
            MapQuantity.Cost => $"cost {after}",
            MapQuantity.Convergence => $"how fast {Figures.Count(spec.Run.Training.UpdatesFor(samples))} iterations converge or diverge",
            MapQuantity.Accuracy => $"training accuracy {after}",
            MapQuantity.Iterations => $"iterations until the cost is {Figures.Cost(spec.Measure.Target)}",
            _ => $"sharpness {after}",
        };
    }

    /// <summary>What is trained, as in "moons:100, 2-5-5-1, tanh, xavier".</summary>
    public static string Of(MapSpec spec, Dataset data)
    {
        RunSpec run = spec.Run;
        return $"{OneLine.Of(data.Name, 40)}, {Layers(spec)}{(run.Architecture.LayerCount > 1 ? $", {run.Architecture.HiddenActivation}" : "")}, {LongNumber().Replace(run.Initializer.Name, number => Figures.Brief(double.Parse(number.Value, CultureInfo.InvariantCulture)))}";
    }

    /// <summary>The sizes of the layers; depth and width stand for numbers that change along an axis.</summary>
    public static string Layers(MapSpec spec)
    {
        IReadOnlyList<int> sizes = spec.Run.Architecture.LayerSizes;
        bool depth = Has(AxisQuantity.Depth), width = Has(AxisQuantity.Width);
        IEnumerable<string> hidden = depth ? [$"{(width ? "width" : sizes[1])}×depth"] : sizes.Skip(1).SkipLast(1).Select(size => width ? "width" : $"{size}");
        return string.Join('-', [$"{sizes[0]}", .. hidden, $"{sizes[^1]}"]);

        bool Has(AxisQuantity quantity) => spec.X.Quantity == quantity || spec.Y.Quantity == quantity;
    }

    /// <summary>The place of a pixel, as in "gain 1.2 and learning rate of layer 1 0.5".</summary>
    public static string Setting(MapSpec spec, double x, double y) => $"{Short(spec.X)} {Place(spec.X, x)} and {Short(spec.Y)} {Place(spec.Y, y)}";

    /// <summary>What became of a training, as a sentence without its subject.</summary>
    public static string Fate(MapPixel pixel) => pixel.Status switch
    {
        PixelStatus.Missing => "not trained yet.",
        PixelStatus.Diverged => "its cost stopped being finite.",
        _ => $"{(pixel.Status == PixelStatus.Converged ? "converged" : "did not converge")}, at a cost of {Figures.Cost(pixel.Cost)}"
            + $"{(double.IsNaN(pixel.Accuracy) ? "" : $" and a training accuracy of {Figures.Percent(pixel.Accuracy)}")}.",
    };

    /// <summary>The end of an axis, with all its digits.</summary>
    public static string End(double value) => Exponent().Replace(value.ToString("R", CultureInfo.InvariantCulture).Replace('-', '−'), "e$1");

    /// <summary>The value of a pixel on an axis, as an option takes it: with as many digits as name a place well inside the pixel.</summary>
    public static string Rounded(IReadOnlyList<double> values, int pixel)
    {
        const int Fewest = 3, Most = 17;
        double value = values[pixel], pixelSize = values.Count == 1 ? 0 : Math.Abs(values[pixel] - values[pixel == 0 ? 1 : pixel - 1]);
        IEnumerable<string> texts = Enumerable.Range(Fewest, Most - Fewest + 1).Select(digits => value.ToString($"G{digits}", CultureInfo.InvariantCulture).Replace('E', 'e'));
        return texts.FirstOrDefault(text => Math.Abs(double.Parse(text, CultureInfo.InvariantCulture) - value) <= pixelSize / 10) ?? value.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>A value on an axis, with three digits or as many as tell a five-hundredth of the axis.</summary>
    private static string Place(MapAxis axis, double value)
    {
        const int Most = 17, Parts = 500;
        int digits = 3;
        double least = (axis.IsLogarithmic ? value * Math.Log(axis.To / axis.From) : axis.To - axis.From) / Parts;
        while (digits < Most && Math.Abs(double.Parse(value.ToString($"G{digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) - value) > least)
        {
            digits++;
        }

        return Number(value, digits);
    }

    /// <summary>The places between groups of three digits of a whole part.</summary>
    [GeneratedRegex(@"(?<=^−?\d+)(?=(\d{3})+(\.|$))")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"E\+?(−?)0*")]
    private static partial Regex Exponent();

    [GeneratedRegex(@"\d+\.\d{5,}")]
    private static partial Regex LongNumber();

    private static string Short(MapAxis axis) => $"{CanonicalText.Of(axis.Quantity).Replace('_', ' ')}{(axis.Layer is int layer ? $" of layer {layer}" : "")}";

    /// <summary>What the colors of trainings that converged tell.</summary>
    public static string OfConverged(MapQuantity quantity) => quantity switch
    {
        MapQuantity.Cost => "cost at the end",
        MapQuantity.Convergence => "−Σ cost/first cost",
        MapQuantity.Accuracy => "training accuracy",
        MapQuantity.Iterations => "iterations needed",
        _ => "sharpness at the end",
    };

    /// <summary>A value as a legend shows it.</summary>
    /// <param name="quantity">What the map shows.</param>
    /// <param name="value">The value.</param>
    /// <param name="digits">Its digits, from 3.</param>
    public static string Value(MapQuantity quantity, double value, int digits = 3) => quantity switch
    {
        MapQuantity.Accuracy => $"{Number(100 * value, digits)}%",
        MapQuantity.Iterations => Figures.Count((long)value),
        _ => Number(value, digits),
    };

    /// <summary>A number with some digits: three are written as everywhere, more only where they are there.</summary>
    public static string Number(double value, int digits)
    {
        string text = digits <= 3 ? Figures.Brief(value) : Exponent().Replace(value.ToString($"G{digits}", CultureInfo.InvariantCulture).Replace('-', '−'), "e$1");
        return Thousands().Replace(text, ",");
    }
}
