using StepZero.Initialization;

namespace StepZero.Tests.Initialization;

public sealed class TensorShapeTests
{
    [Theory]
    [InlineData(new[] { 4, 3 }, "out,in,...", 4, 3, new int[0])]
    [InlineData(new[] { 4, 3 }, "in, out", 3, 4, new int[0])]
    [InlineData(new[] { 4, 3, 5, 6 }, "out,in,...", 4, 3, new[] { 5, 6 })]
    [InlineData(new[] { 4, 3, 5, 6 }, "…,in,out", 6, 5, new[] { 4, 3 })]
    [InlineData(new[] { 4, 3, 5, 6 }, "h,w,in,out", 6, 5, new[] { 4, 3 })]
    [InlineData(new[] { 4, 3, 5, 6, 7 }, "out,...,in", 4, 7, new[] { 3, 5, 6 })]
    [InlineData(new[] { 4, 3, 5 }, "w,out,in", 3, 5, new[] { 4 })]
    public void A_layout_says_what_each_axis_means(int[] sizes, string layout, int outputs, int inputs, int[] kernel)
    {
        var shape = new TensorShape(sizes, layout);
        Assert.Equal((outputs, inputs, 1), (shape.OutputsOfGroup, shape.InputsOfGroup, shape.Groups));
        Assert.Equal((outputs, inputs), (shape.OutputAxisSize, shape.InputAxisSize));
        Assert.Equal(kernel, shape.Kernel);
        Assert.Equal(kernel.Aggregate(1, (product, size) => product * size), shape.ReceptiveField);
        Assert.Equal(sizes.Aggregate(1, (product, size) => product * size), shape.ElementCount);
        Assert.Equal(sizes, shape.Dimensions);
    }

    [Fact]
    public void Groups_share_the_outputs_and_keep_their_inputs()
    {
        var grouped = new TensorShape([12, 2, 3], groups: 4);
        Assert.Equal((4, 3, 2, 12, 2), (grouped.Groups, grouped.OutputsOfGroup, grouped.InputsOfGroup, grouped.OutputAxisSize, grouped.InputAxisSize));
        var depthwise = new TensorShape([3, 3, 8, 2], "h,w,group,out");
        Assert.Equal((8, 2, 1, 2, 8), (depthwise.Groups, depthwise.OutputsOfGroup, depthwise.InputsOfGroup, depthwise.OutputAxisSize, depthwise.InputAxisSize));
    }

    [Fact]
    public void A_shape_prints_its_sizes()
    {
        Assert.Equal("40×30", TensorShape.Dense(40, 30).ToString());
        Assert.Equal("7", new TensorShape([7]).ToString());
        Assert.Equal("scalar", new TensorShape([]).ToString());
        Assert.Equal((1, 7, 0), (new TensorShape([]).ElementCount, new TensorShape([7]).ElementCount, new TensorShape([70000, 70000, 0]).ElementCount));
    }

    [Theory]
    [InlineData(new[] { 2, -1 }, "out,in,...", 1, "Shape 2×-1: has the size -1; expected sizes of at least 0.")]
    [InlineData(new[] { -3 }, "out,in,...", 1, "Shape -3: has the size -3; expected sizes of at least 0.")]
    [InlineData(new[] { 65536, 65536 }, "out,in,...", 1, "Shape 65536×65536: has more elements than an array holds (2147483591); split the tensor.")]
    [InlineData(new[] { 2147483647, 2147483647, 2147483647 }, "out,in,...", 1, "Shape 2147483647×2147483647×2147483647: has more elements than an array holds (2147483591); split the tensor.")]
    [InlineData(new[] { 4, 3 }, "h,w", 1, "Shape 4×3: cannot have the layout 'h,w'; expected one axis 'out' and one 'in' (or 'group', for a depthwise kernel), as in 'out,in,...'.")]
    [InlineData(new[] { 4, 3 }, "out,h", 1, "Shape 4×3: cannot have the layout 'out,h'; expected one axis 'out' and one 'in' (or 'group', for a depthwise kernel), as in 'out,in,...'.")]
    [InlineData(new[] { 4, 3 }, "in,in", 1, "Shape 4×3: cannot have the layout 'in,in'; expected one axis 'out' and one 'in' (or 'group', for a depthwise kernel), as in 'out,in,...'.")]
    [InlineData(new[] { 4, 3, 2 }, "out,in,in", 1, "Shape 4×3×2: cannot have the layout 'out,in,in'; expected one axis 'out' and one 'in' (or 'group', for a depthwise kernel), as in 'out,in,...'.")]
    [InlineData(new[] { 4, 3, 2 }, "out,in,group", 1, "Shape 4×3×2: cannot have the layout 'out,in,group'; expected one axis 'out' and one 'in' (or 'group', for a depthwise kernel), as in 'out,in,...'.")]
    [InlineData(new[] { 4, 3 }, "out,in,h", 1, "Layout 'out,in,h' names 3 axes; the shape has 2. Name each axis, as in 'h,w,in,out', or write 'out,in,...'.")]
    [InlineData(new[] { 4, 3, 2 }, "out,in", 1, "Layout 'out,in' names 2 axes; the shape has 3. Name each axis, as in 'h,w,in,out', or write 'out,in,...'.")]
    [InlineData(new[] { 4, 3 }, "...,h,out,in", 1, "Layout '...,h,out,in' names 4 axes; the shape has 2. Name each axis, as in 'h,w,in,out', or write 'out,in,...'.")]
    [InlineData(new[] { 6, 2, 3 }, "out,in,...", 4, "Shape 6×2×3: cannot have 4 groups; expected a divisor of the 6 outputs.")]
    [InlineData(new[] { 6, 2, 3 }, "out,in,...", 0, "Shape 6×2×3: cannot have 0 groups; expected at least 1.")]
    [InlineData(new[] { 6, 2, 3 }, "out,in,...", -2, "Shape 6×2×3: cannot have -2 groups; expected at least 1.")]
    public void An_impossible_shape_is_refused(int[] sizes, string layout, int groups, string message) =>
        Assert.Equal(message, Assert.Throws<StepZeroException>(() => new TensorShape(sizes, layout, groups)).Message);

    [Theory]
    [InlineData(new[] { 4, 3 }, "out,in,...", 1)]
    [InlineData(new[] { 4, 3 }, "in,out", 1)]
    [InlineData(new[] { 4, 3, 2, 5 }, "out,in,...", 2)]
    [InlineData(new[] { 2, 5, 3, 4 }, "...,in,out", 4)]
    [InlineData(new[] { 2, 4, 5, 3 }, "h,out,w,in", 2)]
    [InlineData(new[] { 2, 5, 3, 4 }, "h,w,group,out", 1)]
    [InlineData(new[] { 3, 2, 4 }, "group,w,out", 1)]
    public void Offsets_are_those_of_walking_through_all_elements_in_order(int[] sizes, string layout, int groups)
    {
        var shape = new TensorShape(sizes, layout, groups);
        string[] roles = layout == "out,in,..." ? [.. "out,in".Split(','), .. Enumerable.Repeat("kernel", sizes.Length - 2)]
            : layout == "...,in,out" ? [.. Enumerable.Repeat("kernel", sizes.Length - 2), "in", "out"] : layout.Split(',');
        int[] index = new int[sizes.Length];
        for (int offset = 0; offset < shape.ElementCount; offset++)
        {
            int group = 0, output = 0, input = 0, kernel = 0;
            for (int axis = 0; axis < sizes.Length; axis++)
            {
                switch (roles[axis])
                {
                    case "out" when roles.Contains("group"): output = index[axis]; break;
                    case "out": (group, output) = Math.DivRem(index[axis], sizes[axis] / groups); break;
                    case "in": input = index[axis]; break;
                    case "group": group = index[axis]; break;
                    default: kernel = (kernel * sizes[axis]) + index[axis]; break;
                }
            }

            Assert.Equal(offset, shape.Offset(group, output, input, kernel));
            for (int axis = sizes.Length - 1; axis >= 0 && ++index[axis] == sizes[axis]; axis--)
            {
                index[axis] = 0;
            }
        }
    }

    [Fact]
    public void The_axis_of_the_groups_may_be_the_first()
    {
        var shape = new TensorShape([8, 3, 3, 2], "group,h,w,out", groups: 8);
        Assert.Equal((8, 2, 1, 2, 8), (shape.Groups, shape.OutputsOfGroup, shape.InputsOfGroup, shape.OutputAxisSize, shape.InputAxisSize));
        Assert.Equal((5 * 18) + (4 * 2) + 1, shape.Offset(5, 1, 0, 4));
        Assert.Equal(
            "Shape 8×3×3×2: cannot have 3 groups; expected the size of the axis 'group', 8.",
            Assert.Throws<StepZeroException>(() => new TensorShape([8, 3, 3, 2], "group,h,w,out", groups: 3)).Message);
    }

    [Fact]
    public void Shapes_are_equal_by_their_sizes_layout_and_groups()
    {
        var shape = new TensorShape([4, 2, 3], groups: 2);
        Assert.Equal(shape, new TensorShape([4, 2, 3], groups: 2));
        Assert.Equal(shape.GetHashCode(), new TensorShape([4, 2, 3], groups: 2).GetHashCode());
        TensorShape?[] others = [new TensorShape([4, 2, 3]), new TensorShape([4, 2, 3], "out,...,in", 2), new TensorShape([4, 2, 4], groups: 2), null];
        Assert.All(others, other => Assert.False(shape.Equals(other)));
    }

    [Fact]
    public void As_many_elements_as_an_array_holds_are_the_most()
    {
        Assert.Equal(Array.MaxLength, new TensorShape([Array.MaxLength]).ElementCount);
        Assert.Throws<StepZeroException>(() => new TensorShape([1 << 30, 2]));

        // 2^64 elements, which 64 bits count as none.
        Assert.Throws<StepZeroException>(() => new TensorShape([1 << 30, 1 << 30, 16]));
    }

    [Theory]
    [InlineData(new[] { 5 }, "x", 1)]
    [InlineData(new[] { 5 }, TensorShape.DefaultLayout, 5)]
    [InlineData(new int[0], "out,in", 1)]
    public void Fewer_than_two_dimensions_have_no_layout(int[] sizes, string layout, int groups) => Assert.EndsWith(
        "has no layout and no groups; these belong to at least two dimensions.",
        Assert.Throws<StepZeroException>(() => new TensorShape(sizes, layout, groups)).Message, StringComparison.Ordinal);

    [Fact]
    public void One_ellipsis_is_enough() =>
        Assert.Contains("more than once", Assert.Throws<StepZeroException>(() => new TensorShape([2, 3, 4, 5], "out,...,in,...")).Message, StringComparison.Ordinal);
}
