using StepZero.Data;

namespace StepZero.Tests.Data;

public sealed class ImageSizeTests
{
    [Fact]
    public void Every_order_of_channels_becomes_red_green_blue()
    {
        Assert.Equal([1, 2, 3, 4, 5, 6], new ImageSize(2, 1).ToRgb<int>([1, 2, 3, 4, 5, 6]));
        Assert.Equal([1, 2, 3, 4, 5, 6], new ImageSize(2, 1, 3, ChannelsFirst: true).ToRgb<int>([1, 4, 2, 5, 3, 6]));
        Assert.Equal([1, 1, 1, 2, 2, 2], new ImageSize(2, 1, 1).ToRgb<int>([1, 2]));
        Assert.Equal([1, 2, 3, 5, 6, 7], new ImageSize(2, 1, 4).ToRgb<int>([1, 2, 3, 4, 5, 6, 7, 8]));
        Assert.Equal([1, 1, 1, 3, 3, 3], new ImageSize(2, 1, 2).ToRgb<int>([1, 2, 3, 4]));
    }
}
