using StepZero.Diagnostics;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Recommendations;

/// <summary>The work of a training, in multiply-adds or what takes as long.</summary>
/// <param name="Updates">That of all updates.</param>
/// <param name="Draw">That of drawing the weights and, in the dual form, of projecting the samples on them.</param>
internal sealed record TrainingWork(double Updates, double Draw)
{
    /// <summary>A weight is drawn, and a feature of a sample read, in the time of so many multiply-adds.</summary>
    private const double WorkOfAWeight = 1200, WorkOfAFeature = 100;

    /// <summary>The work of one training.</summary>
    /// <param name="network">The network.</param>
    /// <param name="training">How it is trained.</param>
    /// <param name="samples">The training samples.</param>
    /// <param name="form">How the first layer is trained.</param>
    public static TrainingWork Of(Architecture network, TrainingOptions training, int samples, TrainingForm form)
    {
        double update = Probing.WorkOf(network, Math.Min(training.BatchSize ?? samples, samples), samples, form);
        double projection = form == TrainingForm.Dual ? (double)network.LayerSizes[0] * samples * (network.LayerSizes[1] + WorkOfAFeature) : 0;
        return new TrainingWork(update * training.UpdatesFor(samples), (WorkOfAWeight * network.ParameterCount) + projection);
    }

    /// <summary>The work of a training that is cut short.</summary>
    /// <param name="share">The share of its updates.</param>
    /// <param name="draws">The draws: fewer than one where others start from the same weights.</param>
    public double Of(double share, double draws = 1) => (share * Updates) + (draws * Draw);
}

/// <summary>
/// How screening divides its work: the rounds of successive halving, and the final. There is no clock in it, so that the same question always gets the same plan.
/// </summary>
/// <param name="Rounds">The rounds, the fourth of them the semifinal; where that has few seeds another follows it.</param>
/// <param name="Final">The final.</param>
/// <param name="Confirmation">So many trainings are enough for the confirmation.</param>
internal sealed record ScreeningPlan(IReadOnlyList<HalvingRound> Rounds, HalvingRound Final, int Confirmation)
{
    /// <summary>The work of screening but for the confirmation, in single precision: some fifteen seconds on a core with 512-bit vectors.</summary>
    private const double Work = 1.2e12;

    /// <summary>However long one training takes, so many of them are worth a good answer.</summary>
    private const double FewestTrainings = 64;

    /// <summary>The place of the semifinal among the rounds, to which settings between those that were looked at are added.</summary>
    public const int Semifinal = 3;

    private const int FewSeeds = 5;

    private const int FewestOfConfirmation = 320, MostOfConfirmation = 1536;

    private const double FirstShare = 0.1, SecondShare = 0.3;

    /// <summary>Early on several rates are tried from the same weights.</summary>
    private const double EarlyDraws = 0.3;

    /// <summary>The number of whole trainings that all of it amounts to, about.</summary>
    public double Trainings => Rounds.Sum(round => round.Share * round.Seeds * round.Most) + (Rounds[Semifinal].Most * Rounds[Semifinal].Seeds) + (Final.Most * (Final.Seeds - Rounds[^1].Seeds));

    /// <summary>Breadth that a question can afford: the first round then takes a quarter of the work at most.</summary>
    /// <param name="work">The work of one training.</param>
    /// <param name="scalings">The scalings.</param>
    /// <param name="rates">Whether rates are searched for.</param>
    /// <param name="shortens">Whether trainings can be cut short.</param>
    public static SearchBreadth BreadthOf(TrainingWork work, int scalings, bool rates, bool shortens)
    {
        double affordable = WorkOf(work) / 4 / work.Of(shortens ? FirstShare : 1, EarlyDraws);
        return 27 * scalings * (rates ? 5 : 1) <= affordable ? SearchBreadth.Wide : 18 * scalings * (rates ? 3.5 : 1) <= affordable ? SearchBreadth.Middle : SearchBreadth.Narrow;
    }

    /// <summary>Plans.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="work">The work of one training.</param>
    /// <param name="shortens">Whether trainings can be cut short.</param>
    public static ScreeningPlan Of(int candidates, TrainingWork work, bool shortens)
    {
        double all = WorkOf(work), first = shortens ? FirstShare : 1, second = shortens ? SecondShare : 1, whole = all / work.Of(1);
        int middle = Math.Clamp(candidates / 4, Math.Min(candidates, 12), 120);
        int late = (int)Math.Clamp(whole * 0.15, 6, 32), semi = Math.Clamp(late / 2, 6, 14), last = semi < 12 ? 5 : 8;
        int fewest = late < 12 ? 1 : 2;
        int lateSeeds = Seeds(0.15, late, 1, 1, 8), semiSeeds = lateSeeds + Seeds(0.2, 2 * semi, 1, 1, 24);

        // Two or three seeds are too few to choose a handful of settings by.
        HalvingRound[] between = semiSeeds < FewSeeds ? [new HalvingRound(1, 2 * semiSeeds, 2 * last, 2)] : [];
        return new ScreeningPlan(
            [
                new HalvingRound(first, Seeds(0.2, candidates, first, 1, 2), candidates, 1), new HalvingRound(second, Seeds(0.15, middle, second, 1, 4), middle, 3),
                new HalvingRound(1, lateSeeds, late, fewest), new HalvingRound(1, semiSeeds, semi, fewest), .. between,
            ],
            new HalvingRound(1, (between is [] ? 1 : 2) * semiSeeds + Seeds(0.2, last, 1, 1, 368), last, 1),
            (int)Math.Clamp(whole, FewestOfConfirmation, MostOfConfirmation));

        int Seeds(double part, int count, double share, int fewest, int most) => (int)Math.Clamp(part * all / (count * work.Of(share, share < 1 ? EarlyDraws : 1)), fewest, most);
    }

    private static double WorkOf(TrainingWork work) => Math.Max(Work, FewestTrainings * work.Of(1));
}
