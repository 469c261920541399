using System.Diagnostics;
using System.Globalization;
using StepZero.Data;
using StepZero.Files;
using StepZero.Networks;
using StepZero.Recommendations;
using StepZero.Training;

namespace StepZero.Benchmarks.Advice;

/// <summary>
/// What <c>stepzero advise</c> recommends for six data sets, three networks and two activations: whether it reaches its target from fresh seeds, whether the default of a library would
/// have been faster, and how long the answer takes.
/// </summary>
internal static class AdviceCases
{
    private static readonly string[] Sets = ["pets", "moons", "circles", "spirals", "digits", "breast-cancer"];
    private static readonly int[][] Networks = [[5, 5], [32], [64, 64, 64]];
    private static readonly string[] Activations = ["tanh", "relu"];

    private const int Enough = 30;

    /// <summary>Runs the cases, prints a line each as Markdown, and the shares at the end.</summary>
    /// <param name="filter">Words that all stand in the name of a case, as in "moons 5,5 relu"; null for all cases. The word "seed=1001" asks with other seeds.</param>
    public static int Run(string? filter)
    {
        const string OfSeed = "seed=";
        string[] all = filter?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [], words = [.. all.Where(word => !word.StartsWith(OfSeed, StringComparison.Ordinal))];
        uint seed = all.Except(words).Select(word => uint.Parse(word.AsSpan(OfSeed.Length), CultureInfo.InvariantCulture)).FirstOrDefault(1u);
        Console.WriteLine("| case | recommended | target | reached | iterations | best default | its iterations | trainings | seconds | of the processors | |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        List<(bool Reaches, bool IsFastest)> outcomes = [];
        foreach ((string set, int[] hidden, string activation) in Sets.SelectMany(set => Networks.SelectMany(hidden => Activations.Select(activation => (set, hidden, activation)))))
        {
            string name = $"{set} {string.Join(',', hidden)} {activation}";
            if (words.All(word => name.Split(' ').Contains(word)))
            {
                outcomes.Add(Run(name, set, hidden, activation, seed));
            }
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{outcomes.Count(one => one.Reaches)} of {outcomes.Count} reach the target from {Enough} or more of {AdviceQuestion.UsualSeeds} fresh seeds; {outcomes.Count(one => one.IsFastest)} of {outcomes.Count} need no more iterations than the best default."));
        return 0;
    }

    private static (bool Reaches, bool IsFastest) Run(string name, string set, int[] hidden, string activation, uint seed)
    {
        long started = Stopwatch.GetTimestamp();
        TimeSpan busy = Process.GetCurrentProcess().TotalProcessorTime;
        Dataset data = DataSource.Load(set, 1, new DataOptions()).Data;
        Architecture network = data.Classes.Count > 2
            ? new Architecture(data.FeatureCount, hidden, Activation.Parse(activation), Loss.CrossEntropy, data.Classes.Count)
            : new Architecture(data.FeatureCount, hidden, Activation.Parse(activation));
        var question = new AdviceQuestion(new RunSpec(network, Initialization.Initializer.Xavier, new TrainingOptions(), seed), data);
        var advice = Recommendation.Of(question, new Execution { Threads = Environment.ProcessorCount, Clock = TimeProvider.System });
        TimeSpan took = Stopwatch.GetElapsedTime(started), used = Process.GetCurrentProcess().TotalProcessorTime - busy;
        Evidence winner = advice.Winner, best = advice.BestDefault;
        bool reaches = winner.Reached.Count >= Enough, isFastest = winner.Median <= best.Median;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {winner.Candidate} | {advice.Screening.Target} | {winner.Reached.Count}/{winner.Reached.Total} | {Text(winner)} | {best.Candidate} | {Text(best)} ({best.Reached.Count}/{best.Reached.Total}) | {advice.Screening.Trainings} | {took.TotalSeconds:0.0} | {used.TotalSeconds:0.0} | {(reaches ? "" : "misses the target; ")}{(isFastest ? "" : "is slower; ")}{(reaches && isFastest ? "passes" : "")} |"));
        if (Environment.GetEnvironmentVariable("ADVICE_DETAILS") is not null)
        {
            foreach (ScreeningRound round in advice.Screening.Rounds)
            {
                Console.Error.WriteLine($"  {round}");
            }

            foreach (ScreenedSetting setting in advice.Screening.Finalists)
            {
                Console.Error.WriteLine($"  {setting.Candidate}: worst {setting.Cost:G4}, reached {setting.ReachedAt.Count(at => at is not null)}, median {setting.Median}");
            }

            foreach (Evidence evidence in advice.All)
            {
                Console.Error.WriteLine($"  evidence {evidence.Candidate}: {evidence.Reached.Count}/{evidence.Reached.Total}, {evidence.LowerQuartile} {evidence.Median} {evidence.UpperQuartile}, beaten {winner.ChanceToBeat(evidence):0.00}");
            }
        }

        return (reaches, isFastest);
    }

    private static string Text(Evidence evidence) => double.IsFinite(evidence.Median) ? evidence.Median.ToString("0", CultureInfo.InvariantCulture) : "never";
}
