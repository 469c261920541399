using StepZero.Cli;
using StepZero.Files;
using StepZero.Sweeps;
using static StepZero.Tests.Files.Sweeps.SweptTrainings;

namespace StepZero.Tests.Cli;

public sealed class SweepWriterTests : IDisposable
{
    private static readonly SweepPlan Plan = Files.Sweeps.SweptTrainings.Plan();

    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>A kill a moment later would lose what waits: an hour of training does not, not even behind short ones.</summary>
    [Fact]
    public void What_took_long_to_train_is_written_at_once()
    {
        using var database = SweepDatabase.Write(Path.Combine(folder, SweepDatabase.Name), Plan);
        using var progress = new SweepProgress(Plan.TrainingCount, 0, silent: true);
        var writer = new SweepWriter(database, progress);
        writer.Add([At(3) with { Seconds = 3600 }]);
        Assert.Equal(1, database.Count());
        writer.Add([At(2) with { Seconds = 0.6 }]);
        writer.Add([At(1) with { Seconds = 0.6 }]);
        Assert.Equal(3, database.Count());
        writer.Flush();
        Assert.Equal([1L, 2, 3], database.Trainings().Select(training => training.Index));
    }
}
