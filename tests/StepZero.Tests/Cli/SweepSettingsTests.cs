using StepZero.Cli;
using StepZero.Files;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Tests.Cli;

public sealed class SweepSettingsTests
{
    [Fact]
    public void A_setting_is_what_its_options_say()
    {
        var plan = new SweepPlan(
            [("data", "moons:20"), ("seed", "7"), ("optimizer", "momentum")],
            [new("hidden", ["3", "2,2"]), new("init", ["he", "xavier"]), new("learning-rate", ["0.1", "2"]), new("weight-decay", ["0", "0.5"])],
            [new("clip-norm", 1, 2, false)], trials: 3);
        SweepSettings settings = Settings(plan, out _);
        for (long number = 0; number < plan.SettingCount; number++)
        {
            var options = plan.Options(number).ToDictionary();
            SweepSetting setting = settings.Of(number);
            Assert.Equal(options["hidden"], string.Join(',', setting.Run.Architecture.LayerSizes.Skip(1).SkipLast(1)));
            Assert.Equal(
                (options["init"], options["learning-rate"], options["weight-decay"], options["clip-norm"], 7u, "momentum:beta=0.9"),
                (setting.Run.Initializer.Name, $"{setting.Run.Training.LearningRate}", $"{setting.Run.Training.WeightDecay}", $"{setting.Run.Training.ClipNorm:R}", setting.Run.Seed, $"{setting.Run.Training.Optimizer}"));
        }
    }

    [Fact]
    public void Data_are_loaded_and_prepared_once_for_all_settings_that_read_them_in_the_same_way()
    {
        var plan = new SweepPlan(
            [("data", "moons:20"), ("test-fraction", "0.2"), ("form", "primal")],
            [new("activation", ["tanh", "relu"]), new("hidden", ["3", "2,2"]), new("iterations", ["5", "6"]), new("scaling", ["none", "standardize"]), new("seed", ["1", "2"])], []);
        SweepSettings settings = Settings(plan, out List<string> found);
        SweepSetting[] all = [.. Enumerable.Range(0, (int)plan.SettingCount).Select(number => settings.Of(number))];
        Assert.Equal(32, all.Length);
        Assert.Equal(4, all.Select(setting => setting.Data).Distinct().Count());
        Assert.Equal(2, all.Select(setting => setting.Test).Distinct().Count());
        Assert.Equal(
            ["moons:20, test-fraction 0.2, seed 1", "moons:20, test-fraction 0.2, seed 2", "test samples of moons:20, test-fraction 0.2, seed 1", "test samples of moons:20, test-fraction 0.2, seed 2"],
            found.Order(StringComparer.Ordinal));
        Assert.All(all, setting => Assert.Equal(settings.Of(Array.IndexOf(all, setting)).Run.Architecture.LayerSizes, setting.Run.Architecture.LayerSizes));
    }

    [Fact]
    public void Two_values_that_exclude_each_other_are_refused_before_anything_is_trained()
    {
        var plan = new SweepPlan([("data", "moons:20"), ("init", "he")], [new("form", ["primal", "dual"]), new("optimizer", ["gd", "adam"])], []);
        string message = Assert.Throws<StepZeroException>(Settings(plan, out _).Check).Message;
        Assert.Contains("form dual with optimizer adam: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Settings(new SweepPlan([("data", "moons:20"), ("init", "he")], [new("form", ["primal", "dual"]), new("optimizer", ["gd", "momentum"])], []), out _).Check();
    }

    /// <summary>The seed divides what early stopping holds out, and makes generated test sets, of a file's samples too.</summary>
    [Fact]
    public void Settings_of_other_seeds_hold_out_and_test_on_other_samples()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, ["x,y,label", .. Enumerable.Range(0, 40).Select(i => $"{i},{i * i % 7},{(i % 3 == 0 ? 0 : 1)}")]);
            var plan = new SweepPlan([("data", file), ("test-data", "moons:20"), ("target", "label"), ("early-stopping", "3"), ("init", "he")], [new("seed", ["1", "2"])], []);
            SweepSettings settings = Settings(plan, out List<string> found);
            SweepSetting[] all = [settings.Of(0), settings.Of(1)];
            Assert.NotEqual(DataHash.Of(all[0].Data.Data), DataHash.Of(all[1].Data.Data));
            Assert.NotEqual(DataHash.Of(all[0].Test!), DataHash.Of(all[1].Test!));
            Assert.Equal(4, found.Distinct().Count());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_form_is_that_which_each_setting_has_by_itself()
    {
        // Of few updates the matrix of products of samples does not pay.
        var plan = new SweepPlan([("data", "pets:20"), ("hidden", "2")], [new("iterations", ["1", "1000"]), new("init", ["he"])], []);
        SweepSettings settings = Settings(plan, out _);
        SweepSetting[] forward = [.. Enumerable.Range(0, 2).Select(number => settings.Of(number))];
        Assert.Equal([TrainingForm.Primal, TrainingForm.Dual], forward.Select(setting => setting.Data.Form));
    }

    [Theory]
    [InlineData("epochs", "3", "sweep.json: iterations and \"epochs\" exclude each other. Use one of them.")]
    [InlineData("allow-nan", "yes", "sweep.json: allow-nan: expected true or false, found 'yes'.")]
    [InlineData("hidden", "5x5", "sweep.json: hidden: expected a whole number from 1 to 1000000, found '5x5'.")]
    public void A_refused_value_is_named_as_the_file_names_it(string name, string value, string expected)
    {
        SweepSettings settings = Settings(new SweepPlan([("data", "moons:20"), ("iterations", "5"), (name, value)], [], []), out _);
        Assert.Equal(expected, Assert.Throws<StepZeroException>(settings.Check).Message);
    }

    private static SweepSettings Settings(SweepPlan plan, out List<string> found)
    {
        List<string> names = found = [];
        return new SweepSettings("sweep.json", plan, threads: 4, (name, _) => names.Add(name), CancellationToken.None);
    }
}
