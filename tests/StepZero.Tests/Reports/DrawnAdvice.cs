using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Recommendations;
using StepZero.Training;

namespace StepZero.Tests.Reports;

/// <summary>Advice whose seeds are made up, so that all its numbers are known.</summary>
internal static class DrawnAdvice
{
    private static readonly Lazy<(Recommendation Advice, PreparedData Data)> Made = new(Make);

    /// <summary>Five settings; Keras's default misses the target from half of its seeds, and scikit-learn's was trained from half of them.</summary>
    public static Recommendation Advice => Made.Value.Advice;

    /// <summary>What it was trained on.</summary>
    public static PreparedData Data => Made.Value.Data;

    private static (Recommendation Advice, PreparedData Data) Make()
    {
        Dataset moons = GeneratedSets.Parse("moons:40", 1);
        var network = new Architecture(2, [3, 3], Activation.Tanh);
        var question = new AdviceQuestion(new RunSpec(network, Initializer.Xavier, new TrainingOptions { Iterations = 60 }), moons) { Seeds = 8 };
        PreparedData data = PreparedData.Prepare(moons, network, question.Run.Training);
        Evidence winner = Of(new Candidate(Initializer.Parse("orthogonal:gain=2"), 2, Scaling.Auto), 0.9, 10, 12, 11, 14, 20, 13, 15, null);
        Evidence second = Of(new Candidate(Initializer.Xavier, 1.5, Scaling.Auto), 0.95, 9, 12, 13, 14, 21, 22, 16, 17);
        Evidence[] defaults =
        [
            Of(AdviceTextTests.Default(Library.Pytorch), 0.85, 30, 31, 32, 33, 34, 35, 36, 37), Of(AdviceTextTests.Default(Library.Keras), null, 40, 41, 42, 43, null, null, null, null),
            Of(AdviceTextTests.Default(Library.Sklearn), 0.8, 50, 51, 52, 53),
        ];
        ScreenedSetting[] screened =
        [
            .. ((Evidence[])[winner, second, .. defaults]).Select((evidence, i) => new ScreenedSetting(evidence.Candidate, 3, (10 + i) / 100.0, evidence.ReachedAt)),
            new(winner.Candidate with { LearningRate = 7 }, 1, double.PositiveInfinity, []),
        ];
        FindingRule rule = FindingRule.Saturation;
        RuledOutStart[] ruledOut = [new(Initializer.Parse("orthogonal:gain=4"), Scaling.Center, new Finding(rule, 1, 0.9, 0.5, "90% < all"))];
        var screening = new Screening(screened, ruledOut, 2, [new ScreeningRound(0.1, 2, 6), new ScreeningRound(1, 8, 5)], 52, TrainingTarget.Parse("cost:0.11"), TargetOrigin.FinalCost, IsCut: false);
        return (new Recommendation(question, screening, winner, second, defaults, IsCut: false), data);

        Evidence Of(Candidate candidate, double? tested, params int?[] reachedAt) => new(candidate, reachedAt, tested, Diagnosis.Of([candidate.Of(question.Run, 1)], data)[0]);
    }
}
