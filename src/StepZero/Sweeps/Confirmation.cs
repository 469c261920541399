namespace StepZero.Sweeps;

/// <summary>
/// The last look at finalists before one of them is recommended. Few seeds say little of how sure a target is reached, so where there are fewer than 48 the most promising settings get as many, until
/// none that promises more is left. One miss of few may be chance and does not keep a setting from it; the best default of a library gets its chance, too.
/// </summary>
internal static class Confirmation
{
    /// <summary>From so many seeds on, one may miss a target; of fewer none.</summary>
    public const int EnoughSeeds = 48;

    private const int MostConfirmed = 3;

    /// <summary>A default that is so nearly as fast, as a share of the iterations, may be recommended for its name.</summary>
    private const double NearlyAsGood = 0.9;

    /// <summary>Confirms.</summary>
    /// <param name="settings">The finalists.</param>
    /// <param name="more">Trains a setting from seeds more: the first of them, and how many; null where nothing more is to begin.</param>
    /// <returns>The settings in order: those with enough seeds that missed at most the seeds that may before all others.</returns>
    public static ScreenedSetting[] Of(IReadOnlyList<ScreenedSetting> settings, Func<Candidate, int, int, IReadOnlyList<int?>?> more)
    {
        ScreenedSetting[] promising = [.. settings.OrderBy(setting => Screener.RankOf(setting.ReachedAt, 1))];
        var confirmed = new Dictionary<Candidate, ScreenedSetting>();
        ScreenedSetting? best = null;
        foreach (ScreenedSetting setting in promising.Take(MostConfirmed).Union(promising.Where(IsDefault).Take(1)))
        {
            bool isFirstDefault = IsDefault(setting) && !confirmed.Values.Any(IsDefault);
            if (best is not null && MedianOf(best) <= MedianOf(setting) * (isFirstDefault ? NearlyAsGood : 1))
            {
                continue;
            }

            int seeds = setting.ReachedAt.Count;
            if (more(setting.Candidate, seeds, Math.Max(0, EnoughSeeds - seeds)) is not IReadOnlyList<int?> found)
            {
                break;
            }

            ScreenedSetting now = confirmed[setting.Candidate] = setting with { ReachedAt = [.. setting.ReachedAt, .. found] };
            best = IsReliable(now) && (best is null || MedianOf(now) < MedianOf(best)) ? now : best;
        }

        return [.. settings.Select(setting => confirmed.GetValueOrDefault(setting.Candidate, setting)).OrderBy(setting => IsReliable(setting) ? 0 : 1).ThenBy(Rank)];
    }

    private static bool IsDefault(ScreenedSetting setting) => setting.Candidate.Library is not null;

    private static bool IsReliable(ScreenedSetting setting) => setting.ReachedAt.Count >= EnoughSeeds && setting.ReachedAt.Count(at => at is null) <= Screener.Spared(setting.ReachedAt.Count);

    private static double MedianOf(ScreenedSetting setting) => Screener.QuantileOf(Screener.Iterations(setting.ReachedAt), 0.5);

    private static double Rank(ScreenedSetting setting) => Screener.RankOf(setting.ReachedAt, Screener.Spared(setting.ReachedAt.Count));
}
