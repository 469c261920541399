using System.Globalization;
using StepZero.Networks;
using StepZero.Reports;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Benchmarks.Conclusions;

/// <summary>What the tutorial says of symmetry, size, activations and speed.</summary>
internal static class Claims
{
    public const string Random = "random:10:normal";
    private static readonly string[] Good = ["he", "xavier"];

    public static Conclusion Symmetry(IReadOnlyList<Setting> settings)
    {
        var rows = new List<string>();
        var panels = new List<ScottPlot.Plot>();
        int most = 0;
        double best = 0;
        foreach (Setting setting in settings)
        {
            RunResult zeros = Study.Train(setting, "zeros", Study.Classic, Activation.Tanh, seeds: 1)[0];
            (double FinalCost, double Accuracy, int DistinctUnits)[] equal = Study.TrainEqual(setting);
            IReadOnlyList<RunResult> xavier = Study.Train(setting, "xavier", Study.Classic, Activation.Tanh);
            int zeroUnits = Study.DistinctUnits(zeros.FinalParameters!.Value);
            int xavierUnits = xavier.Where(run => run.FinalParameters is not null).Min(run => Study.DistinctUnits(run.FinalParameters!.Value));
            most = Math.Max(most, Math.Max(zeroUnits, equal.Max(one => one.DistinctUnits)));
            best = Math.Max(best, equal.Max(one => one.Accuracy));
            rows.Add($"| {setting.Name} | zeros | {zeroUnits} | {Figures.Cost(zeros.Record.FinalCost)} | {Figures.Percent(zeros.Record.TrainAccuracy)} |");
            rows.Add($"| | all equal | {equal.Max(one => one.DistinctUnits)} | {Tables.Cost(equal.Select(one => one.FinalCost))} | {Tables.Share(equal.Select(one => one.Accuracy))} |");
            rows.Add($"| | xavier | {xavierUnits} | {Tables.Cost(xavier.Select(run => run.Record.FinalCost))} | {Tables.Share(Tables.TrainAccuracies(xavier))} |");
            panels.Add(StripPlot.Draw(setting.Name, "training accuracy",
                [new Group("zeros", [zeros.Record.TrainAccuracy ?? 0]), new Group("all equal", [.. equal.Select(one => one.Accuracy)]), new Group("xavier", [.. Tables.TrainAccuracies(xavier)])],
                logarithmic: false));
        }

        string verdict = most == 2
            ? $"Holds. In every training from zeros or from equal weights the 5 units of a layer were exact copies to the end: 2 distinct units of 10. Equal is not the same as "
                + $"nothing, though: one unit a layer can learn, up to {Figures.Percent(best)} of the training pictures here. Only zeros stand still."
            : $"Contradicted: up to {most} distinct units of 10 came from equal weights.";
        return new Conclusion(
            "All-zero and all-equal starts never break the symmetry", "symmetry.png", StripPlot.Sheet(panels),
            "Training accuracy from zeros, from equal weights and from Xavier's start",
            Tables.Of("data | start | distinct hidden units of 10 | last cost | training accuracy", rows), verdict);
    }

    public static Conclusion TooLarge(IReadOnlyList<Setting> settings)
    {
        string[] starts = ["random:0.01:normal", "random:1:normal", Random, "xavier"];
        var rows = new List<string>();
        var panels = new List<ScottPlot.Plot>();
        var raised = new List<bool>();
        foreach (Setting setting in settings)
        {
            IReadOnlyList<RunResult>[] runs = [.. starts.Select(start => Study.Train(setting, start, Study.Classic, Activation.Tanh))];
            rows.AddRange(starts.Select((start, i) =>
                $"| {(i == 0 ? setting.Name : "")} | {start} | {Tables.Cost(Tables.FinalCosts(runs[i]))} | {Tables.Share(Tables.TrainAccuracies(runs[i]))} |"));
            panels.Add(StripPlot.Draw(setting.Name, "last cost (logarithmic)", [.. starts.Select((start, i) => new Group(Tables.Short(start), Tables.FinalCosts(runs[i])))], logarithmic: true));
            Summary large = Statistics.Summarize(Tables.FinalCosts(runs[2])), good = Statistics.Summarize(Tables.FinalCosts(runs[3]));
            raised.Add(large.IntervalLow > good.IntervalHigh);
        }

        return new Conclusion(
            "Too large values raise the error", "too-large.png", StripPlot.Sheet(panels), "Last costs from small, unit, large and Xavier-scaled normal weights",
            Tables.Of("data | start | last cost | training accuracy", rows),
            Tables.Judge(raised, "the last cost from normal weights times 10 lies above that from Xavier's start, the intervals of the medians apart"));
    }

    public static Conclusion NormalOrUniform(IReadOnlyList<Setting> settings)
    {
        string[] starts = [Random, "random:10:uniform", "random:17.3205:uniform"];
        var rows = new List<string>();
        var panels = new List<ScottPlot.Plot>();
        var same = new List<bool>();
        var sameAtEqualDeviation = new List<bool>();
        foreach (Setting setting in settings)
        {
            IReadOnlyList<RunResult>[] runs = [.. starts.Select(start => Study.Train(setting, start, Study.Classic, Activation.Tanh))];
            rows.AddRange(starts.Select((start, i) =>
                $"| {(i == 0 ? setting.Name : "")} | {start} | {(i == 1 ? "5.77" : "10")} | {Tables.Cost(Tables.FinalCosts(runs[i]))} | {Tables.Share(Tables.TrainAccuracies(runs[i]))} |"));
            panels.Add(StripPlot.Draw(setting.Name, "last cost (logarithmic)", [.. starts.Select((start, i) => new Group(Tables.Short(start), Tables.FinalCosts(runs[i])))], logarithmic: true));
            same.Add(Overlap(runs[0], runs[1]));
            sameAtEqualDeviation.Add(Overlap(runs[0], runs[2]));
        }

        return new Conclusion(
            "Whether large values are normal or uniform makes no great difference", "normal-or-uniform.png", StripPlot.Sheet(panels),
            "Last costs from large normal and large uniform weights", Tables.Of("data | start | standard deviation | last cost | training accuracy", rows),
            $"{Tables.Judge(same, "the intervals of the medians of `random:10:normal` and `random:10:uniform` overlap")} "
            + "Uniform on [−10, 10) has the smaller standard deviation, 5.77. At equal deviation (`random:17.3205:uniform`) "
            + $"they overlap in {sameAtEqualDeviation.Count(one => one)} of {settings.Count} cases.");

        static bool Overlap(IReadOnlyList<RunResult> one, IReadOnlyList<RunResult> other)
        {
            Summary a = Statistics.Summarize(Tables.FinalCosts(one)), b = Statistics.Summarize(Tables.FinalCosts(other));
            return a.IntervalLow <= b.IntervalHigh && b.IntervalLow <= a.IntervalHigh;
        }
    }

    public static Conclusion MatchedPairs(IReadOnlyList<Setting> settings)
    {
        int[][] depths = [Study.Classic, [16, 16, 16, 16], [16, 16, 16, 16, 16, 16, 16, 16]];
        var rows = new List<string>();
        var panels = new List<ScottPlot.Plot>();
        var cases = new List<(Activation Activation, string Pace, bool HeIsLower)>();
        foreach (Activation activation in (Activation[])[Activation.Relu, Activation.Tanh])
        {
            foreach (Setting setting in settings)
            {
                foreach (int[] hidden in depths)
                {
                    IReadOnlyList<RunResult>[] runs = [.. Good.Select(start => Study.Train(setting, start, hidden, activation))];
                    double[] he = Tables.FinalCosts(runs[0]), xavier = Tables.FinalCosts(runs[1]);
                    double lower = (double)Enumerable.Range(0, he.Length).Count(seed => he[seed] < xavier[seed]) / he.Length;
                    bool isHe = Statistics.Summarize(he).Median < Statistics.Summarize(xavier).Median;
                    cases.Add((activation, setting.Pace.Name, isHe));
                    string depth = $"{hidden.Length} × {hidden[0]}";
                    rows.Add($"| {activation} | {setting.Name} | {depth} | {Tables.Cost(he)} | {Tables.Cost(xavier)} | {Figures.Percent(lower)} |");
                    if (setting.Data == settings[0].Data && hidden.Length != 4)
                    {
                        panels.Add(StripPlot.Draw($"{activation}, {depth}, {setting.Name}", "last cost (logarithmic)", [new Group("he", he), new Group("xavier", xavier)], logarithmic: true, highest: 1));
                    }
                }
            }
        }

        return new Conclusion(
            "He suits ReLU, Xavier suits tanh", "he-and-xavier.png", StripPlot.Sheet(panels, 460, 280), "Last costs from He's and Xavier's start for ReLU and tanh at three depths",
            Tables.Of("activation | data | hidden layers | last cost from he | last cost from xavier | seeds with he lower", rows),
            JudgePairs(cases));
    }

    private static string JudgePairs(IReadOnlyCollection<(Activation Activation, string Pace, bool HeIsLower)> cases)
    {
        (string Pace, double ForRelu, double ForTanh, string Text)[] paces = [.. cases.Select(one => one.Pace).Distinct().Select(pace =>
        {
            bool[] relu = [.. cases.Where(one => one.Pace == pace && one.Activation == Activation.Relu).Select(one => one.HeIsLower)];
            bool[] tanh = [.. cases.Where(one => one.Pace == pace && one.Activation == Activation.Tanh).Select(one => one.HeIsLower)];
            return (pace, relu.Average(he => he ? 1 : 0), tanh.Average(he => he ? 1 : 0),
                $"at the {pace} rate the median from he is the lower one in {relu.Count(he => he)} of {relu.Length} cases with ReLU and in {tanh.Count(he => he)} of {tanh.Length} with tanh");
        })];
        string figures = string.Join("; ", paces.Select(pace => pace.Text));
        return paces.All(pace => pace.ForRelu > 0.5 && pace.ForTanh < 0.5) ? $"Holds: {figures}."
            : paces.All(pace => pace.ForRelu > 0.5 == pace.ForTanh > 0.5) ? $"Contradicted: {figures}. Which of the two is better changes with the rate here, and not with the activation."
            : $"Undecided: {figures}.";
    }

    public static Conclusion Speed(IReadOnlyList<Setting> settings)
    {
        const double Target = 0.35;
        string[] starts = ["zeros", Random, "he", "xavier"];
        var rows = new List<string>();
        var panels = new List<ScottPlot.Plot>();
        var faster = new List<bool>();
        foreach (Setting setting in settings)
        {
            double[][] iterations = [.. starts.Select(start => Study.Train(setting, start, Study.Classic, Activation.Tanh).Select(run => Study.IterationsTo(run, Target)).ToArray())];
            rows.AddRange(starts.Select((start, i) => string.Create(CultureInfo.InvariantCulture,
                $"| {(i == 0 ? setting.Name : "")} | {start} | {iterations[i].Count(double.IsFinite)} of {Study.Seeds} | {Tables.Whole(Statistics.Summarize(iterations[i]).Median)} |")));
            panels.Add(StripPlot.Draw(setting.Name, $"iterations to a cost of {Target.ToString(CultureInfo.InvariantCulture)}",
                [.. starts.Select((start, i) => new Group(Tables.Short(start), iterations[i]))], logarithmic: false, highest: setting.Pace.Iterations));
            double good = Math.Max(Statistics.Summarize(iterations[2]).Median, Statistics.Summarize(iterations[3]).Median);
            faster.Add(good < Math.Min(Statistics.Summarize(iterations[0]).Median, Statistics.Summarize(iterations[1]).Median));
        }

        return new Conclusion(
            "Good starts speed up convergence", "speed.png", StripPlot.Sheet(panels), "Iterations to a cost of 0.35 from four starts; trainings that never got there lie at the upper edge",
            Tables.Of("data | start | reached a cost of 0.35 | median iterations", rows),
            $"{Tables.Judge(faster, "the medians of both he and xavier lie below those of zeros and random:10:normal")} A training that never came to a cost of 0.35, half of ln 2, counts as infinite.");
    }
}
