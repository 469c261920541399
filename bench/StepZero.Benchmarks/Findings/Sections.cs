namespace StepZero.Benchmarks.Findings;

/// <summary>The sections of the page by the ids of the rules.</summary>
internal static class Sections
{
    public static IReadOnlyDictionary<string, Section> All { get; } = new Dictionary<string, Section>([.. OfUnits, .. OfSignal, .. OfData, .. OfSteps]);

    private static Dictionary<string, Section> OfUnits => new()
    {
        ["broken-weights"] = new(
            "A weight or bias is nan or infinite. Sums and products with nan are nan, so every unit above is lost, the cost is no number, and the first update makes every weight nan too. "
                + "Such weights come from files: of a training that diverged, or of a conversion that went wrong.",
            "Look where the file comes from, and save it before the training diverges; or start from drawn weights.",
            Cases.Broken, Cases.Whole, UnitPictures.Broken),
        ["symmetry"] = new(
            "Units of a layer have the same weights from below, the same bias and the same weights to the layer above. They give the same answers and get the same gradients, so they stay equal "
                + "for ever, and all of them are worth one. That is why weights are not all started at one number; from `zeros` not even that one unit learns.",
            "Start from random weights of the right size: `xavier` for tanh and its like, `he` for ReLU. Biases may all be 0.",
            Cases.PetsZeros, Cases.PetsXavier, UnitPictures.Symmetry),
        ["copies"] = new(
            "A few units of a layer are exact copies, the others are not. The network trains, but as if it were narrower. Structured starts do this where a layer has more units than the structure has rows.",
            "Start the layer from random weights, or give it no more units than the structure fills.",
            Cases.Identity, Cases.NoIdentity, UnitPictures.Copies),
        ["near-copies"] = new(
            "The activations of units point the same way to six digits. Unlike exact copies they part in time, but what parts them are the last digits of their gradients.",
            "Weights that differ more. Where the layer has one input, or all inputs grow together, ReLU units of one sign are alike by nature.",
            Cases.NearlyEqual, Cases.UnitTanh, UnitPictures.NearCopies),
        ["saturation"] = new(
            "A bounded activation such as tanh or sigmoid is flat at both ends. A unit that is there for a sample answers with its bound, and lets hardly any of the gradient through to the weights below it.",
            "Smaller weights, or features of a smaller size. A rate that suits saturated units suits no others.",
            Cases.PetsLarge, Cases.PetsXavier, UnitPictures.Saturation),
        ["dead-units"] = new(
            "A unit of ReLU or its like is 0 for every sample, and so is its slope. No gradient comes through, so nothing ever wakes it but a change in the layers below.",
            "Weights drawn around 0; centered features, so that no unit sees all samples on one side; a leaky activation; no large negative biases.",
            Cases.Lowered, Cases.Balanced, UnitPictures.DeadUnits),
        ["dead-layer"] = new(
            "All units of a layer are dead. The layers above get the same input for every sample, and the layers below no gradient.",
            "More units a layer, fewer layers, or an activation that is not flat on one side.",
            Cases.NarrowDeep, Cases.WideDeep, UnitPictures.DeadLayer),
        ["linear-units"] = new(
            "Every unit of every hidden layer sees so small a range of z that its activation is a straight line there. A network of straight lines is one straight line: at its start it is logistic or linear regression.",
            "Nothing, if the cost falls: units leave that state as weights grow. If it does not, weights of the right size start outside of it.",
            Cases.TinyTanh, Cases.UnitTanh, UnitPictures.LinearUnits),
    };

    private static Dictionary<string, Section> OfSignal => new()
    {
        ["exploding-signal"] = new(
            "Each layer multiplies the size of z by the deviation of its weights times the root of its inputs. Where that is above 1 (above √2 with ReLU), z grows from layer to layer until the outputs are certain of "
                + "something arbitrary.",
            "Weights of variance 1/n for tanh and 2/n for ReLU, n being the inputs of the layer: `xavier`, `he` (He et al. 2015, arXiv:1502.01852).",
            Cases.Exploding, Cases.Level, DepthPictures.Signal),
        ["vanishing-signal"] = new(
            "The same factor below 1: z shrinks from layer to layer, the outputs are nearly 0 for every sample, and the gradients that come back shrink likewise.",
            "Weights of the right size, as above. One number for all layers, such as 0.01, is right for one width only.",
            Cases.Vanishing, Cases.Level, DepthPictures.Signal),
        ["vanishing-gradient"] = new(
            "On its way back a gradient is multiplied in each layer by the weights and by the slope of the activation. Below 1, what reaches the first layers is too small to move them. Sigmoid, whose slope is at most 1/4, "
                + "is the classic case (Glorot and Bengio 2010).",
            "An activation with a slope of 1 near 0 (`tanh`, `relu`), weights of the right size, fewer layers.",
            Cases.DeepSigmoid, Cases.Level, DepthPictures.Gradients),
        ["exploding-gradient"] = new(
            "The same factor above 1: the first layers get gradients many times those of the last. A rate that is safe for the first layers hardly moves the last.",
            "Weights of the right size. `--clip-norm` keeps the steps in bounds, but not the layers in proportion.",
            Cases.Exploding, Cases.Level, DepthPictures.Gradients),
        ["alike-samples"] = new(
            "The activations of any two samples point nearly the same way. The layers above see one sample a hundred times, and what tells the samples apart is lost in what they share.",
            "Weights of the right size, an activation whose mean is 0 (tanh rather than sigmoid), fewer layers, centered features.",
            Cases.DeepSigmoid, Cases.Level, DepthPictures.Correlation),
        ["beyond-depth"] = new(
            "By mean-field theory the difference between two samples shrinks, or their likeness does, by a factor e every ξ layers: the correlation length, which follows from the activation and the variances of weights and biases. "
                + "Deeper than a few ξ no input can be read from the output, and no gradient comes back.",
            "Variances at the edge of chaos, where ξ is infinite: `he` with ReLU, `xavier` with tanh (Schoenholz et al. 2017, arXiv:1611.01232); or fewer layers.",
            Cases.DeepSigmoid, Cases.Level, DepthPictures.Correlation),
        ["theory-parts"] = new(
            "What theory says of layers of infinite width is not what these layers do. It says nothing against the network: only that the theory's figures, such as the depth it can have, are not to be relied on.",
            "Nothing, or weights that are drawn one by one around 0. Of weights that are, wider layers come nearer to theory; deviations grow with depth over width (Hanin and Rolnick 2018, arXiv:1803.01719).",
            Cases.Leaning, Cases.Upright, DepthPictures.Theory),
    };

    private static Dictionary<string, Section> OfData => new()
    {
        ["constant-data"] = new(
            "All samples have the same features. A network is a function: equal inputs get equal answers, and the best one is the mean of the targets.",
            "Look at the data: the wrong columns may have been read, or a scaling may have taken everything away.",
            Cases.Constant, Cases.Enough, StepPictures.Constant),
        ["constant-targets"] = new(
            "All samples have the same target: one class, or one number. The best constant answer is right on all of them, and its cost, 0, leaves nothing to halve.",
            "Look at the data: the wrong column may have been taken for the targets, or a class may have been lost on the way.",
            Cases.OneClass, Cases.Enough, StepPictures.OneClass),
        ["offset"] = new(
            "The samples have much in common: pictures are bright in the same places, measures are all positive. In the Gram matrix of the samples, whose eigenvalues are the curvatures of a linear model, the mean sample then has the largest "
                + "eigenvalue by far. It sets the limit to the rate, and what tells the samples apart is learned at the pace of the small ones.",
            "`--scaling center` takes the mean of each feature away, `--scaling standardize` its deviation too.",
            Cases.PetsXavier, Cases.PetsCentered, SamplePictures.Offset),
        ["feature-scale"] = new(
            "The features are much larger or smaller than 1. The usual starts give z the size of the features, so tanh saturates at once where they are large, and steps are far too short where they are small.",
            "`--scaling standardize`, or `--scaling divide:N` where all features have the same range.",
            Cases.RawTanh, Cases.StandardizedTanh, StepPictures.Features),
        ["feature-spread"] = new(
            "Some features are far larger than others. One rate for all is either unstable along the large ones or slow along the small ones, which may be those that matter.",
            "`--scaling standardize` gives each feature the deviation 1.",
            Cases.RawTanh, Cases.StandardizedTanh, StepPictures.Features),
        ["class-balance"] = new(
            "Nearly all samples are of one class. To answer with it always is nearly always right, so the accuracy says little, and the cost falls far before the other class is learned.",
            "Look at the figures of each class (`stepzero evaluate`), not at the accuracy; train longer.",
            Cases.Rare, Cases.Even, SamplePictures.Balance),
        ["conflicts"] = new(
            "Samples with equal features have different targets. The best answer to them is the mean of their targets, and what that costs is the floor of the cost.",
            "Nothing, but mind the floor when judging the cost: many conflicts alone keep it above the target. If the samples were not meant to be equal, a feature is missing.",
            Cases.Conflicting, Cases.Agreeing, SamplePictures.Conflicts),
    };

    private static Dictionary<string, Section> OfSteps => new()
    {
        ["divergence"] = new(
            "The cost grows beyond all numbers. Along the sharpest direction each update goes further past the minimum than the one before.",
            "A smaller rate, by ten at first. Clipping (`--clip-norm`) bounds the steps.",
            Cases.Regression, Cases.CalmRegression, StepPictures.Divergence),
        ["sharpness"] = new(
            "The sharpness is the largest eigenvalue of the Hessian of the cost. In a valley of that curvature, steps of gradient descent with a rate above 2/sharpness get longer from one to the next. Networks often survive that, because the curvature changes where they are thrown to, "
                + "but costs jump, and their digits depend on rounding: two correct programs get different curves.",
            "A smaller rate and more updates, or less curvature: centered features.",
            Cases.PetsXavier, Cases.PetsCentered, StepPictures.Sharpness),
        ["rising-cost"] = new(
            "Full-batch gradient descent with a stable rate lowers the cost with every update. Where it rises now and then the steps are too long, whatever the sharpness says. With batches a rise means little, since each update sees other samples.",
            "A smaller rate and more updates, or centered features.",
            Cases.PetsXavier, Cases.PetsCalm, StepPictures.RisingCost),
        ["small-steps"] = new(
            "The cost falls evenly but slowly, and the curvature would allow steps ten times as long: the rate was chosen for another network, or other data.",
            "A larger rate, up to 1/sharpness for a start.",
            Cases.ShortSteps, Cases.Enough, StepPictures.Budget),
        ["short-budget"] = new(
            "The cost is on its way down, but the budget ends before it is below the target.",
            "More iterations; where the rate is far from its limit, a larger rate first.",
            Cases.FewSteps, Cases.Enough, StepPictures.Budget),
        ["plateau"] = new(
            "The cost hardly falls at all, and nothing else that was found says why. The first steps see no way down: the network cannot bend as the data ask for, or the gradients of the samples cancel each other.",
            "More hidden units or layers, another activation, other features. Waiting rarely helps within the budget.",
            Cases.Straight, Cases.Bent, StepPictures.Plateau),
    };
}
