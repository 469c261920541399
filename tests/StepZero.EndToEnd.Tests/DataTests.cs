using System.Globalization;
using System.Text.Json;

namespace StepZero.EndToEnd.Tests;

/// <summary>The command data, and comparisons on files.</summary>
public sealed class DataTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void A_table_is_shown_as_it_was_understood()
    {
        File.WriteAllText(cli.In("people.csv"), "id;age;color;sick\n1;30;red;yes\n2;40;blue;no\n3;;red;no\n4;50;red;yes\n");
        Outcome outcome = cli.Run("data", "people.csv", "--ignore", "id", "--missing", "mean");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        string[] lines = outcome.Output.Split('\n');
        Assert.Equal("Data       people: 4 samples of 3 features", lines[0]);
        Assert.Equal("Read from  CSV, target = column 'sick'", lines[1]);
        Assert.Equal("Classes    2 × no, 2 × yes (label 1)", lines[2]);
        Assert.Contains(lines, line => line.StartsWith("│ age ", StringComparison.Ordinal) && line.Contains("30 │   40 │      50"));
        Assert.Contains(lines, line => line.StartsWith("│ color", StringComparison.Ordinal) && line.Contains("blue 25%, red 75%"));
    }

    /// <summary>Values as NumPy's min, max, mean and std give them.</summary>
    [Fact]
    public void Numbers_to_predict_are_shown_and_converted()
    {
        File.WriteAllText(cli.In("house.csv"), "rooms,price\n1,0.5\n2,2.25\n3,3\n4,2.25\n");
        Outcome outcome = cli.Run("data", "house.csv", "--save", "house.npz");
        Assert.Equal((0, "stepzero: house.csv: column 'price': row 1 holds 0.5, so it was taken for numbers to predict.\n"), (outcome.ExitCode, outcome.Error));
        string[] lines = outcome.Output.Split('\n');
        Assert.Equal("Targets    numbers, 0.5 to 3, mean 2, standard deviation 0.918559", lines[2]);
        Assert.Equal("0.5                         1.75                            3", lines[15]);
        Assert.Equal("█                                         █                 █", lines[14][..61]);
        JsonElement root = JsonDocument.Parse(cli.Run("data", "house.npz", "--json").Output).RootElement;
        Assert.Contains(root.GetProperty("dataHash").GetString()!, outcome.Output, StringComparison.Ordinal);
        JsonElement target = root.GetProperty("target");
        Assert.Equal((0.5, 3, 2, 0.9185586535436918), (Number("minimum"), Number("maximum"), Number("mean"), Number("standardDeviation")));
        Assert.False(root.TryGetProperty("classes", out _));
        Assert.Equal("price", JsonDocument.Parse(cli.Run("data", "house.csv", "--json").Output).RootElement.GetProperty("target").GetProperty("name").GetString());

        double Number(string name) => target.GetProperty(name).GetDouble();
    }

    [Fact]
    public void Numbers_are_predicted_and_said_to_be()
    {
        File.WriteAllText(cli.In("line.csv"), "x,y\n" + string.Join('\n', Enumerable.Range(0, 30).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i / 30.0},{(i / 10.0) + 0.05}"))));
        Outcome outcome = cli.Run(
            "compare", "--data", "line.csv", "--init", "xavier", "--learning-rate", "0.1", "--epochs", "40", "--batch-size", "5", "--test-fraction", "0.2", "--early-stopping", "5", "--output", "out");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("1 features, y: numbers from 0.05 to ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("; 3 more held out\nNetwork   1-5-5-1, tanh, linear output\nTraining  gradient descent, learning rate 0.1, 40 epochs of 5 updates, batches of 5, early stopping after 5 epochs, ", outcome.Output, StringComparison.Ordinal);
        Assert.Matches(@"The cost after \d+ epochs? is: [0-9.E-]+, on the held-out samples [0-9.E-]+\n", outcome.Output);
        Assert.Matches(@"The lowest cost on the held-out samples is: [0-9.E-]+, after epoch \d+ of \d+, whose weights are kept.\n", outcome.Output);
        Assert.Matches(@"The cost of the trained network is: [0-9.E-]+, R² = 0\.\d{4}\.\nThe cost on the test data is: [0-9.E-]+, R² = −?\d\.\d{4}\.\n", outcome.Output);
        Assert.Matches("│ +Last │ +R² │ +Test cost │ +Test R² │ Seconds", outcome.Output);
        Assert.DoesNotContain("accuracy", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("no network trained", File.ReadAllText(cli.In("out/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Points_and_pictures_of_numbers_are_drawn_by_their_numbers()
    {
        File.WriteAllText(cli.In("points.csv"), "p,q,y\n0,0,0.5\n1,0,5\n2,0,10.5\n");
        string output = cli.Run("data", "points.csv").Output;
        Assert.Contains($"\n0{new string(' ', 31)}4{new string(' ', 30)}9\n0 to 9: 0.5 to 10\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing to learn", output, StringComparison.Ordinal);
        File.WriteAllText(cli.In("same.csv"), "p,y\n0,0.5\n1,0.5\n");
        Assert.Contains("All targets are equal: there is nothing to learn.", cli.Run("data", "same.csv").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_left_out_is_said_on_standard_error_alone()
    {
        File.WriteAllText(cli.In("people.csv"), "age,sick\n30,yes\n,no\n50,no\n");
        Outcome outcome = cli.Run("data", "people.csv", "--missing", "drop", "--json");
        Assert.Equal((0, "stepzero: people.csv: left out 1 of 3 rows, which lack values.\n"), (outcome.ExitCode, outcome.Error));
        JsonElement root = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal((2, 1), (root.GetProperty("samples").GetInt32(), root.GetProperty("features").GetInt32()));
        Assert.Equal("age", root.GetProperty("columns")[0].GetProperty("name").GetString());
        Assert.Equal(40, root.GetProperty("columns")[0].GetProperty("mean").GetDouble());
    }

    [Theory]
    [InlineData("digits", 1797, 64, 10, "55c4ccf0")]
    [InlineData("breast-cancer", 569, 30, 2, "9d456d75")]
    [InlineData("pets:4:1", 4, 67500, 2, "0139e331")]
    public void Built_in_data_do_not_change(string name, int samples, int features, int classes, string hash)
    {
        JsonElement root = JsonDocument.Parse(cli.Run("data", name, "--json").Output).RootElement;
        Assert.Equal((samples, features, classes), (root.GetProperty("samples").GetInt32(), root.GetProperty("features").GetInt32(), root.GetProperty("classes").GetArrayLength()));
        Assert.StartsWith($"sha256:{hash}", root.GetProperty("dataHash").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Digits_are_drawn()
    {
        string output = cli.Run("data", "digits").Output;
        Assert.Contains("(8×8 pixels, gray)", output, StringComparison.Ordinal);
        Assert.Contains("    --%%++              ##%%--            ::@@##          ==@@%%", output, StringComparison.Ordinal);
    }

    /// <summary>The same samples give the same costs from whatever file they come.</summary>
    [Fact]
    public void A_comparison_does_not_depend_on_the_kind_of_file()
    {
        Assert.Equal(0, cli.Run("data", "moons:40:0.2", "--save", "moons.npz").ExitCode);
        JsonElement npz = Costs("moons.npz");
        Assert.Equal(Costs("moons:40:0.2").GetRawText(), npz.GetRawText());

        // The numbers as text, with every digit: .npz is read by its own ending here and as what it holds there.
        File.Move(cli.In("moons.npz"), cli.In("moons.csv"));
        Assert.Equal(npz.GetRawText(), Costs("moons.csv").GetRawText());
    }

    [Fact]
    public void Tables_with_separators_of_every_kind_train_alike()
    {
        double[][] rows = [.. Enumerable.Range(0, 30).Select(i => (double[])[Math.Sin(i), i / 7.0, i % 2])];
        string? first = null;
        foreach ((string name, char separator, string header) in (ReadOnlySpan<(string, char, string)>)[("a.csv", ',', "p,q,y\n"), ("b.tsv", '\t', ""), ("c.txt", ';', "p;q;y\n")])
        {
            File.WriteAllText(cli.In(name), header + string.Join('\n', rows.Select(row => string.Join(separator, row.Select(value => value.ToString("R", CultureInfo.InvariantCulture))))));
            string costs = Costs(name).GetRawText();
            Assert.Equal(first ??= costs, costs);
        }
    }

    [Fact]
    public void A_comparison_on_a_file_is_repeated_from_its_spec_from_anywhere_and_refused_when_the_file_has_changed()
    {
        File.WriteAllText(cli.In("t.csv"), "p,q,y\n1,2,a\n3,4,b\n5,6,c\n7,,a\n");
        string[] options = ["--positive", "a", "--missing", "mean", "--ignore", "q", "--iterations", "5", "--no-plots"];
        Assert.Equal(0, cli.Run(["compare", "--data", "t.csv", .. options, "--output", "one"]).ExitCode);
        Assert.Equal(0, cli.Run("run", "one", "--no-plots", "--output", "below/two").ExitCode);
        Assert.Equal(File.ReadAllText(cli.In("one/costs.csv")), File.ReadAllText(cli.In("below/two/costs.csv")));
        Assert.Equal(File.ReadAllText(cli.In("one/spec.json")), File.ReadAllText(cli.In("below/two/spec.json")));
        File.AppendAllText(cli.In("t.csv"), "8,8,b\n");
        Outcome changed = cli.Run("run", "one", "--output", "three");
        Assert.Equal(1, changed.ExitCode);
        Assert.Contains("t.csv: the data are not those of the spec", changed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_samples_from_a_table_use_the_categories_and_means_of_the_training_samples()
    {
        File.WriteAllText(cli.In("train.csv"), "age,color,sick\n30,red,yes\n40,blue,no\n50,red,no\n");
        File.WriteAllText(cli.In("test.csv"), "age,color,sick\n,red,yes\n45,red,no\n");
        Outcome outcome = cli.Run("compare", "--data", "train.csv", "--test-data", "test.csv", "--missing", "mean", "--iterations", "5", "--no-plots", "--json", "--output", "out");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        JsonElement root = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal(3, root.GetProperty("dataset").GetProperty("features").GetInt32());
        Assert.Equal(JsonValueKind.Number, root.GetProperty("runs")[0].GetProperty("testAccuracy").ValueKind);
    }

    /// <summary>Two tables that differ only in rows held back give the same training samples: no mean looks at them.</summary>
    [Fact]
    public void Gaps_are_filled_with_means_of_the_training_part_alone()
    {
        const string Rows = "1,a\n2,b\n3,a\n,b\n5,a\n6,b\n7,a\n8,b\n9,a\n10,b\n";
        File.WriteAllText(cli.In("one.csv"), "p,y\n" + Rows);
        string[] options = ["--missing", "mean", "--test-fraction", "0.3", "--iterations", "2", "--init", "he", "--no-plots", "--quiet"];
        Assert.Equal(0, cli.Run(["compare", "--data", "one.csv", .. options, "--output", "one"]).ExitCode);

        // Samples 2, 9 and 6 (from 0) are held back, the first of NumPy's permutation of ten by seed 1; the gap is in the training part.
        File.WriteAllText(cli.In("two.csv"), "p,y\n" + Rows.Replace("10,b", "1000,b", StringComparison.Ordinal));
        Assert.Equal(0, cli.Run(["compare", "--data", "two.csv", .. options, "--output", "two"]).ExitCode);
        string[] first = Hashes("one"), second = Hashes("two");
        Assert.Equal(first[0], second[0]);
        Assert.NotEqual(first[1], second[1]);

        string[] Hashes(string folder)
        {
            JsonElement spec = JsonDocument.Parse(File.ReadAllText(cli.In($"{folder}/spec.json"))).RootElement;
            return [spec.GetProperty("dataHash").GetString()!, spec.GetProperty("testDataHash").GetString()!];
        }
    }

    [Fact]
    public void A_pipe_is_said_to_be_one()
    {
        if (!File.Exists("/bin/sh"))
        {
            Assert.Skip("skipped: there is no /bin/sh");
        }

        using var shell = new System.Diagnostics.Process
        {
            StartInfo = new("/bin/sh", ["-c", $"echo a,b | dotnet {Cli.Assembly} data /dev/stdin"]) { RedirectStandardError = true, RedirectStandardOutput = true },
        };
        shell.Start();
        Assert.Equal("stepzero: /dev/stdin: is a pipe or device, which can be read only once. Save it to a file first.\n", shell.StandardError.ReadToEnd());
        shell.WaitForExit();
        Assert.Equal(1, shell.ExitCode);
    }

    [Fact]
    public void A_folder_that_links_to_itself_is_no_class()
    {
        cli.Put("rgb.png", "pets/cat.1.png");
        cli.Put("gray.png", "pets/dog.1.png");
        Directory.CreateSymbolicLink(cli.In("pets/loop"), cli.In("pets"));
        Assert.Contains("Classes    1 × cat (label 1), 1 × dog\n", cli.Run("data", "pets", "--image-size", "7x5").Output + cli.Run("data", "./pets", "--image-size", "7x5").Output, StringComparison.Ordinal);
    }

    /// <summary>A real interrupt while a large file is converted: nothing is left of it.</summary>
    [Fact]
    public void An_interrupted_conversion_leaves_nothing()
    {
        if (!File.Exists("/bin/kill") && !File.Exists("/usr/bin/kill"))
        {
            Assert.Skip("skipped: there is no kill");
        }

        using System.Diagnostics.Process process = cli.Start(["data", "pets:4000:1", "--save", "pets.npz"]);
        // An empty one only tries whether the folder takes a file.
        while (!new DirectoryInfo(cli.Folder).EnumerateFiles("*.part").Any(file => file.Exists && file.Length > 0) && !process.HasExited)
        {
            Thread.Yield();
        }

        using (System.Diagnostics.Process kill = System.Diagnostics.Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            kill.WaitForExit();
        }

        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((130, "stepzero: interrupted before anything was complete; nothing was written.\n"), (process.ExitCode, error));
        Assert.Empty(Directory.EnumerateFiles(cli.Folder));
    }

    [Fact]
    public void One_class_is_set_against_the_rest_in_text_report_and_result()
    {
        Outcome outcome = cli.Run("compare", "--data", "digits", "--positive", "3", "--scaling", "divide:16", "--init", "he", "--iterations", "30", "--output", "out");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("Data      digits: 1797 samples of 64 features (8×8 pixels), 183 × 3 (label 1), 1,614 of 9 other classes", outcome.Output, StringComparison.Ordinal);
        JsonElement dataset = JsonDocument.Parse(File.ReadAllText(cli.In("out/results.json"))).RootElement.GetProperty("dataset");
        Assert.Equal(("3", 10), (dataset.GetProperty("positive").GetString(), dataset.GetProperty("classes").GetArrayLength()));
        Assert.Contains("183 &#215; 3 (label 1)", File.ReadAllText(cli.In("out/report.html")), StringComparison.Ordinal);
        Assert.True(new FileInfo(cli.In("out/samples.png")).Length > 1000);
    }

    private JsonElement Costs(string data)
    {
        Outcome outcome = cli.Run("compare", "--data", data, "--iterations", "20", "--learning-rate", "0.5", "--no-plots", "--json", "--output", "out", "--force");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        return JsonDocument.Parse(outcome.Output).RootElement.GetProperty("runs")[3].GetProperty("costs");
    }
}
