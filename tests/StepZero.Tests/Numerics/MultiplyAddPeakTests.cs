using StepZero.Numerics;

namespace StepZero.Tests.Numerics;

public sealed class MultiplyAddPeakTests
{
    /// <summary>A clock by which everything takes 8 ms: a round of 1,024 turns of 12 vectors is then long enough.</summary>
    private sealed class SlowClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Interlocked.Add(ref ticks, 8);
    }

    [Theory]
    [InlineData(VectorWidth.Bits128, 2)]
    [InlineData(VectorWidth.Bits256, 4)]
    [InlineData(VectorWidth.Bits512, 8)]
    public void It_counts_every_number_of_every_vector_and_thread(VectorWidth width, int doubles)
    {
        double expected = 1024 * 12 * doubles / 0.008;
        Assert.Equal(expected, MultiplyAddPeak.Measure<double>(new SlowClock(), 1, width), 1e-6 * expected);
        Assert.Equal(2 * expected, MultiplyAddPeak.Measure<float>(new SlowClock(), 1, width), 1e-6 * expected);
        Assert.Equal(3 * expected, MultiplyAddPeak.Measure<double>(new SlowClock(), 3, width), 1e-6 * expected);
    }

    [Fact]
    public void Without_a_width_it_takes_the_widest_vectors_of_the_machine() =>
        Assert.Equal(MultiplyAddPeak.Measure<double>(new SlowClock(), 1, LaneProduct.OwnWidth), MultiplyAddPeak.Measure<double>(new SlowClock()));

    [Fact]
    public void A_clock_that_stands_still_does_not_hold_it_up() =>
        Assert.Equal(double.PositiveInfinity, MultiplyAddPeak.Measure<double>(new StoppedClock(), 1, VectorWidth.Bits128));

    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
