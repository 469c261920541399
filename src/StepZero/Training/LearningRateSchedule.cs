using System.Globalization;

namespace StepZero.Training;

/// <summary>
/// How the learning rate goes through a training: a factor for each update t = 0, 1, …. In the first W updates, the warm-up, it rises linearly, (t + 1)/W; with
/// u = t − W the rest is constant (1), step (f^⌊u/every⌋, as PyTorch's <c>StepLR</c>) or cosine (final + (1 − final)·(1 + cos(π·u/U))/2 over the U updates
/// left, as PyTorch's <c>CosineAnnealingLR</c>; Loshchilov and Hutter, arXiv 1608.03983).
/// </summary>
public sealed record LearningRateSchedule
{
    private static readonly string[] Known = ["constant", "step", "cosine", "warmup"];

    private LearningRateSchedule(string shape) => Shape = shape;

    /// <summary>The same rate at every update.</summary>
    public static LearningRateSchedule Constant { get; } = new("constant");

    private string Shape { get; }

    private int Warmup { get; init; }

    private int Every { get; init; }

    private double Factor { get; init; } = 0.1;

    private double Final { get; init; }

    /// <summary>
    /// Reads <c>constant</c>, <c>step:every=200:factor=0.1</c>, <c>cosine:final=0</c>, each with <c>:warmup=100</c> if wished, or <c>warmup:100</c>, which is
    /// <c>constant:warmup=100</c>. Lengths are in updates.
    /// </summary>
    /// <exception cref="StepZeroException">The text is none of these, or a value is out of range.</exception>
    public static LearningRateSchedule Parse(string text)
    {
        string[] parts = text.Split(':');
        string[] names = parts[0] switch
        {
            "constant" => ["warmup"],
            "step" => ["every", "factor", "warmup"],
            "cosine" => ["final", "warmup"],
            "warmup" when parts.Length == 2 => ["warmup"],
            "warmup" => throw new StepZeroException($"Schedule '{text}': expected the updates of the warm-up, as in 'warmup:100'."),
            _ => throw StepZeroException.UnknownName("schedule", parts[0], Known),
        };
        if (parts[0] == "warmup")
        {
            parts = ["constant", $"warmup={parts[1]}"];
        }

        var given = new ParameterText(text, "Schedule", names);
        var schedule = new LearningRateSchedule(parts[0]);
        foreach ((int index, string value) in given.Read(parts.AsSpan(1)))
        {
            schedule = names[index] switch
            {
                "warmup" => schedule with { Warmup = Updates("warmup", value) },
                "every" => schedule with { Every = Updates("every", value) },
                "factor" => schedule with { Factor = given.Number("factor", value, "a finite number above 0", number => double.IsFinite(number) && number > 0) },
                _ => schedule with { Final = given.Number("final", value, "a number from 0 to 1", number => number is >= 0 and <= 1) },
            };
        }

        return schedule.Shape == "step" && schedule.Every == 0
            ? throw new StepZeroException($"Schedule '{text}': expected the updates between two steps, as in 'step:every=200'.")
            : schedule;

        int Updates(string name, string value) =>
            (int)given.Number(name, value, "a whole number of updates, 1 and above", number => number is >= 1 and <= int.MaxValue && number == Math.Floor(number));
    }

    /// <summary>What the learning rate is multiplied by at an update.</summary>
    /// <param name="iteration">The updates made before.</param>
    /// <param name="iterations">The updates of the whole training.</param>
    public double FactorAt(int iteration, int iterations)
    {
        if (iteration < Warmup)
        {
            return (iteration + 1.0) / Warmup;
        }

        int after = iteration - Warmup;
        return Shape switch
        {
            "step" => Math.Pow(Factor, after / Every),
            "cosine" => Final + ((1 - Final) * (1 + Math.Cos(Math.PI * after / (iterations - Warmup))) / 2),
            _ => 1,
        };
    }

    /// <summary>Refuses a schedule that is longer than the training.</summary>
    /// <exception cref="StepZeroException">The warm-up takes all updates, or the first step would come after the last.</exception>
    public void Check(int iterations)
    {
        string? wrong = Warmup >= iterations ? $"its warm-up of {Warmup} updates is as long as the training or longer"
            : Shape == "step" && Warmup + Every >= iterations ? $"its first step comes after {Warmup + Every} updates"
            : null;
        if (wrong is not null)
        {
            throw new StepZeroException($"Schedule '{this}': {wrong}; the training has {iterations} updates. Make the schedule shorter, or train longer.");
        }
    }

    /// <summary>The canonical text, with every parameter, which <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        string shape = Shape switch
        {
            "step" => string.Create(CultureInfo.InvariantCulture, $"step:every={Every}:factor={Factor}"),
            "cosine" => string.Create(CultureInfo.InvariantCulture, $"cosine:final={Final}"),
            _ => "constant",
        };
        return Warmup == 0 ? shape : string.Create(CultureInfo.InvariantCulture, $"{shape}:warmup={Warmup}");
    }
}
