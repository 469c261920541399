using StepZero.Diagnostics;

namespace StepZero.Tests.Diagnostics;

public sealed class ForecastTests
{
    private const int Budget = 1000;
    private static readonly TrainingGoal Goal = new(Math.Log(2));

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.01)]
    public void A_cost_that_falls_by_the_same_share_with_each_update_goes_on_so(double share)
    {
        Probe probe = First(100, t => Math.Exp(-share * t));
        CostCourse course = CostCourse.Of(probe);

        // Medians of the last fifth and of that around the middle lie 40 updates apart and are taken for 50; falls below e⁻⁴ are not believed.
        double last = -share * 89.5, fall = share * 40;
        Assert.Equal(last - Math.Min(4, fall * 900 / 50), course.Exponential, 1e-3);
        Assert.Equal(-share * 99, course.Lowest, 1e-12);
        Assert.Equal(0.1, course.Seen, 1e-15);
        Assert.True(Forecast.Of(probe, Goal).Probability > 0.9);
    }

    [Fact]
    public void A_cost_that_falls_by_the_same_share_with_each_doubling_goes_on_so()
    {
        CostCourse course = CostCourse.Of(First(200, t => Math.Pow(t + 1, -0.5)));
        double last = -0.5 * Math.Log(180.5), middle = -0.5 * Math.Log(100.5);
        Assert.Equal(last + ((last - middle) * Math.Log2(5)), course.Power, 1e-3);
        Assert.Equal(-0.5 * Math.Log(Budget), course.Power, 0.2);
    }

    [Fact]
    public void A_cost_that_stays_is_foretold_to_stay()
    {
        Forecast forecast = Forecast.Of(First(100, _ => 0.69), Goal);
        Assert.Equal(0.69, forecast.Cost, 1e-12);
        Assert.Equal(0.5 * 0.69, forecast.Target, 1e-15);

        // ln 2 below, weighed by 7.82 and flattened by 1 + 0.73·ln 10, with the surprise of the fit.
        double odds = Math.Exp(-7.82 * Math.Log(2) / (1 + (0.73 * Math.Log(10))));
        Assert.Equal(0.0172 + ((1 - 0.0344) * odds / (1 + odds)), forecast.Probability, 1e-9);
    }

    [Fact]
    public void The_less_was_seen_the_less_sure_it_is()
    {
        double[] sure = [.. Enumerable.Range(0, 3).Select(i => Forecast.Of(First(50 * (int)Math.Pow(4, i), _ => 0.69), Goal).Probability)];
        Assert.True(sure[0] > 1.5 * sure[1] && sure[1] > 1.5 * sure[2], string.Join(", ", sure));
        Assert.InRange(sure[0], 0.05, 0.3);
    }

    [Fact]
    public void Oscillation_does_not_count_as_a_fall()
    {
        CostCourse calm = CostCourse.Of(First(100, _ => 0.5)), restless = CostCourse.Of(First(101, t => t % 2 == 0 ? 0.6 : 0.4));
        Assert.Equal(calm.Exponential, restless.Exponential, 1e-12);
        Assert.Equal(Math.Log(0.4), restless.Lowest, 1e-15);
    }

    [Fact]
    public void A_cost_that_rises_is_foretold_to_stay_between_the_lowest_and_the_last()
    {
        Forecast forecast = Forecast.Of(First(100, t => 0.5 + (0.01 * t)), Goal);
        Assert.InRange(forecast.Cost, 0.5, 1.5);
        Assert.True(forecast.Probability < 0.2);
    }

    [Fact]
    public void A_cost_below_the_target_is_foretold_to_stay_there()
    {
        Forecast forecast = Forecast.Of(First(100, t => t < 10 ? 1 : 0.05), Goal);
        Assert.Equal(0.05, forecast.Cost, 1e-12);
        Assert.InRange(forecast.Probability, 0.9, 0.9904);
    }

    [Theory]
    [InlineData(0.34, 1)]
    [InlineData(0.35, 0)]
    public void A_whole_training_is_as_it_ended(double last, double probability)
    {
        Forecast forecast = Forecast.Of(First(Budget, t => t == Budget - 1 ? last : 0.69), Goal);
        Assert.Equal((last, probability), (forecast.Cost, forecast.Probability));
    }

    [Fact]
    public void A_training_that_diverged_or_never_began_does_not_train()
    {
        Forecast diverged = Forecast.Of(new Probe([0.6, 0.1], Budget, true, []), Goal);
        Assert.Equal((double.PositiveInfinity, 0.3, 0.0), (diverged.Cost, diverged.Target, diverged.Probability));
        Forecast empty = Forecast.Of(new Probe([], Budget, true, []), Goal);
        Assert.Equal((double.PositiveInfinity, 0.0), (empty.Cost, empty.Probability));
    }

    [Fact]
    public void Costs_of_zero_and_goals_of_zero_have_a_probability()
    {
        Assert.Equal(0, Forecast.Of(First(100, _ => 0), Goal).Probability);
        Assert.Equal(0, Forecast.Of(First(100, _ => 0.1), new TrainingGoal(0)).Probability);
        Assert.InRange(Forecast.Of(First(100, t => t == 0 ? 1 : 0), Goal).Probability, 0.98, 1);
        Assert.InRange(Forecast.Of(First(1, _ => 0.69), Goal).Probability, 0, 0.5);
    }

    [Fact]
    public void The_probability_grows_with_the_target_and_is_even_at_the_cost_that_is_expected()
    {
        Probe probe = First(150, t => 0.3 + (0.4 * Math.Exp(-0.01 * t)));
        double[] probabilities = [.. Enumerable.Range(1, 60).Select(i => Forecast.Of(probe, new TrainingGoal(0.02 * i)).Probability)];
        Assert.Equal(probabilities.Order(), probabilities);
        Assert.InRange(probabilities[0], 0.0172, 0.03);
        double cost = Forecast.Of(probe, Goal).Cost;
        Assert.Equal(0.5, Forecast.Of(probe, new TrainingGoal(2 * cost)).Probability, 1e-12);
    }

    private static Probe First(int seen, Func<int, double> cost) => new([.. Enumerable.Range(0, seen).Select(cost)], Budget, false, []);
}
