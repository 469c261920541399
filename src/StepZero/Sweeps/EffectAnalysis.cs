namespace StepZero.Sweeps;

/// <summary>Analysis of variance of the midranks of a sweep's trainings.</summary>
internal sealed class EffectAnalysis
{
    private const int MostRounds = 500;
    private const double Tolerance = 1e-12;

    private readonly OptionLevels options;

    /// <summary>For each option the level of each setting, numbered without gaps, and how many levels there are.</summary>
    private readonly (int[] Levels, int Count)[] factors;

    /// <summary>For each setting its trainings, and the mean of their ranks less that of all.</summary>
    private readonly double[] counts;
    private readonly double[] means;
    private readonly double total;

    /// <summary>What could differ by chance: the trainings; where options are drawn the settings, whose trainings then come out alike by more than the options.</summary>
    private readonly double units;
    private readonly double variation;

    private EffectAnalysis(OptionLevels options, SweepMeasure by)
    {
        this.options = options;
        SweepResults results = options.Results;
        double[] ranks = Midranks([.. results.Trainings.Select(training => results.LossOf(training, by))]);
        int[] firsts = [.. Enumerable.Range(0, ranks.Length).Where(i =>
            i == 0 || results.Plan.SettingOf(results.Trainings[i - 1].Index) != results.Plan.SettingOf(results.Trainings[i].Index))];
        counts = [.. firsts.Select((first, i) => (double)((i + 1 < firsts.Length ? firsts[i + 1] : ranks.Length) - first))];
        means = [.. firsts.Select((first, i) => ranks.AsSpan(first, (int)counts[i]).ToArray().Average())];
        factors = [.. options.Levels.Select(levels => Numbered([.. firsts.Select(first => (long)levels[first])]))];
        total = ranks.Sum(rank => rank * rank);
        BetweenSettings = counts.Zip(means, (count, mean) => count * mean * mean).Sum();
        (units, variation) = results.Plan.Draws is [] ? (ranks.Length, total) : (counts.Length, BetweenSettings);
    }

    private double BetweenSettings { get; }

    public static Effects? Of(OptionLevels options, SweepMeasure by)
    {
        var analysis = new EffectAnalysis(options, by);
        return analysis.factors is [] || analysis.total == 0 ? null : analysis.Effects();
    }

    private Effects Effects()
    {
        double[] rest = [.. means];
        double together = Explain(rest, factors);
        double left = units - 1 - factors.Sum(factor => factor.Count - 1);
        int[] all = [.. Enumerable.Range(0, factors.Length)];
        Effect[] main = [.. all.Select(option => Effect(
            [option], together - Explain([.. means], [.. factors.Where((_, other) => other != option)]), factors[option].Count - 1, together, left))];
        var interactions = new List<Effect>();
        foreach ((int a, int b) in all.SelectMany(a => all.Skip(a + 1).Select(b => (a, b))))
        {
            (int[] Levels, int Count) pair = Numbered([.. factors[a].Levels.Zip(factors[b].Levels, (one, other) => ((long)one * factors[b].Count) + other)]);
            int freedom = pair.Count - factors[a].Count - factors[b].Count + 1;
            if (freedom > 0)
            {
                double more = Explain([.. rest], [pair, .. factors.Where((_, other) => other != a && other != b)]);
                interactions.Add(Effect([a, b], more, freedom, together + more, left - freedom));
            }
        }

        return new Effects(
            main, [.. interactions.OrderByDescending(effect => effect.Share - (effect.ByChance ?? 0))], together / total,
            counts.AsSpan().ContainsAnyExcept(1) ? BetweenSettings / total : null);
    }

    private Effect Effect(int[] of, double explained, int freedom, double withAll, double left) => new(
        [.. of.Select(option => options.Names[option])], Math.Clamp(explained / total, 0, 1),
        left <= 0 ? null : freedom * Math.Max(0, variation - withAll) / left / total);

    /// <summary>
    /// Takes from the means of the settings what the best sum of a number for each level of each factor explains, by least squares weighted by the trainings: the means
    /// over each factor's levels in turn, until nothing is left of them (backfitting). Where all settings have as many trainings that is so after the first round.
    /// </summary>
    /// <returns>The sum of squares that it explains.</returns>
    private double Explain(double[] rest, IReadOnlyList<(int[] Levels, int Count)> by)
    {
        double explained = 0;
        double before = double.NegativeInfinity;
        for (int round = 0; round < MostRounds && explained - before > Tolerance * total; round++)
        {
            before = explained;
            foreach ((int[] levels, int count) in by)
            {
                double[] sums = new double[count], weights = new double[count];
                for (int i = 0; i < rest.Length; i++)
                {
                    sums[levels[i]] += counts[i] * rest[i];
                    weights[levels[i]] += counts[i];
                }

                for (int level = 0; level < count; level++)
                {
                    explained += sums[level] * sums[level] / weights[level];
                    sums[level] /= weights[level];
                }

                for (int i = 0; i < rest.Length; i++)
                {
                    rest[i] -= sums[levels[i]];
                }
            }
        }

        return explained;
    }

    /// <summary>Numbers levels in the order they are met.</summary>
    private static (int[] Levels, int Count) Numbered(long[] levels)
    {
        var numbers = new Dictionary<long, int>();
        int[] numbered = new int[levels.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            if (!numbers.TryGetValue(levels[i], out numbered[i]))
            {
                numbers.Add(levels[i], numbered[i] = numbers.Count);
            }
        }

        return (numbered, numbers.Count);
    }

    /// <summary>For each value its rank less the mean rank; equal values share the mean of theirs.</summary>
    private static double[] Midranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(values, order);
        double[] ranks = new double[values.Length];
        for (int first = 0, end; first < values.Length; first = end)
        {
            for (end = first + 1; end < values.Length && values[end] == values[first]; end++)
            {
            }

            foreach (int i in order.AsSpan(first, end - first))
            {
                ranks[i] = (first + end - values.Length) / 2.0;
            }
        }

        return ranks;
    }
}
