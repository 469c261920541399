namespace StepZero.Tests.Initialization;

/// <content>Tensors made as a whole, and the layers' own starts.</content>
internal static partial class ExpectedLaws
{
    private static Dictionary<string, ExpectedLaw> Structures()
    {
        (double, double)? Diagonal(ShapeCase shape)
        {
            double ones = shape.Groups * Math.Min(shape.Outputs, shape.Inputs);
            return (ones, ones);
        }

        // Orthonormal rows or columns, whichever are fewer: each has the length 1.
        (double, double)? Orthogonal(ShapeCase shape) => (double.NaN, shape.Groups * Math.Min(shape.Outputs, shape.Inputs * shape.Field));
        (double, double)? Delta(ShapeCase shape) => shape.IsDense || shape.Inputs > shape.Outputs ? null : (double.NaN, shape.Groups * shape.Inputs);
        ExpectedLaw Whole(Func<ShapeCase, (double, double)?> sums, params string[] settings) => new(settings is [] ? ["", ":gain=3"] : settings, null) { Sums = (shape, _) => sums(shape) };
        ExpectedLaw Sparse() => new(["", ":0.3:std=2", ":0.55:gain=0.5"], null)
        {
            Sums = (shape, given) => shape.IsDense ? (double.NaN, shape.Inputs * (shape.Outputs - Math.Ceiling(given.NumberAt(0, 0.1) * shape.Outputs)) * given["std", 0.01] * given["std", 0.01]) : null,
        };
        return new()
        {
            ["identity@stepzero"] = Whole(shape => shape.IsDense ? Diagonal(shape) : null),
            ["identity@pytorch"] = Whole(shape => shape.IsDense ? Diagonal(shape) : null),
            ["identity@keras"] = Whole(shape => shape.IsDense ? Diagonal(shape) : null),
            ["identity@flux"] = Whole(shape => Diagonal(shape.WithoutGroups)),
            ["dirac@stepzero"] = Whole(shape => shape.IsDense ? null : Diagonal(shape)),
            ["dirac@pytorch"] = new(["", ":groups=4", ":groups=2:gain=3"], null)
            {
                Sums = (shape, given) => shape.IsDense ? null
                    : Diagonal(shape.WithoutGroups with { Groups = (int)given["groups", 1], Outputs = shape.WithoutGroups.Outputs / (int)given["groups", 1] }),
            },
            ["orthogonal@stepzero"] = Whole(Orthogonal),
            ["orthogonal@pytorch"] = Whole(shape => Orthogonal(shape.WithoutGroups)),
            ["orthogonal@keras"] = Whole(shape => Orthogonal(shape.WithoutGroups)),
            ["orthogonal@jax"] = Whole(shape => Orthogonal(shape.WithoutGroups)),
            ["orthogonal@flux"] = Whole(shape => Orthogonal(shape.WithoutGroups)),
            ["delta_orthogonal@stepzero"] = Whole(Delta),
            ["delta_orthogonal@jax"] = Whole(shape => Delta(shape.WithoutGroups)),
            ["sparse@stepzero"] = Sparse(),
            ["sparse@pytorch"] = Sparse(),
            ["sparse@flux"] = Sparse(),
            ["siren_first@stepzero"] = new(["", ":gain=2"], given => Law.Uniform(-1 / given.Shape.Ours.In, 1 / given.Shape.Ours.In)),
            ["siren@stepzero"] = new(["", ":omega=5", ":omega=5:gain=2"], given => Law.UniformOfVariance(2 / given.Shape.Ours.In / Math.Pow(given["omega", 30], 2))),
            ["hadamard@stepzero"] = Whole(Hadamard),
        };
    }

    private static (double, double)? Hadamard(ShapeCase shape)
    {
        double ones = shape.Groups * Math.Min(shape.Outputs, shape.Inputs);
        if (shape.Outputs <= shape.Inputs)
        {
            return (ones, ones);
        }

        double power = Math.Ceiling(Math.Log2(shape.Outputs)), square = Math.Pow(2, 1 - power);
        int sum = 0;
        for (int output = 0; output < shape.Outputs; output++)
        {
            for (int input = 0; input < shape.Inputs; input++)
            {
                // (−1)^(common bits), bit by bit.
                int sign = 1;
                for (int bit = 1; bit <= output; bit *= 2)
                {
                    sign *= output / bit % 2 == 1 && input / bit % 2 == 1 ? -1 : 1;
                }

                sum += sign;
            }
        }

        return (shape.Groups * sum * Math.Sqrt(square), shape.Groups * shape.Outputs * shape.Inputs * square);
    }

    private static Dictionary<string, ExpectedLaw> Defaults()
    {
        string[] gains = ["", ":gain=2"];
        Law Sklearn(double fans, ExpectedLaw.Given given) => Law.UniformOfVariance((given.Text("activation", "relu") == "logistic" ? 2 : 6) / fans / 3);
        return new()
        {
            ["default@pytorch"] = new(gains, given => Law.UniformOfVariance(1 / given.Shape.Theirs.In / 3)),
            ["default@keras"] = new(gains, given => Law.UniformOfVariance(2 / (given.Shape.Theirs.In + given.Shape.Theirs.Out))),
            ["default@jax"] = new(gains, given => Law.CorrectedOfVariance(1 / given.Shape.Theirs.In)),
            ["default@flux"] = new(gains, given => Law.UniformOfVariance(2 / (given.Shape.Theirs.In + given.Shape.Theirs.Out))),

            // A layer of scikit-learn is dense; for other shapes see the test of its errors.
            ["default@sklearn"] = new([.. gains, ":activation=logistic", ":activation=tanh:gain=3"], given => Sklearn(given.Shape.Ours.In + given.Shape.Ours.Out, given)) { DenseOnly = true },
            ["bias@pytorch"] = new([":fan_in=30", ":fan_in=7:gain=2"], given => Law.UniformOfVariance(1 / given["fan_in", 0] / 3)),
            ["bias@keras"] = new(["", ":gain=2"], _ => Law.Constant(0)),
            ["bias@jax"] = new(["", ":gain=2"], _ => Law.Constant(0)),
            ["bias@flux"] = new(["", ":gain=2"], _ => Law.Constant(0)),
            ["bias@sklearn"] = new(
                [":fan_in=30:fan_out=20", ":fan_in=30:fan_out=20:activation=logistic:gain=2"], given => Sklearn(given["fan_in", 0] + given["fan_out", 0], given)),
            ["lsuv@stepzero"] = new(Plain, null),
            ["autoinit@stepzero"] = new(Plain, null),
        };
    }
}
