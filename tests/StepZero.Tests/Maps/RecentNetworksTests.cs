using StepZero.Maps;
using StepZero.Networks;

namespace StepZero.Tests.Maps;

public sealed class RecentNetworksTests
{
    [Fact]
    public void What_was_used_last_is_kept_and_the_rest_is_made_anew()
    {
        var made = new List<int>();
        var networks = new RecentNetworks<object>(architecture =>
        {
            made.Add(architecture.LayerSizes[1]);
            return new object();
        });
        object first = networks.Of(OfWidth(1));
        for (int width = 2; width <= RecentNetworks<object>.Most; width++)
        {
            networks.Of(OfWidth(width));
        }

        Assert.Same(first, networks.Of(OfWidth(1)));
        networks.Of(OfWidth(100));
        Assert.Same(first, networks.Of(OfWidth(1)));
        Assert.Equal([.. Enumerable.Range(1, RecentNetworks<object>.Most), 100], made);

        // The second was longest ago.
        networks.Of(OfWidth(3));
        networks.Of(OfWidth(2));
        Assert.Equal([100, 2], made.TakeLast(2));
    }

    private static Architecture OfWidth(int width) => new(2, [width], Activation.Tanh);
}
