using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using StepZero.Data;
using StepZero.Files.Models;
using StepZero.Networks;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Files;

/// <summary>A model and its file are asked the same; the file is run by OnnxRuntime, which knows nothing of us.</summary>
public sealed class OnnxFileTests : IDisposable
{
    /// <summary>A hundredth of what is promised. Both compute in double precision; three layers of sines of frequency 30 make 2e-10 of its last bits.</summary>
    private const double Tolerance = 1e-8;

    private static readonly int[] HiddenUnits = [6, 9, 4];

    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    /// <summary>Every activation there is, as the error for an unknown one lists them, and those with a parameter with others than their own.</summary>
    public static TheoryData<string> Activations
    {
        get
        {
            string known = Assert.Throws<StepZeroException>(() => Activation.Parse("?")).Message.Split("Known: ")[1];
            string[] names = known.TrimEnd('.').Split(", ");
            string[] others = ["leaky_relu:-0.3", "leaky_relu:1.7", "elu:0.3", "elu:-2", "sin:30", "sin:-0.5"];
            return [.. names, .. others.Where(text => names.Contains(text.Split(':')[0]))];
        }
    }

    private string FilePath => Path.Combine(folder, "model.onnx");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Activations))]
    public void A_file_answers_as_the_model_with_every_activation_loss_and_depth(string activation)
    {
        foreach ((Loss loss, int outputs) in new[] { (Loss.BinaryCrossEntropy, 1), (Loss.CrossEntropy, 3), (Loss.CrossEntropy, 10), (Loss.Mse, 1) })
        {
            for (int depth = 0; depth <= 3; depth++)
            {
                Dataset data = Table(100, 7, Math.Max(outputs, 2), mean: 0, deviation: 3);
                Architecture architecture = new(7, HiddenUnits[..depth], Activation.Parse(activation), loss, outputs);
                AssertSame(Drawn(architecture, Scaling.None.Fit(data), data), data);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void An_activation_keeps_its_digits_from_tiny_to_huge_numbers(string activation)
    {
        double[] numbers = [0, 1e-300, 1e-9, 1e-3, 0.1, 0.5, 0.9999, 1, 1.0001, 2, 3, 4, 5, 6, 6.001, 8, 10, 19, 21, 30, 40, 88, 100, 500, 709, 711, 1e4, 1e6];
        numbers = [.. numbers, .. numbers.Select(number => -number)];
        Dataset data = Dataset.FromValues("numbers", numbers, 1, new int[numbers.Length], [""]).WithTargets(numbers);
        Architecture architecture = new(1, [1], Activation.Parse(activation), Loss.Mse);
        var parameters = new Parameters(architecture);
        parameters.Weights[0][0] = parameters.Weights[1][0] = 1;
        AssertSame(Model.Of(architecture, parameters, Scaling.None.Fit(data), data), data);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("divide:255")]
    [InlineData("divide:-3")]
    [InlineData("none")]
    [InlineData("center")]
    [InlineData("standardize")]
    public void Pictures_go_in_as_bytes(string scaling)
    {
        Dataset data = Pictures(100, new ImageSize(8, 5));
        Architecture architecture = new(data.FeatureCount, [6, 5], Activation.Tanh);
        Model model = Drawn(architecture, Scaling.Parse(scaling).Fit(data), data);
        AssertSame(model, data);
        AssertSame(model, data.Select([17]));
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("center")]
    [InlineData("standardize")]
    [InlineData("divide:1000")]
    public void A_table_with_large_means_keeps_its_digits(string scaling)
    {
        Dataset data = Table(100, 12, 3, mean: 1e3, deviation: 1e-2, constantFeature: 4);
        Architecture architecture = new(12, [8], Activation.Sigmoid, Loss.CrossEntropy, 3);
        Model model = Drawn(architecture, Scaling.Parse(scaling).Fit(data), data);
        AssertSame(model, data);
        AssertSame(model, data.Select([3]));
    }

    [Theory]
    [InlineData("tanh", Loss.BinaryCrossEntropy, 0.01)]
    [InlineData("relu", Loss.Mse, 10)]
    public void A_picture_of_67500_bytes_keeps_its_digits(string activation, Loss loss, double deviation)
    {
        Dataset data = Pictures(1, new ImageSize(150, 150));
        Architecture architecture = new(67500, [5], Activation.Parse(activation), loss);
        AssertSame(Drawn(architecture, Scaling.Auto.Fit(data), data, deviation), data);
    }

    [Theory]
    [InlineData(Loss.BinaryCrossEntropy, 1)]
    [InlineData(Loss.CrossEntropy, 3)]
    public void Saturated_outputs_give_probabilities_that_end_at_0_and_1(Loss loss, int outputs)
    {
        double[] values = [-800, -50, -36.8, -1e-17, 0, 1e-17, 36.8, 50, 800];
        Dataset data = Dataset.FromValues("outputs", values, 1, new int[values.Length], [.. "abc".Select(letter => $"{letter}")]);
        Architecture architecture = new(1, [], Activation.Tanh, loss, outputs);
        var parameters = new Parameters(architecture);
        parameters.Weights[0][0] = 1;
        if (outputs > 1)
        {
            parameters.Weights[0][2] = -1;
        }

        AssertSame(Model.Of(architecture, parameters, Scaling.None.Fit(data), data), data);
    }

    [Fact]
    public void The_metadata_name_what_goes_in_and_comes_out()
    {
        string[] letters = ["a \"quoted\" one", "Zürich"];
        Dataset data = Dataset.FromValues(
            "table", new double[6], 3, [0, 1], ["no", "já"], columns: [new TableColumn("height", null), new TableColumn("town", letters)], target: "answer").WithPositive("no");
        Architecture architecture = new(3, [2], Activation.Tanh);
        Dictionary<string, string> metadata = Metadata(Drawn(architecture, Scaling.None.Fit(data), data));
        Assert.Equal(["já", "no"], JsonSerializer.Deserialize<string[]>(metadata["classes"])!);
        Assert.Equal("no", metadata["positive"]);
        Assert.Equal(["height", "town=a \"quoted\" one", "town=Zürich"], JsonSerializer.Deserialize<string[]>(metadata["features"])!);
        Assert.Equal("answer", metadata["target"]);
        Assert.Equal(4, metadata.Count);

        Dataset pictures = Pictures(2, new ImageSize(4, 3, 1, ChannelsFirst: true));
        metadata = Metadata(Drawn(new(12, [], Activation.Tanh, Loss.Mse), Scaling.None.Fit(pictures), pictures));
        Assert.Equal("""{"width":4,"height":3,"channels":1,"channelsFirst":true}""", metadata["picture"]);
        Assert.Single(metadata);
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes_and_replaces_a_file()
    {
        Dataset data = Table(20, 7, 2, 5, 2);
        Architecture architecture = new(7, [4], Activation.Tanh);
        OnnxFile.Write(FilePath, Drawn(architecture, Scaling.Standardize.Fit(data), data));
        byte[] first = File.ReadAllBytes(FilePath);
        OnnxFile.Write(FilePath, Drawn(architecture, Scaling.Standardize.Fit(data), data));
        Assert.Equal(first, File.ReadAllBytes(FilePath));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void A_network_of_more_than_two_gigabytes_is_refused()
    {
        Architecture architecture = new(67500, [4000], Activation.Tanh);
        Assert.Equal(
            $"{FilePath}: the network has 270008001 weights and biases; as ONNX they need 2160064008 bytes, of which a file holds at most 2147483647. Save the model in another format, or use fewer units.",
            Assert.Throws<StepZeroException>(() => OnnxFile.Check(FilePath, architecture)).Message);
        OnnxFile.Check(FilePath, new(67500, [3900], Activation.Tanh));
    }

    [Fact]
    public void A_place_without_a_folder_is_refused()
    {
        Dataset data = Table(2, 7, 2, 0, 1);
        Model model = Drawn(new(7, [], Activation.Tanh), Scaling.None.Fit(data), data);
        Assert.Contains("there is no folder", Assert.Throws<StepZeroException>(() => OnnxFile.Write(Path.Combine(folder, "none", "m.onnx"), model)).Message);
        Assert.Contains("is a folder", Assert.Throws<StepZeroException>(() => OnnxFile.Write(folder, model)).Message);
    }

    private static Model Drawn(Architecture architecture, FittedScaling scaling, Dataset data, double deviation = 1)
    {
        var random = new PhiloxRandom(11);
        var parameters = new Parameters(architecture);
        for (int layer = 0; layer < architecture.LayerCount; layer++)
        {
            random.FillNormal(parameters.Weights[layer], 0, deviation);
            random.FillNormal(parameters.Biases[layer], 0, 1);
        }

        return Model.Of(architecture, parameters, scaling, data);
    }

    private static Dataset Table(int samples, int features, int classes, double mean, double deviation, int constantFeature = -1)
    {
        double[] values = new double[samples * features];
        new PhiloxRandom(3).FillNormal(values, mean, deviation);
        for (int i = constantFeature; i >= 0 && i < values.Length; i += features)
        {
            values[i] = mean;
        }

        return Dataset.FromValues("table", values, features, new int[samples], [.. Enumerable.Range(1, classes).Select(number => $"class {number}")]);
    }

    private static Dataset Pictures(int samples, ImageSize size)
    {
        double[] values = new double[samples * size.FeatureCount];
        new PhiloxRandom(4).FillUniform(values, 0, 256);
        return Dataset.FromBytes("pictures", [.. values.Select(value => (byte)value)], size.FeatureCount, new int[samples], ["cat", "dog"], size);
    }

    private Dictionary<string, string> Metadata(Model model)
    {
        OnnxFile.Write(FilePath, model);
        using InferenceSession session = Open();
        Assert.Equal("StepZero", session.ModelMetadata.ProducerName);
        return session.ModelMetadata.CustomMetadataMap;
    }

    private InferenceSession Open()
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING };
        return new InferenceSession(FilePath, options);
    }

    /// <summary>Runs the file of a model and the model on the same samples.</summary>
    private void AssertSame(Model model, Dataset data)
    {
        OnnxFile.Write(FilePath, model);
        using InferenceSession session = Open();
        Assert.Equal([-1, data.FeatureCount], session.InputMetadata["features"].Dimensions);
        long[] shape = [data.SampleCount, data.FeatureCount];
        using OrtValue input = data.HasByteFeatures
            ? OrtValue.CreateTensorValueFromMemory(data.Bytes.ToArray(), shape)
            : OrtValue.CreateTensorValueFromMemory(data.Values.ToArray(), shape);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["features"], [input], session.OutputNames);
        Predictions expected = model.Predict(data);
        if (model.Architecture.Loss == Loss.Mse)
        {
            Assert.Equal(["prediction"], session.OutputNames);
            Assert.Equal([data.SampleCount, 1], outputs[0].GetTensorTypeAndShape().Shape);
            ReadOnlySpan<double> predicted = outputs[0].GetTensorDataAsSpan<double>();
            for (int sample = 0; sample < data.SampleCount; sample++)
            {
                double number = expected.Outputs[sample];
                Assert.True(Math.Abs(predicted[sample] - number) <= Tolerance * (1 + Math.Abs(number)), $"{model.Architecture.HiddenActivation}, sample {sample}: {predicted[sample]}, expected {number}.");
            }

            return;
        }

        int answers = model.Answers.Count;
        Assert.Equal(["probabilities", "label"], session.OutputNames);
        Assert.Equal([data.SampleCount, answers], outputs[0].GetTensorTypeAndShape().Shape);
        Assert.Equal([data.SampleCount], outputs[1].GetTensorTypeAndShape().Shape);
        ReadOnlySpan<double> all = outputs[0].GetTensorDataAsSpan<double>();
        ReadOnlySpan<long> labels = outputs[1].GetTensorDataAsSpan<long>();
        for (int sample = 0; sample < data.SampleCount; sample++)
        {
            double[] probabilities = expected.Probabilities(sample);
            for (int answer = 0; answer < answers; answer++)
            {
                double found = all[(sample * answers) + answer];
                Assert.True(Math.Abs(found - probabilities[answer]) <= Tolerance, $"{model.Architecture.HiddenActivation}, sample {sample}, answer {answer}: {found}, expected {probabilities[answer]}.");
            }

            Assert.Equal(expected.Choice(sample), labels[sample]);
        }
    }
}
