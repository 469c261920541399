namespace StepZero.Diagnostics;

/// <summary>How much a finding weighs.</summary>
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>It makes training slower, less sure or its figures less exact.</summary>
    Warning,

    /// <summary>It alone can keep a network from training.</summary>
    Severe,
}

/// <summary>
/// What counts as a finding: the one table of thresholds, with the reason of each. docs/guide/findings.md shows it.
/// </summary>
/// <param name="Id">The name, such as "saturation"; also the place in the guide.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Measure">What is measured, with its unit.</param>
/// <param name="Limit">Beyond what it is a finding; nan where the options decide, as <paramref name="Threshold"/> says.</param>
/// <param name="Threshold">The limit in words.</param>
/// <param name="Reason">Why the limit lies there.</param>
public sealed record FindingRule(string Id, Severity Severity, string Measure, double Limit, string Threshold, string Reason)
{
    /// <summary>Where it is explained, with a picture: a place in the project's documents.</summary>
    public string Page => $"docs/guide/findings.md#{Id}";

    /// <summary>A weight or bias is not a number, or infinite.</summary>
    public static FindingRule BrokenWeights { get; } = new(
        "broken-weights", Severity.Severe, "weights and biases of a layer that are nan or infinite", 0, "above 0",
        "One number that is none makes every output, and with the first update every weight, none too.");

    /// <summary>The cost stopped being finite.</summary>
    public static FindingRule Divergence { get; } = new(
        "divergence", Severity.Severe, "updates after which the cost is not finite", double.NaN, "below the budget",
        "A cost that is not finite has no gradient to follow.");

    /// <summary>Every unit of a layer does the same.</summary>
    public static FindingRule Symmetry { get; } = new(
        "symmetry", Severity.Severe, "share of the units of a layer, but for one, that copy another one exactly, in and out", 0.5, "above 50%",
        "Equal units get equal gradients, so the layer never becomes worth more than its different units; with half of them lost that is felt in any task.");

    /// <summary>Some units of a layer do the same as another.</summary>
    public static FindingRule Copies { get; } = new(
        "copies", Severity.Warning, "units of a layer that copy another one exactly, in and out", 0, "above 0", "Each copy is a unit that is paid for and never used.");

    /// <summary>Units so near each other that they take long to part.</summary>
    public static FindingRule NearCopies { get; } = new(
        "near-copies", Severity.Note, "share of the units of a layer, but for one, whose activations are those of another, with a cosine above 1 − 1e-6", 0.5, "above 50%",
        "What two such units do differs in the fourth digit, and so do their gradients: hundreds of updates pass before they part.");

    /// <summary>Activations on the flat ends of a bounded activation.</summary>
    public static FindingRule Saturation { get; } = new(
        "saturation", Severity.Severe, "share of the activations of a layer where the slope is below 5% of the steepest", 0.5, "above 50%",
        "Gradients shrink at least 20 times at each such unit; with more than half of them a layer hands back less than half of what it gets.");

    /// <summary>Units that are 0, with no gradient, for every sample.</summary>
    public static FindingRule DeadUnits { get; } = new(
        "dead-units", Severity.Warning, "share of the units of a layer that are 0 and have no slope for every sample", 0.75, "above 75%",
        "A dead unit gets no gradient and stays dead. Where all samples look alike a random start leaves half of the units dead, elsewhere fewer; three quarters mean biases too low.");

    /// <summary>A whole layer is dead.</summary>
    public static FindingRule DeadLayer { get; } = new(
        "dead-layer", Severity.Severe, "share of the units of a layer that are 0 and have no slope for every sample", 1, "all of them",
        "No signal goes through and no gradient comes back: only the biases behind the layer can learn.");

    /// <summary>The signal gets lost on its way.</summary>
    public static FindingRule VanishingSignal { get; } = new(
        "vanishing-signal", Severity.Severe, "root mean square of z in the last hidden layer over that of the scaled features", 1e-3, "below 0.001",
        "The output then hardly depends on the data, and the gradient of the weights behind shrinks by the same factor. Output weights do not count: starting them at 0 does no harm.");

    /// <summary>The signal grows without bounds.</summary>
    public static FindingRule ExplodingSignal { get; } = new(
        "exploding-signal", Severity.Severe, "root mean square of z in a layer", 100, "above 100",
        "A softmax or sigmoid of 100 is certain to 43 digits: a wrong answer costs 100 and the gradients of right ones are 0.");

    /// <summary>Gradients get lost on their way back.</summary>
    public static FindingRule VanishingGradient { get; } = new(
        "vanishing-gradient", Severity.Severe, "root mean square of ∂cost/∂z in the first hidden layer over that of the last hidden one", 1e-4, "below 0.0001",
        "The first layer then changes ten thousand times slower than the last: longer than any usual training.");

    /// <summary>Gradients grow on their way back.</summary>
    public static FindingRule ExplodingGradient { get; } = new(
        "exploding-gradient", Severity.Warning, "root mean square of ∂cost/∂z in the first hidden layer over that of the last hidden one", 100, "above 100",
        "One learning rate cannot suit both: what is right behind is a hundred times too large in front.");

    /// <summary>Samples look alike to a layer.</summary>
    public static FindingRule AlikeSamples { get; } = new(
        "alike-samples", Severity.Severe, "1 − mean cosine between the activations of two samples in the last hidden layer", 1e-4, "below 0.0001",
        "What tells samples apart is a hundredth of what they share, so the output is nearly the same for all, and so is the gradient.");

    /// <summary>Deeper than a signal reaches.</summary>
    public static FindingRule BeyondDepth { get; } = new(
        "beyond-depth", Severity.Severe, "hidden layers behind the first", double.NaN, "above 6 times the correlation length of theory",
        "Beyond six correlation lengths no network trained in Schoenholz et al. 2017, arXiv:1611.01232.");

    /// <summary>A network that is nearly linear.</summary>
    public static FindingRule LinearUnits { get; } = new(
        "linear-units", Severity.Note, "smallest share of near-linear units over the hidden layers", 0.9, "above 90%",
        "While nearly all units answer by a straight line, the network can do no more than one without hidden layers; it leaves that state as weights grow.");

    /// <summary>Data and theory part.</summary>
    public static FindingRule TheoryParts { get; } = new(
        "theory-parts", Severity.Note, "measured mean square of z over that of theory, or its inverse, in a layer of two units and more", 2,
        "above 2, and above what three standard deviations of so few units make",
        "The mean square over n independent units spreads by √(2/n), in layer after layer; what goes beyond says that the weights are not independent, so that theory does not speak for them.");

    /// <summary>What all samples have in common outweighs what tells them apart.</summary>
    public static FindingRule Offset { get; } = new(
        "offset", Severity.Warning, "share of the trace of the Gram matrix that the mean sample has", 0.5, "above 50%",
        "The curvature along what all samples share then exceeds that along everything else together, and limits the rate for all of it (LeCun et al. 1991).");

    /// <summary>Features much larger or smaller than 1.</summary>
    public static FindingRule FeatureScale { get; } = new(
        "feature-scale", Severity.Warning, "root mean square of the scaled features, or its inverse", 10, "above 10",
        "Starts are made for features of size 1; pre-activations grow with the size of the features, curvature with its square.");

    /// <summary>Features of different sizes.</summary>
    public static FindingRule FeatureSpread { get; } = new(
        "feature-spread", Severity.Warning, "largest standard deviation of a scaled feature over the smallest", 100, "above 100",
        "Curvature goes with the square: 10,000 and more between two features is 10,000 and more updates of difference.");

    /// <summary>All samples are the same.</summary>
    public static FindingRule ConstantData { get; } = new(
        "constant-data", Severity.Severe, "largest standard deviation of a scaled feature", 0, "0", "Samples that are all equal get equal answers.");

    /// <summary>There is one answer for all samples.</summary>
    public static FindingRule ConstantTargets { get; } = new(
        "constant-targets", Severity.Severe, "cost of the best constant answer", 0, "0", "One bias answers all samples rightly, so there is nothing that a cost could be compared with.");

    /// <summary>One class is nearly all.</summary>
    public static FindingRule ClassBalance { get; } = new(
        "class-balance", Severity.Note, "share of the samples in the most frequent class", 0.9, "above 90%",
        "Saying that class always is then right nine times of ten, and most of the gradient comes from it.");

    /// <summary>Equal samples that are to be answered differently.</summary>
    public static FindingRule Conflicts { get; } = new(
        "conflicts", Severity.Note, "samples whose features equal those of another one with another target", 0, "above 0",
        "No network can be right on both, so the cost has a floor above 0.");

    /// <summary>The steps are longer than the curvature allows.</summary>
    public static FindingRule Sharpness { get; } = new(
        "sharpness", Severity.Warning, "largest eigenvalue of the Hessian over the first steps", double.NaN,
        "above 2/rate; with momentum β 2·(1 + β)/rate, Nesterov's 2·(1 + β)/((1 + 2·β)·rate); less a weight decay",
        "Past it each update overshoots further along the sharpest direction (Cohen et al. 2021, arXiv:2103.00065).");

    /// <summary>The cost jumps up.</summary>
    public static FindingRule RisingCost { get; } = new(
        "rising-cost", Severity.Warning, "share of the first updates of full-batch training after which the cost is higher; for rules with a memory and with weight decay, higher than at first", 0.02, "above 2%",
        "A stable rate lowers the cost of all samples with every update. Momentum swings, and weight decay takes back what went too far, but not above where it began.");

    /// <summary>The steps are too short for the budget.</summary>
    public static FindingRule SmallSteps { get; } = new(
        "small-steps", Severity.Severe, "stable learning rate over the rate", 10, "above 10, where the budget does not suffice",
        "A rate ten times as large is stable and goes ten times as far in the same number of updates.");

    /// <summary>The budget ends too early.</summary>
    public static FindingRule ShortBudget { get; } = new(
        "short-budget", Severity.Severe, "cost foretold for the end of the budget", double.NaN, "above half of the smaller of the first cost and that of the best constant answer, while it falls",
        "That is what it means to train; the cost falls, but not far enough in so many updates.");

    /// <summary>The cost stays where it is.</summary>
    public static FindingRule Plateau { get; } = new(
        "plateau", Severity.Severe, "cost foretold for the end of the budget", double.NaN, "above half of the smaller of the first cost and that of the best constant answer, where it does not fall, or no longer",
        "A cost that hardly falls has come to a place where gradients are small or contradict each other.");

    /// <summary>What follows from a finding of this rule, and is left out beside it: advice for an effect would contradict that for its cause.</summary>
    public IReadOnlyList<FindingRule> Effects => Id switch
    {
        "broken-weights" => [Divergence],
        "constant-data" => [AlikeSamples, BeyondDepth, .. StepsAlone, NearCopies, LinearUnits, TheoryParts],
        "constant-targets" => [.. StepsAlone, ClassBalance],
        "symmetry" => [DeadLayer, .. DeadLayer.Effects, ExplodingGradient, Copies],
        "dead-layer" => [VanishingSignal, AlikeSamples, VanishingGradient, BeyondDepth, .. StepsAlone, DeadUnits, NearCopies, LinearUnits, TheoryParts],
        "saturation" => [ExplodingSignal, AlikeSamples, VanishingGradient, BeyondDepth, .. StepsAlone, NearCopies, TheoryParts],
        "vanishing-signal" => [AlikeSamples, VanishingGradient, .. StepsAlone, NearCopies, LinearUnits, TheoryParts],
        "alike-samples" or "vanishing-gradient" or "exploding-signal" or "beyond-depth" => [.. StepsAlone, NearCopies],
        "small-steps" => [ShortBudget, Plateau],
        _ => [],
    };

    /// <summary>All rules, in the order in which findings are shown.</summary>
    public static IReadOnlyList<FindingRule> All { get; } =
    [
        BrokenWeights, ConstantData, ConstantTargets, Symmetry, DeadLayer, Saturation, ExplodingSignal, VanishingSignal, AlikeSamples, VanishingGradient, BeyondDepth, Divergence,
        SmallSteps, ShortBudget, Plateau, Sharpness, RisingCost, Offset, FeatureScale, FeatureSpread, ExplodingGradient, DeadUnits, Copies, NearCopies, LinearUnits, TheoryParts,
        ClassBalance, Conflicts,
    ];

    private static FindingRule[] StepsAlone => [SmallSteps, ShortBudget, Plateau];

    /// <summary>Findings in the order of their rules, without those that follow from others.</summary>
    internal static IReadOnlyList<Finding> Causes(IReadOnlyList<Finding> findings)
    {
        HashSet<FindingRule> effects = [];
        List<Finding> causes = [];
        foreach (Finding finding in findings.OrderBy(finding => All.ToList().IndexOf(finding.Rule)).Where(finding => !effects.Contains(finding.Rule)))
        {
            causes.Add(finding);
            effects.UnionWith(finding.Rule.Effects);
        }

        return causes;
    }
}
