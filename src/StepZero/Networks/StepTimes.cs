namespace StepZero.Networks;

/// <summary>The parts of one step of training.</summary>
public enum StepPart
{
    /// <summary>The product of the first layer forward.</summary>
    FirstProduct,

    /// <summary>The activations with their derivatives.</summary>
    Activations,

    /// <summary>The products of the other layers, forward and back.</summary>
    OtherProducts,

    /// <summary>The losses with their derivatives.</summary>
    Loss,

    /// <summary>The sums over samples: gradients of weights and biases.</summary>
    Gradients,

    /// <summary>The update of the values.</summary>
    Update,
}

/// <summary>Where the time of steps goes. One instance serves one thread; every 64th step is timed, so that looking at the clock costs nothing.</summary>
internal sealed class StepTimes(TimeProvider clock)
{
    private const int StepsOfOneTimed = 64;

    private readonly long[] ticks = new long[Enum.GetValues<StepPart>().Length];
    private long last;
    private int steps;
    private bool timed;

    /// <summary>The time of each part, in ticks of the clock.</summary>
    public IReadOnlyList<long> Ticks => ticks;

    /// <summary>A step begins.</summary>
    public void Begin()
    {
        timed = steps++ % StepsOfOneTimed == 0;
        last = timed ? clock.GetTimestamp() : 0;
    }

    /// <summary>A part of a step has ended, and what comes belongs to another.</summary>
    public void End(StepPart part)
    {
        if (timed)
        {
            long now = clock.GetTimestamp();
            ticks[(int)part] += now - last;
            last = now;
        }
    }
}
