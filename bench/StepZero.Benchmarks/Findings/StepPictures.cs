using StepZero.Diagnostics;
using StepZero.Reports;
using StepZero.Training;

namespace StepZero.Benchmarks.Findings;

/// <summary>What the costs do, and why.</summary>
internal static class StepPictures
{
    /// <summary>Sharpness against 2/rate along training, and the cost below it.</summary>
    public static Lazy<Picture> Sharpness { get; } = new(() =>
    {
        const int Iterations = 300;
        (string Name, Case Case)[] shown = [("as they are", Cases.PetsXavier.Value), ("centered", Cases.PetsCentered.Value)];
        (double[] At, double[] Sharpness, double[] Costs)[] seen = [.. shown.Select(one => Watch(one.Case, Iterations))];
        double limit = 2 / shown[0].Case.Spec.Training.LearningRate;
        ScottPlot.Plot sharpness = LineFigure.Draw(
            "iteration", "sharpness (logarithmic)", [.. shown.Select((one, i) => new Line(one.Name, seen[i].Sharpness, 1 - i) { Xs = seen[i].At })], logarithmic: true,
            [new(limit, $"2/rate = {Figures.Short(limit)}")]);
        ScottPlot.Plot costs = LineFigure.Draw("iteration", "cost", [.. shown.Select((one, i) => new Line(one.Name, seen[i].Costs, 1 - i))], logarithmic: false, []);
        return new Picture(
            "sharpness.png", "Sharpness along training against 2/rate, above, and the cost, below, for pets as they are and centered",
            $"*The network for the pets at a rate of 0.01, from Xavier's start: the pictures as they are, and centered. As they are, the sharpness begins at {Figures.Short(seen[0].Sharpness[0])}, goes beyond 2/rate = {Figures.Short(limit)} and up to {Figures.Short(seen[0].Sharpness.Max())} within {Iterations} updates, "
                + $"and the cost jumps. Centered, it begins at {Figures.Short(seen[1].Sharpness[0])} and stays below {Figures.Short(seen[1].Sharpness.Max())}. Training tends to raise the sharpness up to that limit: the edge of stability (Cohen et al. 2021, arXiv:2103.00065).*",
            PanelFigure.Above(sharpness, costs));
    });

    public static Lazy<Picture> RisingCost { get; } = new(() =>
    {
        const int Shown = 100;
        double[] with = [.. Cases.PetsXavier.Value.Costs().Take(Shown)], without = [.. Cases.PetsCalm.Value.Costs().Take(Shown)];
        return new Picture(
            "rising-cost.png", "The first hundred costs at a rate past what is stable and at a stable one",
            $"*The first {Shown} costs of the network for the pets: at a rate of 0.01 {Rises(with)} of {Shown - 1} updates raise the cost, at 0.0003 {Rises(without)}.*",
            LineFigure.Png(LineFigure.Draw("iteration", "cost", [new Line("rate 0.01", with, 1), new Line("rate 0.0003", without, 0)], logarithmic: false, [])));

        static int Rises(double[] costs) => Enumerable.Range(1, costs.Length - 1).Count(t => costs[t] > costs[t - 1]);
    });

    public static Lazy<Picture> Divergence { get; } = new(() =>
    {
        double[] with = Cases.Regression.Value.Costs(), without = Cases.CalmRegression.Value.Costs();
        return new Picture(
            "divergence.png", "Costs of a regression at a rate far too large, on a logarithmic axis, and at a stable one",
            $"*32 tanh units, a linear output and the mean squared error. At a rate of {Cases.Regression.Value.Spec.Training.LearningRate:0.##} each update overshoots further than the last: {Figures.Cost(with[^1])} is the last cost that is a number, after {with.Length - 1} updates. At {Cases.CalmRegression.Value.Spec.Training.LearningRate:0.##} it falls to {Figures.Cost(without[^1])}.*",
            LineFigure.Png(LineFigure.Draw("iteration", "cost (logarithmic)", [new Line("rate 3", with, 1), new Line("rate 0.02", [.. without.Take(with.Length)], 0)], logarithmic: true, [])));
    });

    /// <summary>Three ways not to get below the target, and one to get there.</summary>
    public static Lazy<Picture> Budget { get; } = new(() =>
    {
        (string Name, Case Case)[] shown = [("rate 0.001", Cases.ShortSteps.Value), ("20 updates", Cases.FewSteps.Value), ("std 0.05", Cases.Vanishing.Value), ("trains", Cases.Enough.Value)];
        double[][] costs = [.. shown.Select(one => one.Case.Costs())];
        double target = shown[^1].Case.Diagnosis.Forecast.Target;
        return new Picture(
            "budget.png", "Cost curves with short steps, with few steps, on a plateau, and of a network that trains, with the target",
            $"*Half of the cost of the best constant answer is {Figures.Cost(target)}. One hidden layer of 8 tanh units at a rate of 0.5 is at {Figures.Cost(costs[3][^1])} after {Figures.Count(costs[3].Length)} updates. The same at a rate of 0.001 gets to {Figures.Cost(costs[0][^1])} in as many; in 20 updates it gets to {Figures.Cost(costs[1][^1])}; "
                + $"ten ReLU layers from normal weights of standard deviation 0.05 stay at {Figures.Cost(costs[2][^1])}, the cost of saying 1/2 to everything.*",
            LineFigure.Png(LineFigure.Draw("iteration", "cost", [.. new[] { 0, 2, 3, 1 }.Select(i => new Line(shown[i].Name, costs[i], i))], logarithmic: false, [new(target, "trained below")])));
    });

    public static Lazy<Picture> Features { get; } = new(() =>
    {
        double[] raw = Cases.RawTanh.Value.Costs(), standardized = Cases.StandardizedTanh.Value.Costs();
        DataStatistics data = Cases.RawTanh.Value.Diagnosis.Data;
        return new Picture(
            "features.png", "Cost curves on raw and on standardized features",
            $"*32 tanh units on the 30 measures of breast-cancer, whose standard deviations go from {Figures.Short(data.SmallestDeviation)} to {Figures.Short(data.LargestDeviation)}. Raw, the cost is {Figures.Cost(raw[^1])} after {Figures.Count(raw.Length)} updates; standardized {Figures.Cost(standardized[^1])}.*",
            LineFigure.Png(LineFigure.Draw(
                "iteration", "cost", [new Line("raw", raw, 1), new Line("standardized", standardized, 0)], logarithmic: false,
                [new(Cases.RawTanh.Value.Diagnosis.Forecast.Target, "trained below")])));
    });

    public static Lazy<Picture> Constant { get; } = new(() =>
    {
        double[] with = Cases.Constant.Value.Costs(), without = Cases.Enough.Value.Costs();
        return new Picture(
            "constant-data.png", "Cost curves on one point a hundred times and on a hundred points",
            $"*A hundred times the same point, half of them of each class: the best is to say 1/2, and the cost stays at ln 2 = {Figures.Cost(with[^1])}. On a hundred points the same network gets to {Figures.Cost(without[^1])}.*",
            LineFigure.Png(LineFigure.Draw(
                "iteration", "cost", [new Line("one point", with, 1), new Line("100 points", without, 0)], logarithmic: false, [new(Cases.Enough.Value.Diagnosis.Forecast.Target, "trained below")])));
    });

    public static Lazy<Picture> Plateau { get; } = new(() =>
    {
        double[] with = Cases.Straight.Value.Costs(), without = Cases.Bent.Value.Costs();
        return new Picture(
            "plateau.png", "Cost curves on two circles without and with a hidden layer",
            $"*Two circles, one inside the other: no straight line parts them, so logistic regression stays at {Figures.Cost(with[^1])}, that of a coin. With 8 tanh units the cost gets to {Figures.Cost(without[^1])}.*",
            LineFigure.Png(LineFigure.Draw(
                "iteration", "cost", [new Line("no hidden layer", with, 1), new Line("8 units", without, 0)], logarithmic: true, [new(Cases.Bent.Value.Diagnosis.Forecast.Target, "trained below")])));
    });

    public static Lazy<Picture> OneClass { get; } = new(() =>
    {
        double[] with = Cases.OneClass.Value.Costs(), without = Cases.Enough.Value.Costs();
        return new Picture(
            "constant-targets.png", "Cost curves on points of one class and on points of two",
            $"*On points of one class the cost falls to {Figures.Cost(with[^1])}, and all that was learned is a bias: nothing tells this course from a success but the data. On points of two classes the same network gets to {Figures.Cost(without[^1])}.*",
            LineFigure.Png(LineFigure.Draw(
                "iteration", "cost", [new Line("one class", with, 1), new Line("two classes", without, 0)], logarithmic: true, [])));
    });

    private static (double[] At, double[] Sharpness, double[] Costs) Watch(Case one, int iterations)
    {
        const int Every = 3;
        Trainer trainer = one.Prepared.StartTrainer(one.Spec.Architecture, one.Spec.DrawParameters(one.Prepared), one.Spec.Training.LearningRate, one.Spec.Seed);
        var sharpness = new Diagnostics.Sharpness(trainer);
        List<double> at = [], values = [], costs = [];
        for (int t = 0; t < iterations; t++)
        {
            if (t % Every == 0)
            {
                at.Add(t);
                values.Add(sharpness.Measure());
            }

            costs.Add(trainer.Step());
        }

        return ([.. at], [.. values], [.. costs]);
    }
}
