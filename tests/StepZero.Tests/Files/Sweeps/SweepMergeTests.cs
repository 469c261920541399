using StepZero.Files;
using StepZero.RandomNumbers;
using StepZero.Sweeps;
using static StepZero.Tests.Files.Sweeps.SweptTrainings;

namespace StepZero.Tests.Files.Sweeps;

public sealed class SweepMergeTests : IDisposable
{
    private static readonly SweepPlan Plan = SweptTrainings.Plan();
    private static readonly SweptTraining[] Trainings = All(Plan);

    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Sixteen parts, of which some hold the same trainings: in whatever order, and one after the other, they make one whole.</summary>
    [Fact]
    public void Parts_in_any_order_make_the_same_whole()
    {
        string[] parts = [.. Enumerable.Range(1, 16).Select(part => Write(
            SweepDatabase.NameOf(part, 16), Trainings.Where(training => training.Index % 16 == part - 1 || training.Index % 50 == part).Select(training => training with { Seconds = training.Seconds + (training.Index % 16 == part - 1 ? 0 : 1) })))];
        Assert.Equal(Texts(Trainings), Texts(SweepMerge.Read([folder]).Trainings));
        for (ulong seed = 0; seed < 5; seed++)
        {
            double[] random = new double[16];
            new PhiloxRandom(seed).FillUniform(random, 0, 1);
            string[] order = [.. parts.Zip(random).OrderBy(pair => pair.Second).Select(pair => pair.First)];
            string whole = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, $"{seed}")).FullName, SweepDatabase.Name);
            if (seed % 2 == 0)
            {
                Assert.Equal(120, SweepMerge.Into(whole, order));
            }
            else
            {
                Assert.InRange(SweepMerge.Into(whole, order[..5]), 30, 60);
                Assert.Equal(120, SweepMerge.Into(whole, [.. order[3..], whole]));
            }

            using var merged = SweepDatabase.Read(whole);
            Assert.Equal(Texts(Trainings), Texts(merged.Trainings()));
            Assert.Equal([whole], Directory.GetFiles(Path.GetDirectoryName(whole)!));
        }
    }

    [Fact]
    public void A_folder_is_merged_within_itself_as_often_as_one_likes()
    {
        Write("sweep-1-of-2.db", Trainings[..50]);
        string whole = Path.Combine(folder, SweepDatabase.Name);
        Assert.Equal(50, SweepMerge.Into(whole, [folder]));
        Write("sweep-2-of-2.db", Trainings[50..]);
        Assert.Equal(120, SweepMerge.Into(whole, [folder]));
        Assert.Equal(120, SweepMerge.Into(whole, [folder]));
        Assert.Equal(Texts(Trainings), Texts(SweepMerge.Read([whole]).Trainings));
        Assert.Equal(Texts(Trainings), Texts(SweepMerge.Read([folder, whole]).Trainings));
        Assert.Equal(["sweep-1-of-2.db", "sweep-2-of-2.db", "sweep.db"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("cost")]
    [InlineData("reached")]
    [InlineData("curve")]
    public void Different_results_of_a_training_are_refused_and_nothing_is_added(string what)
    {
        SweptTraining other = what switch
        {
            "cost" => Trainings[40] with { Cost = 0.5 },
            "reached" => Trainings[40] with { ReachedAt = 3 },
            _ => Trainings[40] with { Curve = [.. Trainings[40].Curve.Select((point, i) => i == 3 ? point + 1 : point)] },
        };
        string a = Write("a.db", Trainings[..50]), b = Write("b.db", [other, .. Trainings[50..]]), whole = Path.Combine(folder, SweepDatabase.Name);
        Assert.NotEqual(Text(Trainings[40]), Text(other));
        Assert.Equal(
            FormattableString.Invariant($"training 40 has the cost {Trainings[40].Cost:R} in {a} and {other.Cost:R} in {b}, or another course: the same training came to different results. Train one of the parts anew, with one version of StepZero on one kind of machine."),
            Refusal(() => SweepMerge.Into(whole, [a, b])));
        using var database = SweepDatabase.Read(whole);
        Assert.Equal(0, database.Count());
    }

    [Fact]
    public void Parts_of_other_sweeps_and_of_other_data_are_refused()
    {
        string a = Write("a.db", Trainings), b = Path.Combine(folder, "b.db"), whole = Path.Combine(folder, SweepDatabase.Name);
        using (var other = SweepDatabase.Write(b, SweptTrainings.Plan(seeds: 5)))
        {
            other.CheckData("moons", "x");
        }

        Assert.Equal($"{b}: is of another sweep than {a}: seeds 4 there, 5 here. Merge parts of one sweep.", Refusal(() => SweepMerge.Into(whole, [a, b])));
        Assert.False(File.Exists(whole));
        File.Delete(b);
        foreach ((string path, string hash) in (ReadOnlySpan<(string, string)>)[(a, "x"), (b, "y")])
        {
            using var part = SweepDatabase.Write(path, Plan);
            part.CheckData("moons", hash);
        }

        string message = $"{b}: was trained on other data moons than {a}. Train one of the parts anew.";
        Assert.Equal(message, Refusal(() => SweepMerge.Into(whole, [a, b])));
        Assert.Equal(message, Refusal(() => SweepMerge.Read([a, b])));
        Assert.False(File.Exists(whole));
        Directory.CreateDirectory(Path.Combine(folder, "empty"));
        Assert.Equal($"{folder}/empty: holds no database of a sweep; expected sweep.db, or sweep-1-of-16.db and the like. Run 'stepzero sweep' first.", Refusal(() => SweepMerge.Read([$"{folder}/empty"])));
        Assert.Equal($"{folder}/none: there is no such file; expected the database of a sweep. Run 'stepzero sweep' first.", Refusal(() => SweepMerge.Read([$"{folder}/none"])));
    }

    private static string Refusal(Action act) => Assert.Throws<StepZeroException>(act).Message;

    private string Write(string name, IEnumerable<SweptTraining> trainings)
    {
        string path = Path.Combine(folder, name);
        using var database = SweepDatabase.Write(path, Plan);
        database.Append(trainings);
        return path;
    }
}
