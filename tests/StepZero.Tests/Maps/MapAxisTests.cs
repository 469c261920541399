using StepZero.Maps;

namespace StepZero.Tests.Maps;

public sealed class MapAxisTests
{
    [Theory]
    [InlineData("gain:0.01..100:log", "gain:0.01..100:log", AxisQuantity.Gain, null, true)]
    [InlineData("gain.1:0..2", "gain.1:0..2:linear", AxisQuantity.Gain, 1, false)]
    [InlineData("learning-rate:1e-7..1:log", "learning-rate:1e-7..1:log", AxisQuantity.LearningRate, null, true)]
    [InlineData("learning-rate.12:0.5..1:linear", "learning-rate.12:0.5..1:linear", AxisQuantity.LearningRate, 12, false)]
    [InlineData("offset.2:-3..3", "offset.2:-3..3:linear", AxisQuantity.Offset, 2, false)]
    [InlineData("offset:0.1..0.30000000000000004:log", "offset:0.1..0.30000000000000004:log", AxisQuantity.Offset, null, true)]
    [InlineData("bias-std:0..2", "bias-std:0..2:linear", AxisQuantity.BiasStd, null, false)]
    [InlineData("momentum:0..0.99", "momentum:0..0.99:linear", AxisQuantity.Momentum, null, false)]
    [InlineData("weight-decay:1e-6..0.1:log", "weight-decay:1e-6..0.1:log", AxisQuantity.WeightDecay, null, true)]
    [InlineData("offset:-1.2345678901234566E-09..1e+20", "offset:-1.2345678901234566e-9..1e20:linear", AxisQuantity.Offset, null, false)]
    [InlineData("depth:1..10", "depth:1..10:linear", AxisQuantity.Depth, null, false)]
    [InlineData("width:1..64:log", "width:1..64:log", AxisQuantity.Width, null, true)]
    public void A_text_is_read_and_written(string text, string canonical, AxisQuantity quantity, int? layer, bool logarithmic)
    {
        var axis = MapAxis.Parse(text);
        Assert.Equal((canonical, quantity, layer, logarithmic), (axis.ToString(), axis.Quantity, axis.Layer, axis.IsLogarithmic));
        Assert.Equal(axis, MapAxis.Parse(canonical));
        Assert.Equal(canonical.Split(':')[0], axis.Name);
    }

    [Theory]
    [InlineData("", "Unknown axis ''. Known: gain, learning-rate, bias-std, offset, momentum, weight-decay, depth, width.")]
    [InlineData("gian:0..1", "Unknown axis 'gian'; did you mean 'gain'? Known: gain, learning-rate, bias-std, offset, momentum, weight-decay, depth, width.")]
    [InlineData("learning_rate:0..1", "Unknown axis 'learning_rate'; did you mean 'learning-rate'? Known: gain, learning-rate, bias-std, offset, momentum, weight-decay, depth, width.")]
    [InlineData("gain", "Axis 'gain': expected a name, two numbers, and log or linear, as in 'gain:0.01..100:log'.")]
    [InlineData("gain:", "Axis 'gain:': expected a name, two numbers, and log or linear, as in 'gain:0.01..100:log'.")]
    [InlineData("gain:..", "Axis 'gain:..': expected a name, two numbers, and log or linear, as in 'gain:0.01..100:log'.")]
    [InlineData("gain:1", "Axis 'gain:1': expected a name, two numbers, and log or linear, as in 'gain:0.01..100:log'.")]
    [InlineData("gain:1..2..3", "Axis 'gain:1..2..3': expected a name, two numbers, and log or linear, as in 'gain:0.01..100:log'.")]
    [InlineData("gain:1..2:logs", "Axis 'gain:1..2:logs': expected a name, two numbers, and log or linear, as in 'gain:0.01..100:log'.")]
    [InlineData("gain:1..2:log:log", "Axis 'gain:1..2:log:log': expected a name, two numbers, and log or linear, as in 'gain:0.01..100:log'.")]
    [InlineData("momentum:0..nan", "Axis 'momentum:0..nan': expected a name, two numbers, and log or linear, as in 'momentum:0..0.99'.")]
    [InlineData("depth:1..1e999", "Axis 'depth:1..1e999': expected a name, two numbers, and log or linear, as in 'depth:1..10'.")]
    [InlineData("gain:1..1", "Axis 'gain:1..1': both ends are the same; expected two different numbers.")]
    [InlineData("gain:2..1", "Axis 'gain:2..1': it goes from 2 down to 1; expected the smaller number first.")]
    [InlineData("gain:0..1:log", "Axis 'gain:0..1:log': a logarithmic axis cannot start at 0; expected a number above 0, or ':linear'.")]
    [InlineData("offset:-1..1:log", "Axis 'offset:-1..1:log': a logarithmic axis cannot start at -1; expected a number above 0, or ':linear'.")]
    [InlineData("gain:-1..1", "Axis 'gain:-1..1': expected numbers of 0 and above.")]
    [InlineData("bias-std:-1..1", "Axis 'bias-std:-1..1': expected numbers of 0 and above.")]
    [InlineData("weight-decay:-1..1", "Axis 'weight-decay:-1..1': expected numbers of 0 and above.")]
    [InlineData("learning-rate:0..1", "Axis 'learning-rate:0..1': expected learning rates above 0.")]
    [InlineData("momentum:0..1", "Axis 'momentum:0..1': expected numbers from 0 to below 1.")]
    [InlineData("momentum:-0.1..0.5", "Axis 'momentum:-0.1..0.5': expected numbers from 0 to below 1.")]
    [InlineData("depth:0..3", "Axis 'depth:0..3': expected numbers of layers from 1 to 1000.")]
    [InlineData("depth:1..1001", "Axis 'depth:1..1001': expected numbers of layers from 1 to 1000.")]
    [InlineData("width:0..3", "Axis 'width:0..3': expected numbers of units from 1 to 1000000.")]
    [InlineData("width:1..1e7", "Axis 'width:1..1e7': expected numbers of units from 1 to 1000000.")]
    [InlineData("depth:1..1.4", "Axis 'depth:1..1.4': both ends are the same whole number; expected two different ones.")]
    [InlineData("gain.0:0..1", "Axis 'gain.0:0..1': found 'gain.0'; expected a layer from 1 behind gain, learning-rate or offset, as in 'gain.1'.")]
    [InlineData("gain.:0..1", "Axis 'gain.:0..1': found 'gain.'; expected a layer from 1 behind gain, learning-rate or offset, as in 'gain.1'.")]
    [InlineData("gain.1.2:0..1", "Axis 'gain.1.2:0..1': found 'gain.1.2'; expected a layer from 1 behind gain, learning-rate or offset, as in 'gain.1'.")]
    [InlineData("depth.1:1..9", "Axis 'depth.1:1..9': found 'depth.1'; expected a layer from 1 behind gain, learning-rate or offset, as in 'gain.1'.")]
    public void A_text_that_is_no_axis_is_refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<StepZeroException>(() => MapAxis.Parse(text)).Message);

    [Fact]
    public void The_texts_of_the_messages_are_axes_themselves()
    {
        foreach (AxisQuantity quantity in Enum.GetValues<AxisQuantity>())
        {
            string name = CanonicalText.Of(quantity).Replace('_', '-');
            string message = Assert.Throws<StepZeroException>(() => MapAxis.Parse(name)).Message;
            Assert.Equal(name, MapAxis.Parse(message.Split('\'')[3]).Name);
        }
    }

    [Theory]
    [InlineData("gain:0.01..100:log", 5, new[] { 0.01, 0.1, 1, 10, 100 })]
    [InlineData("gain:0..2", 5, new[] { 0, 0.5, 1, 1.5, 2 })]
    [InlineData("gain:0..2", 1, new double[] { 0 })]
    [InlineData("offset:-1..1", 2, new double[] { -1, 1 })]
    [InlineData("depth:1..4", 7, new double[] { 1, 2, 2, 3, 3, 4, 4 })]
    [InlineData("width:1..64:log", 4, new double[] { 1, 4, 16, 64 })]
    [InlineData("offset:1e-300..1e300:log", 3, new double[] { 1e-300, 1, 1e300 })]
    public void Pixels_stand_from_one_end_to_the_other(string text, int count, double[] expected)
    {
        var axis = MapAxis.Parse(text);
        Assert.All(expected.Zip(axis.Values(count), (a, b) => (a, b)), pair => Assert.Equal(pair.a, pair.b, 1e-12 * Math.Abs(pair.a)));
        Assert.Equal(count, axis.Values(count).Length);
    }

    [Theory]
    [InlineData("gain:0.01..100:log", 1e-12)]
    [InlineData("offset:-3..5", 1e-12)]
    [InlineData("learning-rate:0.3..0.30000000001:log", 1e-4)]
    [InlineData("learning-rate:1e-320..1e300:log", 1e-12)]
    public void A_share_leads_to_a_value_and_back(string text, double accuracy)
    {
        var axis = MapAxis.Parse(text);
        foreach (double share in (double[])[0, 0.125, 0.5, 0.7, 1])
        {
            Assert.Equal(share, axis.ShareOf(axis.At(share)), accuracy);
        }
    }

    [Fact]
    public void What_lies_outside_has_a_share_outside()
    {
        var axis = MapAxis.Parse("gain:0.1..10:log");
        Assert.Equal(double.NegativeInfinity, axis.ShareOf(0));
        Assert.Equal(-0.5, axis.ShareOf(0.01), 1e-12);
        Assert.Equal(1.5, axis.ShareOf(100), 1e-12);
        Assert.Equal(-1, MapAxis.Parse("offset:0..1").ShareOf(-1));
    }

    [Fact]
    public void Neighbours_of_a_closest_look_differ_by_their_last_bits()
    {
        // 1,024 numbers over 1e-12 of their size: some 9 bits of rounding lie between two of them.
        MapAxis axis = MapAxis.Parse("learning-rate:1e-3..1e6:log").Around(2.5e5, Math.Log(1e9) / 1e-12);
        double[] values = axis.Values(1024);
        double step = (values[^1] - values[0]) / 1023;
        Assert.Equal(2.5e-7, values[^1] - values[0], 1e-9);
        Assert.All(values.Zip(values.Skip(1)), pair => Assert.InRange((pair.Second - pair.First) / step, 0.5, 1.5));
    }

    [Theory]
    [InlineData("gain:0.01..100:log", 1, 2, 0.1, 10)]
    [InlineData("gain:0.01..100:log", 10, 4, 3.1622776601683795, 31.622776601683793)]
    [InlineData("offset:-4..4", 1, 8, 0.5, 1.5)]
    [InlineData("offset:-4..4", 0, 0.5, -8, 8)]
    public void A_closer_look_lies_around_its_center(string text, double center, double zoom, double from, double to)
    {
        MapAxis axis = MapAxis.Parse(text).Around(center, zoom);
        Assert.Equal(from, axis.From, 1e-12 * Math.Abs(from));
        Assert.Equal(to, axis.To, 1e-12 * Math.Abs(to));
        Assert.Equal(center, axis.At(0.5), 1e-12);
        Assert.Equal((MapAxis.Parse(text).Name, MapAxis.Parse(text).IsLogarithmic), (axis.Name, axis.IsLogarithmic));
    }

    [Theory]
    [InlineData("gain:0.01..100:log", 0, 10, "Axis 'gain around 0, 10 times closer': expected a number above 0 on a logarithmic axis.")]
    [InlineData("gain:0.01..100:log", -1, 10, "Axis 'gain around -1, 10 times closer': expected a number above 0 on a logarithmic axis.")]
    [InlineData("gain:0.01..100:log", 1, 1e18, "Axis 'gain around 1, 1E+18 times closer': both ends are the same; expected two different numbers.")]
    [InlineData("gain:0.01..100:log", 1, double.NaN, "Axis 'gain around 1, NaN times closer': it goes from NaN to NaN; expected finite numbers.")]
    [InlineData("gain:0.01..100:log", 1, 1e-9, "Axis 'gain around 1, 1E-09 times closer': it goes from 0 to Infinity; expected finite numbers.")]
    [InlineData("gain:0.01..100:log", 1, -5, "Axis 'gain around 1, -5 times closer': expected a zoom above 0.")]
    [InlineData("gain:0..2", 0.1, 2, "Axis 'gain around 0.1, 2 times closer': expected numbers of 0 and above.")]
    [InlineData("learning-rate:0.1..1", 0, 2, "Axis 'learning-rate around 0, 2 times closer': expected learning rates above 0.")]
    public void A_closer_look_where_there_is_nothing_is_refused(string text, double center, double zoom, string message) =>
        Assert.Equal(message, Assert.Throws<StepZeroException>(() => MapAxis.Parse(text).Around(center, zoom)).Message);
}
