using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace StepZero.EndToEnd.Tests;

/// <summary>The command predict, on models that were kept in files.</summary>
public sealed class PredictTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("a,b\n3,1\n0,4\n")]
    [InlineData("a,b,y\n3,1,yes\n0,4,no\n")]
    [InlineData("a,b,y\n3,1,\n0,4,who knows\n")]
    [InlineData("y,a,b\n7,3,1\n8,0,4\n")]
    public void Targets_need_not_be_there_and_do_not_matter(string table)
    {
        KeptModels.PutTable(cli, "m.safetensors");
        File.WriteAllText(cli.In("people.csv"), table);
        Outcome outcome = cli.Run("predict", "m.safetensors", "--data", "people.csv");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        double likely = 1 / (1 + Math.Exp(-2)), unlikely = Math.Exp(-4) / (1 + Math.Exp(-4));
        string[][] rows = [.. outcome.Output.Split('\n')[..^1].Select(line => line.Split(','))];
        Assert.Equal(["sample", "class", "no", "yes"], rows[0]);
        Assert.Equal(["1", "yes"], rows[1][..2]);
        Assert.Equal(["2", "no"], rows[2][..2]);
        Assert.Equal(likely, double.Parse(rows[1][3], CultureInfo.InvariantCulture), 1e-15);
        Assert.Equal(unlikely, double.Parse(rows[2][3], CultureInfo.InvariantCulture), 1e-15);
        Assert.All(rows[1..], row => Assert.Equal(1, double.Parse(row[2], CultureInfo.InvariantCulture) + double.Parse(row[3], CultureInfo.InvariantCulture), 1e-15));
        Assert.Equal(["m.safetensors", "people.csv"], Directory.GetFileSystemEntries(cli.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Names_of_classes_are_quoted_where_a_table_needs_it()
    {
        KeptModels.PutThree(cli, "m.safetensors");
        File.WriteAllText(cli.In("people.csv"), "a,b\n9,1\n0,9\n");
        Outcome outcome = cli.Run("predict", "m.safetensors", "--data", "people.csv", "--output", "p.csv");
        Assert.Equal((0, "Saved: p.csv\n", ""), (outcome.ExitCode, outcome.Output, outcome.Error));
        string[] lines = File.ReadAllText(cli.In("p.csv")).Split('\n');
        Assert.Equal("sample,class,\"red, dark\",\"\"\"blue\"\"\",green", lines[0]);
        Assert.StartsWith("1,\"red, dark\",0.999", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("2,\"\"\"blue\"\"\",0.00012", lines[2], StringComparison.Ordinal);

        Outcome data = cli.Run("data", "p.csv", "--target", "class");
        Assert.Contains("1 × \"blue\"", data.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_gets_the_same_numbers()
    {
        KeptModels.PutThree(cli, "m.safetensors");
        File.WriteAllText(cli.In("people.csv"), "a,b\n9,1\n0,9\n");
        Outcome outcome = cli.Run("predict", "m.safetensors", "--data", "people.csv", "--json");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(0, cli.Run("predict", "m.safetensors", "--data", "people.csv", "--output", "p.json").ExitCode);
        Assert.Equal(File.ReadAllText(cli.In("p.json")), outcome.Output);
        JsonElement root = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal("red, dark", root.GetProperty("classes")[0].GetString());
        JsonElement second = root.GetProperty("predictions")[1];
        Assert.Equal(("2", "\"blue\""), (second.GetProperty("sample").GetString(), second.GetProperty("class").GetString()));
        double[] probabilities = [.. second.GetProperty("probabilities").EnumerateArray().Select(one => one.GetDouble())];
        Assert.Equal(Math.Exp(9) / (Math.Exp(9) + 2), probabilities[1], 1e-15);
        string[] csv = cli.Run("predict", "m.safetensors", "--data", "people.csv").Output.Split('\n')[2].Split(',');
        Assert.Equal(probabilities, csv[2..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Numbers_stand_in_one_column()
    {
        KeptModels.PutNumbers(cli, "m.npz");
        File.WriteAllText(cli.In("n.csv"), "a,b\n0.1,0.1\n-1e300,0\n2,nan\n");
        Assert.Equal("sample,prediction\n1,0.30000000000000004\n2,-1E+300\n3,NaN\n", cli.Run("predict", "m.npz", "--data", "n.csv", "--allow-nan").Output);
        JsonElement last = JsonDocument.Parse(cli.Run("predict", "m.npz", "--data", "n.csv", "--allow-nan", "--json").Output).RootElement.GetProperty("predictions")[2];
        Assert.Equal(JsonValueKind.Null, last.GetProperty("prediction").ValueKind);
    }

    [Fact]
    public void A_row_keeps_its_number_where_others_are_left_out()
    {
        KeptModels.PutNumbers(cli, "m.safetensors");
        File.WriteAllText(cli.In("n.csv"), "a,b\n1,\n2,2\n,3\n4,4\n");
        Outcome outcome = cli.Run("predict", "m.safetensors", "--data", "n.csv", "--missing", "drop");
        Assert.Equal((0, "stepzero: n.csv: left out 2 of 4 rows, which lack values.\n"), (outcome.ExitCode, outcome.Error));
        Assert.Equal("sample,prediction\n2,6\n4,12\n", outcome.Output);
    }

    [Fact]
    public void Pictures_are_known_by_their_files_and_need_no_class()
    {
        KeptModels.PutPictures(cli, "m.safetensors");
        cli.Put("rgb.png", "new/1.png");
        cli.Put("gray.png", "new/below/dog,1.png");
        File.WriteAllText(cli.In("new/0.jpg"), "no picture");
        Outcome outcome = cli.Run("predict", "m.safetensors", "--data", "new", "--skip-bad");
        Assert.Equal(0, outcome.ExitCode);
        Assert.StartsWith("stepzero: left out 1 bad file(s) of new:", outcome.Error, StringComparison.Ordinal);
        string[] lines = outcome.Output.Split('\n');
        Assert.Equal("sample,class,dog,cat", lines[0]);
        Assert.Matches("^1.png,(cat|dog),", lines[1]);
        Assert.Matches("^\"below/dog,1.png\",(cat|dog),", lines[2]);
        Assert.Equal(4, lines.Length);
    }

    [Fact]
    public void Gaps_are_filled_with_the_means_of_the_training_samples()
    {
        File.WriteAllText(cli.In("train.csv"), "a,b,y\n1,2,no\n3,,yes\n5,8,no\n7,2,yes\n");
        Assert.Equal(0, cli.Run("train", "--data", "train.csv", "--missing", "mean", "--iterations", "20", "--no-plots", "--quiet", "--output", "out", "--save", "m.npz").ExitCode);
        File.WriteAllText(cli.In("gaps.csv"), "a,b\n,2\n2,\n");
        File.WriteAllText(cli.In("filled.csv"), "a,b\n4,2\n2,4\n");
        Outcome gaps = cli.Run("predict", "m.npz", "--data", "gaps.csv", "--missing", "mean");
        Assert.Equal((0, ""), (gaps.ExitCode, gaps.Error));
        Assert.Equal(cli.Run("predict", "m.npz", "--data", "filled.csv").Output, gaps.Output);
    }

    [Fact]
    public void A_reader_that_has_seen_enough_ends_it_quietly()
    {
        if (!File.Exists("/bin/sh"))
        {
            Assert.Skip("skipped: there is no /bin/sh");
        }

        KeptModels.PutNumbers(cli, "m.safetensors");
        File.WriteAllText(cli.In("n.csv"), "a,b\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => FormattableString.Invariant($"{i / 7.0},{i / 3.0}\n"))));
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"dotnet {Cli.Assembly} predict m.safetensors --data n.csv | head -n 2"]) { WorkingDirectory = cli.Folder, RedirectStandardError = true, RedirectStandardOutput = true };
        Outcome outcome = Cli.Finish(Process.Start(start)!);
        Assert.Equal((0, "sample,prediction\n1,0\n", ""), (outcome.ExitCode, outcome.Output, outcome.Error));
    }
}
