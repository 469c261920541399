using StepZero.Data;
using StepZero.Initialization;
using StepZero.Sweeps;

namespace StepZero.Tests.Sweeps;

/// <summary>Settings whose trainings are known in advance: what each seed comes to is a function of the setting and the seed.</summary>
public sealed class ConfirmationTests
{
    [Fact]
    public void A_fast_setting_that_few_seeds_flatter_loses_to_a_sure_one()
    {
        ScreenedSetting flattered = Setting("he", 8, seed => seed % 9 == 8 ? null : 100), sure = Setting("xavier", 8, _ => 150);
        Assert.Equal(["xavier", "he"], Ranked([flattered, sure], (name, seed) => name == "xavier" ? 150 : seed % 9 == 8 ? null : 100));
    }

    [Fact]
    public void One_miss_of_few_does_not_keep_a_fast_setting_out()
    {
        ScreenedSetting unlucky = Setting("he", 8, seed => seed == 3 ? null : 100), sure = Setting("xavier", 8, _ => 150);
        Assert.Equal(["he", "xavier"], Ranked([unlucky, sure], (name, seed) => name == "xavier" ? 150 : seed == 3 ? null : 100));
    }

    [Fact]
    public void What_promises_less_than_the_best_confirmed_is_not_trained_again()
    {
        var trained = new List<(string, int, int)>();
        Confirmation.Of([Setting("he", 8, _ => 300), Setting("xavier", 8, _ => 100), Setting("orthogonal", 50, _ => 100)], (candidate, first, count) =>
        {
            trained.Add((candidate.Initializer.Name, first, count));
            return [.. Enumerable.Repeat<int?>(100, count)];
        });
        Assert.Equal([("xavier", 8, 40)], trained);
    }

    [Fact]
    public void The_best_default_is_confirmed_where_it_is_nearly_as_fast()
    {
        foreach ((int iterations, bool expected) in ((int, bool)[])[(105, true), (130, false)])
        {
            var trained = new List<string>();
            Confirmation.Of([Setting("he", 8, _ => 100), Setting("default@keras", 8, _ => iterations, Library.Keras)], (candidate, _, count) =>
            {
                trained.Add(candidate.Initializer.Name);
                return [.. Enumerable.Repeat<int?>(candidate.Library is null ? 100 : iterations, count)];
            });
            Assert.Equal(expected, trained.Contains("default@keras"));
        }
    }

    [Fact]
    public void Where_nothing_more_may_begin_settings_are_ranked_by_what_is_there()
    {
        ScreenedSetting[] ranked = Confirmation.Of([Setting("he", 8, seed => seed == 3 ? null : 100), Setting("xavier", 8, _ => 150)], (_, _, _) => null);
        Assert.Equal(["xavier", "he"], ranked.Select(setting => setting.Candidate.Initializer.Name));
        Assert.All(ranked, setting => Assert.Equal(8, setting.ReachedAt.Count));
    }

    [Fact]
    public void What_was_not_confirmed_stands_behind_what_is_sure()
    {
        string[] fast = ["he", "xavier", "he_uniform", "glorot_uniform"];
        ScreenedSetting[] settings = [.. fast.Select(name => Setting(name, 8, _ => 100)), Setting("orthogonal", 50, _ => 150)];
        Assert.Equal("orthogonal", Ranked(settings, (name, seed) => name == "orthogonal" ? 150 : seed % 9 == 8 ? null : 100).First());
    }

    private static IEnumerable<string> Ranked(IReadOnlyList<ScreenedSetting> settings, Func<string, int, int?> reachedAt) =>
        Confirmation.Of(settings, (candidate, first, count) => [.. Enumerable.Range(first, count).Select(seed => reachedAt(candidate.Initializer.Name, seed))])
            .Select(setting => setting.Candidate.Initializer.Name);

    private static ScreenedSetting Setting(string name, int seeds, Func<int, int?> reachedAt, Library? library = null) =>
        new(new Candidate(Initializer.Parse(name), 0.1, Scaling.Auto, library), 5, 0.1, [.. Enumerable.Range(0, seeds).Select(reachedAt)]);
}
