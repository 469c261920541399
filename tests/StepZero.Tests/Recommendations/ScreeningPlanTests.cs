using StepZero.Recommendations;

namespace StepZero.Tests.Recommendations;

public sealed class ScreeningPlanTests
{
    /// <summary>Whatever a training costs, all rounds together cost about what is allowed: 2e12 multiply-adds, or a hundred trainings where these are more.</summary>
    [Theory]
    [InlineData(1e6)]
    [InlineData(1e8)]
    [InlineData(1e10)]
    [InlineData(1e11)]
    [InlineData(1e13)]
    public void The_work_of_all_rounds_stays_within_what_is_allowed(double updates)
    {
        var work = new TrainingWork(updates, updates / 20);
        int candidates = ScreeningPlan.BreadthOf(work, 3, rates: true, shortens: true) switch { SearchBreadth.Wide => 400, SearchBreadth.Middle => 190, _ => 95 };
        var plan = ScreeningPlan.Of(candidates, work, shortens: true);
        Assert.InRange(plan.Trainings * work.Of(1), 0, 1.5 * Math.Max(2e12, 100 * work.Of(1)));
        Assert.Equal(updates >= 1e10 ? [0.1, 0.3, 1, 1, 1, 1] : [0.1, 0.3, 1, 1, 1], plan.Rounds.Append(plan.Final).Select(round => round.Share));
        Assert.Equal(plan.Rounds.Select(round => round.Seeds).Append(plan.Final.Seeds), plan.Rounds.Select(round => round.Seeds).Append(plan.Final.Seeds).Order());
        Assert.True(plan.Final.Most >= 5);
    }

    [Fact]
    public void Short_trainings_get_more_seeds_and_a_wider_search()
    {
        TrainingWork little = new(1e7, 1e5), much = new(1e11, 1e8);
        Assert.Equal((SearchBreadth.Wide, SearchBreadth.Narrow), (ScreeningPlan.BreadthOf(little, 3, true, true), ScreeningPlan.BreadthOf(much, 3, true, true)));
        Assert.Equal((400, 8), (ScreeningPlan.Of(400, little, true).Final.Seeds, ScreeningPlan.Of(400, little, true).Final.Most));
        Assert.InRange(ScreeningPlan.Of(95, much, true).Final.Seeds, 3, 16);
        Assert.Equal((1536, 320), (ScreeningPlan.Of(400, little, true).Confirmation, ScreeningPlan.Of(95, much, true).Confirmation));
    }

    [Fact]
    public void A_schedule_that_would_be_another_in_a_short_training_is_seen_to_its_end() =>
        Assert.All(ScreeningPlan.Of(100, new TrainingWork(1e9, 1e6), shortens: false).Rounds, round => Assert.Equal(1, round.Share));
}
