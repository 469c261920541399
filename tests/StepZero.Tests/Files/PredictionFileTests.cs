using System.Globalization;
using System.Text;
using System.Text.Json;
using StepZero.Files;
using StepZero.Networks;

namespace StepZero.Tests.Files;

public sealed class PredictionFileTests
{
    [Fact]
    public void Every_bit_of_a_number_survives_in_both_forms()
    {
        double[] outputs = [.. Enumerable.Range(0, 3000).Select(i => Math.Sin(i) * Math.Pow(10, (i % 600) - 300))];
        var predictions = new Predictions(Loss.Mse, [], outputs);
        string[] lines = Csv(predictions, null).Split('\n');
        Assert.Equal(outputs, lines[1..^1].Select(line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture)));
        Assert.Equal(Enumerable.Range(1, 3000).Select(i => $"{i}"), lines[1..^1].Select(line => line.Split(',')[0]));
        Assert.Equal(outputs, Json(predictions, null).GetProperty("predictions").EnumerateArray().Select(one => one.GetProperty("prediction").GetDouble()));
    }

    [Fact]
    public void Writing_can_be_interrupted_and_leaves_no_file()
    {
        string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;
        try
        {
            var predictions = new Predictions(Loss.Mse, [], new double[3000]);
            var cancelled = new CancellationToken(canceled: true);
            foreach (string name in (string[])["p.csv", "p.json"])
            {
                Assert.Throws<OperationCanceledException>(() => PredictionFile.Write(Path.Combine(folder, name), predictions, null, cancelled));
                Assert.Empty(Directory.GetFileSystemEntries(folder));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Cells_are_quoted_by_RFC_4180()
    {
        var predictions = new Predictions(Loss.BinaryCrossEntropy, ["a,b", "c\"d\r\ne"], [0]);
        Assert.Equal("sample,class,\"a,b\",\"c\"\"d\r\ne\"\n\"x,1\",\"c\"\"d\r\ne\",0.5,0.5\n", Csv(predictions, ["x,1"]));
    }

    [Fact]
    public void What_is_no_number_has_no_class()
    {
        var predictions = new Predictions(Loss.CrossEntropy, ["a", "b"], [1, double.NaN, 3, 3]);
        Assert.Equal("sample,class,a,b\n1,,NaN,NaN\n2,a,0.5,0.5\n", Csv(predictions, null));
        JsonElement first = Json(predictions, null).GetProperty("predictions")[0];
        Assert.Equal((JsonValueKind.Null, "[null, null]"), (first.GetProperty("class").ValueKind, first.GetProperty("probabilities").GetRawText()));
    }

    [Fact]
    public void Names_of_samples_stand_in_place_of_numbers() =>
        Assert.Equal(["é.png", "17"], Json(new Predictions(Loss.Mse, [], [1, 2]), ["é.png", "17"]).GetProperty("predictions").EnumerateArray().Select(one => one.GetProperty("sample").GetString()));

    private static string Csv(Predictions predictions, string[]? names)
    {
        using var stream = new MemoryStream();
        PredictionFile.WriteCsv(stream, predictions, names);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static JsonElement Json(Predictions predictions, string[]? names)
    {
        using var stream = new MemoryStream();
        PredictionFile.WriteJson(stream, predictions, names);
        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }
}
