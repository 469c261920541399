using System.Globalization;
using System.Text;
using StepZero.Files;
using StepZero.RandomNumbers;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Tests.Files.Sweeps;

public sealed class SweepFileTests : IDisposable
{
    private static readonly string[] Known = ["data", "hidden", "init", "learning-rate", "weight-decay", "schedule-free", "seed"];

    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    private string Path => System.IO.Path.Combine(folder, "sweep.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Values_lists_and_draws_make_a_plan()
    {
        SweepPlan plan = Read(
            """
            {
              // Which rate?
              "seeds": 100, "data": "pets:10", "schedule-free": true, "hidden": 32,
              "init": ["he", "xavier"], "weight-decay": [0, 1e-4, "1e-3"],
              "learning-rate": {"loguniform": [1e-4, 1]}, "trials": 50, /* enough */
            }
            """);
        Assert.Equal([("data", "pets:10"), ("hidden", "32"), ("schedule-free", "true")], plan.Common);
        Assert.Equal([new SweepAxis("init", ["he", "xavier"]), new SweepAxis("weight-decay", ["0", "1e-4", "1e-3"])], plan.Axes);
        Assert.Equal([new SweepDraw("learning-rate", 1e-4, 1, IsLogarithmic: true)], plan.Draws);
        Assert.Equal((50, 100, null), (plan.Trials, plan.Seeds, plan.Target));
        Assert.Equal(3 * 2 * 50 * 100, plan.TrainingCount);
    }

    [Theory]
    [InlineData("""{"learning-rate": {"range": [1e-4, 1, "log"], "points": 5}}""", new[] { 1e-4, 1e-3, 1e-2, 1e-1, 1 })]
    [InlineData("""{"learning-rate": {"points": 3, "range": [-1, 2]}}""", new[] { -1, 0.5, 2 })]
    [InlineData("""{"learning-rate": {"range": [1, 2, "linear"], "points": 2}}""", new[] { 1.0, 2 })]
    public void A_range_is_spread_evenly_between_its_ends(string text, double[] expected)
    {
        SweepAxis axis = Read(text).Axes.Single(axis => axis.Name == "learning-rate");
        double[] values = [.. axis.Values.Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
        Assert.Equal(expected.Length, values.Length);
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 1e-14 * Math.Abs(pair.First)));
        Assert.Equal((expected[0], expected[^1]), (values[0], values[^1]));
    }

    [Theory]
    [InlineData("{}", new[] { "zeros", "random", "he", "xavier" })]
    [InlineData("""{"init": "he,xavier"}""", new[] { "he", "xavier" })]
    [InlineData("""{"init": ["he,xavier", "zeros"]}""", new[] { "he", "xavier", "zeros" })]
    [InlineData("""{"init": ["he"]}""", new[] { "he" })]
    public void Initializers_are_an_axis_as_on_the_command_line(string text, string[] expected) => Assert.Equal([new SweepAxis("init", expected)], Read(text).Axes);

    [Fact]
    public void One_initializer_is_no_axis_and_hidden_layers_are_one_value()
    {
        SweepPlan plan = Read("""{"init": "he", "hidden": "5,5", "schedule-free": [false, true]}""");
        Assert.Equal([("hidden", "5,5"), ("init", "he")], plan.Common);
        Assert.Equal([new SweepAxis("schedule-free", ["false", "true"])], plan.Axes);
    }

    /// <summary>Whatever the plan, its canonical text makes it again, and is that of what it made.</summary>
    [Fact]
    public void The_canonical_text_gives_the_same_plan()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            SweepPlan plan = RandomPlan(seed);
            byte[] text = SweepFile.Canonical(plan);
            SweepPlan again = SweepFile.FromCanonical(text);
            Assert.Equal(plan.Common, again.Common);
            Assert.Equal(plan.Axes, again.Axes);
            Assert.Equal(plan.Draws, again.Draws);
            Assert.Equal((plan.Trials, plan.Seeds, plan.Target), (again.Trials, again.Seeds, again.Target));
            Assert.Equal(text, SweepFile.Canonical(again));
            Assert.Empty(SweepFile.Differences(plan, again));
            Assert.Equal(SweepFile.Hash(plan) == SweepFile.Hash(RandomPlan(seed + 1)), !SweepFile.Differences(plan, RandomPlan(seed + 1)).Any());
        }
    }

    /// <summary>The four initializers of a comparison are what a file is read with, not part of a plan that has none.</summary>
    [Fact]
    public void The_canonical_text_of_a_plan_without_initializers_has_none()
    {
        var plan = new SweepPlan([("data", "moons")], [new SweepAxis("learning-rate", ["0.1", "1"])], [], seeds: 3);
        Assert.Equal(["learning-rate"], SweepFile.FromCanonical(SweepFile.Canonical(plan)).Names);
        Assert.Equal(["init", "learning-rate"], Read("""{"data": "moons", "learning-rate": [0.1, 1], "seeds": 3}""").Names);
    }

    [Fact]
    public void The_order_of_what_all_trainings_share_is_nothing_that_of_lists_numbers_them()
    {
        string hash = SweepFile.Hash(Read("""{"data": "moons", "seed": 3, "learning-rate": [1, 2], "hidden": [5, 6]}"""));
        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(hash, SweepFile.Hash(Read("""{"seed": 3, "learning-rate": [1, 2], "seeds": 1, "data": "moons", "hidden": ["5", 6]}""")));
        Assert.NotEqual(hash, SweepFile.Hash(Read("""{"data": "moons", "seed": 3, "learning-rate": [2, 1], "hidden": [5, 6]}""")));
        Assert.NotEqual(hash, SweepFile.Hash(Read("""{"data": "moons", "seed": 3, "learning-rate": [1, 2], "hidden": [5, 6]}""", TrainingTarget.Parse("cost:0.1"))));
    }

    [Fact]
    public void The_spec_of_a_sweep_is_read_with_its_target_unless_another_is_given()
    {
        SweepPlan plan = Read("""{"data": "moons", "seeds": 3}""", TrainingTarget.Parse("cost:0.25"));
        File.WriteAllBytes(Path, SweepFile.Canonical(plan));
        Assert.Equal(SweepFile.Hash(plan), SweepFile.Hash(SweepFile.Read(Path, Known, null)));
        Assert.Equal("accuracy:0.5", $"{SweepFile.Read(Path, Known, TrainingTarget.Parse("accuracy:0.5")).Target}");
        File.WriteAllText(Path, """
            {"schema": 1, "job": "sweep", "goal": "cost:0.1",
             "sweep": {
              "learnin-rate": 3}}
            """);
        Assert.StartsWith($"{Path}: Unknown key 'learnin-rate'; did you mean 'learning-rate'? Line 3. Known are", Refusal(), StringComparison.Ordinal);
        File.WriteAllText(Path, """{"schema": 2, "job": "sweep", "sweep": {}}""");
        Assert.Equal($"{Path}: has schema 2; this version reads schema 1. Use the version that wrote it.", Refusal());
        File.WriteAllText(Path, """{"schema": 1, "job": "compare", "options": {}}""");
        Assert.Equal($"{Path}: is the spec of the job 'compare'; expected that of a sweep.", Refusal());
        File.WriteAllText(Path, """{"schema": 1, "job": "sweep"}""");
        Assert.Equal($"{Path}: is the spec of a sweep without \"sweep\"; expected one as a sweep writes it.", Refusal());
    }

    [Theory]
    [InlineData("[1]", "holds no object; expected one such as {\"data\": \"pets\", \"learning-rate\": [0.01, 0.1], \"seeds\": 10}.")]
    [InlineData("{\n\"data\": pets}", "is not JSON at line 2, position 9; expected an object such as {\"data\": \"pets\", \"learning-rate\": [0.01, 0.1], \"seeds\": 10}.")]
    [InlineData("{} {}", "is not JSON at line 1, position 4; expected an object such as {\"data\": \"pets\", \"learning-rate\": [0.01, 0.1], \"seeds\": 10}.")]
    [InlineData("", "is not JSON at line 1, position 1; expected an object such as {\"data\": \"pets\", \"learning-rate\": [0.01, 0.1], \"seeds\": 10}.")]
    [InlineData("{\"hidden\": []}", "hidden (line 1): the list is empty; expected at least one value.")]
    [InlineData("{\n\n\"hidden\": [5, [6]]}", "hidden (line 3): [6] within a list; expected a text, a number, true or false.")]
    [InlineData("{\"hidden\": null}", "hidden (line 1): null; expected a text, a number, true or false; leave the key out for its default.")]
    [InlineData("{\"hidden\": [5, null]}", "hidden (line 1): null; expected a text, a number, true or false; leave the key out for its default.")]
    [InlineData("{\"hidden\": [5, 6, 5]}", "hidden (line 1): '5' stands there twice; expected each value once; the layers of one network are one text, as in \"5,5\".")]
    [InlineData("{\"hidden\": 5,\n\"data\": 1,\n\"hidden\": 6}", "hidden (line 3): stands in line 1 already; expected each key once. Put its values into one list.")]
    [InlineData("{\"init\": \"he,he\"}", "init (line 1): 'he' stands there twice; expected each value once.")]
    [InlineData("{\"seeds\": [1, 2]}", "seeds (line 1): [1, 2]; expected a whole number of seeds, as in 100; for an axis of chosen seeds use \"seed\".")]
    [InlineData("{\"seeds\": 0}", "seeds (line 1): 0; expected a whole number above 0.")]
    [InlineData("{\"seeds\": 1.5}", "seeds (line 1): 1.5; expected a whole number above 0.")]
    [InlineData("{\"seeds\": \"9\"}", "seeds (line 1): \"9\"; expected a whole number above 0.")]
    [InlineData("{\"seeds\": 3000000000}", "seeds (line 1): 3000000000; expected at most 2,147,483,647.")]
    [InlineData("{\"seeds\": 2000000000}", "8,000,000,000 trainings; expected at most 1,000,000,000. Use shorter lists, fewer trials or fewer seeds.")]
    [InlineData("{\"trials\": 5}", "trials (line 1): nothing is drawn at random; expected an option such as {\"loguniform\": [1e-4, 1]} beside it. For more trainings of a setting use \"seeds\".")]
    [InlineData("{\"hidden\": {\"uniform\": [0, 1]}}", "hidden is drawn at random, but there is no \"trials\"; expected the number of draws, as in \"trials\": 100.")]
    [InlineData("{\"learning-rate\": {\"loguniform\": [0, 1]}, \"trials\": 2}", "learning-rate (line 1): [0, 1]; expected ends above 0, because the values are spread over their logarithms.")]
    [InlineData("{\"learning-rate\": {\"range\": [-1, 1, \"log\"], \"points\": 3}}", "learning-rate (line 1): [-1, 1, \"log\"]; expected ends above 0, because the values are spread over their logarithms.")]
    [InlineData("{\"learning-rate\": {\"range\": [1, 1], \"points\": 3}}", "learning-rate (line 1): [1, 1]; expected the smaller end first.")]
    [InlineData("{\"learning-rate\": {\"range\": [1, 2], \"points\": 1}}", "learning-rate (line 1): points 1; expected a whole number of points from 2 to 10,000,000.")]
    [InlineData("{\"learning-rate\": {\"range\": [1, 2], \"points\": 2.5}}", "learning-rate (line 1): points 2.5; expected a whole number of points from 2 to 10,000,000.")]
    [InlineData("{\"learning-rate\": {\"range\": [1, 2]}}", "learning-rate (line 1): {\"range\": [1, 2]}; expected a range as in {\"range\": [1e-4, 1, \"log\"], \"points\": 9}.")]
    [InlineData("{\"learning-rate\": {\"range\": [1, 2, 3], \"points\": 3}}", "learning-rate (line 1): [1, 2, 3]; expected a range as in {\"range\": [1e-4, 1, \"log\"], \"points\": 9}.")]
    [InlineData("{\"learning-rate\": {\"range\": [1, 2, \"cubic\"], \"points\": 3}}", "learning-rate (line 1): \"cubic\"; expected \"log\" or \"linear\" as third of a range.")]
    [InlineData("{\"learning-rate\": {\"range\": [1, \"2\"], \"points\": 3}}", "learning-rate (line 1): \"2\"; expected a finite number as an end.")]
    [InlineData("{\"learning-rate\": {\"range\": [1, 1e999], \"points\": 3}}", "learning-rate (line 1): 1e999; expected a finite number as an end.")]
    [InlineData("{\"learning-rate\": {\"range\": [1, 1.0000000000000002], \"points\": 9}}", "learning-rate (line 1): '1' stands there twice; expected each value once.")]
    [InlineData("{\"learning-rate\": {\"normal\": [0, 1]}}", "learning-rate (line 1): {\"normal\": [0, 1]}; expected {\"range\": [1e-4, 1, \"log\"], \"points\": 9}, {\"loguniform\": [1e-4, 1]} or {\"uniform\": [0, 1]}.")]
    [InlineData("{\"learning-rate\": {\"uniform\": [0, 1], \"uniform\": [0, 1]}}", "learning-rate (line 1): {\"uniform\": [0, 1], \"uniform\": [0, 1]}; expected {\"range\": [1e-4, 1, \"log\"], \"points\": 9}, {\"loguniform\": [1e-4, 1]} or {\"uniform\": [0, 1]}.")]
    public void What_is_wrong_is_named_with_its_line(string text, string message)
    {
        File.WriteAllText(Path, text);
        Assert.Equal($"{Path}: {message}", Refusal());
    }

    [Fact]
    public void All_unknown_keys_are_named_at_once()
    {
        File.WriteAllText(Path, "{\"learning_rate\": 1,\n\"hiden\": 3,\n\"seeds\": 2,\n\"no-plots\": true}");
        Assert.Equal(
            $"{Path}: Unknown key 'learning_rate'; did you mean 'learning-rate'? Line 1. Unknown key 'hiden'; did you mean 'hidden'? Line 2. Unknown key 'no-plots'. Line 4. "
            + "Known are the options of 'stepzero compare' that make its results, without dashes, and seeds and trials: data, hidden, init, learning-rate, weight-decay, schedule-free, seed, seeds, trials.",
            Refusal());
    }

    [Fact]
    public void A_file_that_cannot_be_read_says_why()
    {
        Assert.StartsWith($"{Path}: there is no such file; expected a sweep such as ", Refusal(), StringComparison.Ordinal);
        Assert.Equal($"{folder}: is a folder; expected a file such as sweep.json.", Assert.Throws<StepZeroException>(() => SweepFile.Read(folder, Known, null)).Message);
        File.WriteAllBytes(Path, [.. "{\"data\": \""u8, 0xFF, 0xFE, .. "\"}"u8]);
        Assert.Equal($"{Path}: holds text that is not valid Unicode; expected UTF-8.", Refusal());
        File.WriteAllBytes(Path, [.. "{\"data\": \""u8, .. new byte[1 << 24], .. "\"}"u8]);
        Assert.Equal($"{Path}: is larger than 16 MB; expected a sweep. Use ranges instead of long lists.", Refusal());
        File.WriteAllBytes(Path, [.. Encoding.UTF8.Preamble, .. "{\"data\": \"moons\"}"u8]);
        Assert.Equal([("data", "moons")], SweepFile.Read(Path, Known, null).Common);
    }

    [Fact]
    public void Differences_name_each_key_with_both_values()
    {
        SweepPlan before = Read("""{"data": "moons", "hidden": [1, 2, 3, 4, 5, 6, 7], "learning-rate": {"uniform": [0, 1]}, "trials": 5, "init": "he"}"""),
            now = Read("""{"data": "circles", "hidden": [1, 2], "learning-rate": 0.1, "seeds": 2, "init": "he"}""", TrainingTarget.Parse("cost:0.1"));
        Assert.Equal(
            [
                "data moons there, circles here", "hidden [1, 2, 3, 4, 5, …, 7] (7 values) there, [1, 2] here", "learning-rate uniform [0, 1] there, 0.1 here",
                "trials 5 there, not given here", "seeds 1 there, 2 here", "--target not given there, cost:0.1 here",
            ],
            SweepFile.Differences(before, now));
        Assert.Equal(
            ["the order hidden, seed, init there, seed, hidden, init here"],
            SweepFile.Differences(Read("""{"hidden": [1, 2], "seed": [1, 2]}"""), Read("""{"seed": [1, 2], "hidden": [1, 2]}""")));
    }

    private static SweepPlan RandomPlan(ulong seed)
    {
        string[] words = ["a", "0.1", "1e-4", "ä\"\\/\n", "true", "", "[1]", "file:/x y", "{}", "no"];
        double[] random = new double[200];
        new PhiloxRandom(seed).FillUniform(random, 0, 1);
        int used = 0;
        double Next() => random[used++];
        int Below(int count) => (int)(Next() * count);
        string[] names = [.. Known.Where(name => name != "init").OrderBy(_ => Next())];
        int common = Below(3), axes = 1 + Below(2), draws = Below(3);
        return new SweepPlan(
            [.. names[..common].Order(StringComparer.Ordinal).Select(name => (name, words[Below(words.Length)]))],
            [.. names[common..(common + axes)].Append("init").Select(name => new SweepAxis(name, [.. words.OrderBy(_ => Next()).Take(1 + Below(words.Length))]))],
            [.. names[(common + axes)..(common + axes + draws)].Select(name => new SweepDraw(name, 1 - Next(), 1 + Math.Exp(100 * Next()), Below(2) == 0))],
            draws == 0 ? 1 : 1 + Below(100), 1 + Below(1000),
            Below(3) switch
            {
                0 => null,
                1 => new TrainingTarget(TargetQuantity.Cost, Next() + 1e-9),
                _ => new TrainingTarget(TargetQuantity.Accuracy, 1 - Next()),
            });
    }

    private SweepPlan Read(string text, TrainingTarget? target = null)
    {
        File.WriteAllText(Path, text);
        return SweepFile.Read(Path, Known, target);
    }

    private string Refusal() => Assert.Throws<StepZeroException>(() => SweepFile.Read(Path, Known, null)).Message;
}
