using StepZero.Data;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Cli;

/// <summary>What a job was asked for: the values of <see cref="JobOptions"/>.</summary>
internal sealed record JobSettings
{
    public required string Data { get; init; }

    public string? Positive { get; init; }

    public required int[] Hidden { get; init; }

    public required Activation Activation { get; init; }

    /// <summary>Null for that which the targets suggest.</summary>
    public Loss? Loss { get; init; }

    public required Initializer[] Initializers { get; init; }

    /// <summary>The texts that give the same initializers from anywhere.</summary>
    public required string[] InitializerTexts { get; init; }

    public required TrainingOptions Training { get; init; }

    public required uint Seed { get; init; }

    public required string Random { get; init; }

    public string? TestData { get; init; }

    public double? TestFraction { get; init; }

    public required DataOptions Reading { get; init; }

    public bool Horizon { get; init; }

    public int? Seeds { get; init; }

    public bool During { get; init; }

    public bool Fix { get; init; }

    public int Threads { get; init; } = 1;

    public string? Output { get; init; }

    public bool Plots { get; init; } = true;

    public bool Json { get; init; }

    public bool Quiet { get; init; }

    public bool Force { get; init; }

    /// <summary>
    /// The options that make the result, by their names without dashes, with their canonical values: what spec.json holds. Nothing that was chosen
    /// for the user stays open: the positive class and the form are named.
    /// </summary>
    /// <param name="train">The training samples.</param>
    /// <param name="loss">What is minimised.</param>
    /// <param name="form">Primal or dual.</param>
    public IEnumerable<(string Name, object Value)> Canonical(Dataset train, Loss loss, TrainingForm form)
    {
        yield return ("data", Whole(Data, train.Name));
        if (loss != Networks.Loss.CrossEntropy && train.Targets is null)
        {
            yield return ("positive", train.Positive);
        }

        yield return ("loss", loss);
        yield return ("hidden", Hidden is [] ? "none" : string.Join(',', Hidden));
        yield return ("activation", Activation.ToString());
        yield return ("init", string.Join(',', InitializerTexts));
        foreach ((string, object) option in UpdateOptions.Canonical(Training))
        {
            yield return option;
        }

        yield return ("seed", Seed);
        yield return ("random", Random);
        yield return ("scaling", Training.Scaling.ToString());
        yield return ("precision", Training.Precision);
        yield return ("form", form);
        if (TestData is not null)
        {
            yield return ("test-data", Whole(TestData, TestData));
        }

        if (TestFraction is double fraction)
        {
            yield return ("test-fraction", fraction);
        }

        foreach ((string, object) option in ReadingOptions.Canonical(Reading, Data))
        {
            yield return option;
        }

        if (Horizon)
        {
            yield return ("horizon", true);
        }

        if (Seeds is int seeds)
        {
            yield return ("seeds", seeds);
        }

        if (During)
        {
            yield return ("during", true);
        }

        if (Fix)
        {
            yield return ("fix", true);
        }
    }

    /// <summary>A file or folder by its full path, so that the spec can be run from anywhere; a set by its name.</summary>
    public static string Whole(string data, string name) => DataSource.IsPath(data) ? Path.GetFullPath(data) : name;
}
