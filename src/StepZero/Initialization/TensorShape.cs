namespace StepZero.Initialization;

/// <summary>
/// The shape of a weight tensor, row-major, and what its axes mean: how many units it leads to and from, over how large a receptive field, in how many
/// groups.
/// </summary>
/// <example><code>new TensorShape([64, 3, 7, 7])   new TensorShape([3, 3, 16, 32], "...,in,out")   new TensorShape([3, 3, 8, 2], "h,w,group,out")</code></example>
public sealed record TensorShape
{
    /// <summary>The layout unless another is given: that of PyTorch, dense and convolution alike.</summary>
    public const string DefaultLayout = "out,in,...";

    private const string Ellipsis = "...";

    private readonly int outAxis = -1;
    private readonly int inAxis = -1;
    private readonly int groupAxis = -1;

    /// <summary>A shape.</summary>
    /// <param name="dimensions">The sizes, each at least 0.</param>
    /// <param name="layout">
    /// The meaning of each axis: "out", "in", any other words for the axes of the kernel, and "..." for as many of these as there are. An axis "group"
    /// holds the groups of a depthwise kernel, whose "in" is then 1. Shapes of fewer than two dimensions have no layout.
    /// </param>
    /// <param name="groups">Groups of a convolution: the axis "in" counts the channels of one group, the axis "out" those of all.</param>
    /// <exception cref="StepZeroException">The layout does not fit the shape, or there are too many elements.</exception>
    public TensorShape(IReadOnlyList<int> dimensions, string layout = DefaultLayout, int groups = 1)
    {
        Dimensions = [.. dimensions];
        Layout = layout.Replace(" ", "", StringComparison.Ordinal).Replace("…", Ellipsis, StringComparison.Ordinal);
        if (Dimensions.FirstOrDefault(size => size < 0) is int negative and < 0)
        {
            throw Wrong($"has the size {negative}; expected sizes of at least 0");
        }

        long count = Dimensions.Contains(0) ? 0 : 1;
        foreach (int size in Dimensions)
        {
            count = count > Array.MaxLength ? count : count * size;
        }

        if (count > Array.MaxLength)
        {
            throw Wrong($"has more elements than an array holds ({Array.MaxLength}); split the tensor");
        }

        ElementCount = (int)count;
        Groups = groups;
        if (groups < 1)
        {
            throw Wrong($"cannot have {groups} groups; expected at least 1");
        }

        if (Dimensions.Count < 2)
        {
            if (groups != 1 || Layout != DefaultLayout)
            {
                throw Wrong("has no layout and no groups; these belong to at least two dimensions");
            }

            return;
        }

        string[] roles = RolesOf(Layout, Dimensions.Count);
        (outAxis, inAxis, groupAxis) = (Array.IndexOf(roles, "out"), Array.IndexOf(roles, "in"), Array.IndexOf(roles, "group"));
        if (outAxis < 0 || (inAxis < 0) == (groupAxis < 0) || roles.Count(role => role is "out" or "in" or "group") != 2)
        {
            throw Wrong($"cannot have the layout '{Layout}'; expected one axis 'out' and one 'in' (or 'group', for a depthwise kernel), as in '{DefaultLayout}'");
        }

        if (groupAxis >= 0)
        {
            Groups = groups == 1 || groups == Dimensions[groupAxis]
                ? Dimensions[groupAxis]
                : throw Wrong($"cannot have {groups} groups; expected the size of the axis 'group', {Dimensions[groupAxis]}");
        }
        else if (Dimensions[outAxis] % groups != 0)
        {
            throw Wrong($"cannot have {groups} groups; expected a divisor of the {Dimensions[outAxis]} outputs");
        }
    }

    /// <summary>The sizes of the axes.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>The meaning of the axes, as given.</summary>
    public string Layout { get; }

    /// <summary>Groups of a convolution, 1 for all else.</summary>
    public int Groups { get; }

    /// <summary>The number of elements.</summary>
    public int ElementCount { get; }

    /// <summary>Outputs of one group.</summary>
    internal int OutputsOfGroup => groupAxis >= 0 ? Dimensions[outAxis] : Dimensions[outAxis] / Groups;

    /// <summary>Inputs of one group.</summary>
    internal int InputsOfGroup => groupAxis >= 0 ? 1 : Dimensions[inAxis];

    /// <summary>The size of the axis that libraries which know no groups take for the inputs.</summary>
    internal int InputAxisSize => Dimensions[groupAxis >= 0 ? groupAxis : inAxis];

    /// <summary>The size of the axis "out".</summary>
    internal int OutputAxisSize => Dimensions[outAxis];

    /// <summary>The sizes of the axes of the kernel, in order; none for a dense layer.</summary>
    internal int[] Kernel => [.. Dimensions.Where((_, axis) => axis != outAxis && axis != inAxis && axis != groupAxis)];

    /// <summary>The weights between one input and one output.</summary>
    internal double ReceptiveField => Kernel.Aggregate(1.0, (product, size) => product * size);

    /// <summary>A dense layer's weights, [fanOut, fanIn].</summary>
    public static TensorShape Dense(int fanOut, int fanIn) => new([fanOut, fanIn]);

    /// <summary>Whether sizes, layout and groups are the same.</summary>
    public bool Equals(TensorShape? other) =>
        other is not null && Dimensions.SequenceEqual(other.Dimensions) && Layout == other.Layout && Groups == other.Groups;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ToString(), Layout, Groups);

    /// <summary>The sizes as in "40×30".</summary>
    public override string ToString() => Dimensions.Count == 0 ? "scalar" : string.Join('×', Dimensions);

    /// <summary>The place of a weight in memory.</summary>
    /// <param name="group">The group, from 0.</param>
    /// <param name="output">The output within the group.</param>
    /// <param name="input">The input within the group.</param>
    /// <param name="kernel">The place in the kernel, row-major.</param>
    internal int Offset(int group, int output, int input, int kernel)
    {
        int offset = 0, stride = 1;
        for (int axis = Dimensions.Count - 1; axis >= 0; axis--)
        {
            int index;
            if (axis == outAxis)
            {
                index = groupAxis >= 0 ? output : (group * OutputsOfGroup) + output;
            }
            else if (axis == inAxis)
            {
                index = input;
            }
            else if (axis == groupAxis)
            {
                index = group;
            }
            else
            {
                index = kernel % Dimensions[axis];
                kernel /= Dimensions[axis];
            }

            offset += index * stride;
            stride *= Dimensions[axis];
        }

        return offset;
    }

    private static string[] RolesOf(string layout, int rank)
    {
        string[] words = layout.Split(',');
        int dots = Array.IndexOf(words, Ellipsis);
        if (dots != Array.LastIndexOf(words, Ellipsis))
        {
            throw new StepZeroException($"Layout '{layout}' holds '{Ellipsis}' more than once; expected it once at most.");
        }

        if (dots >= 0 && words.Length - 1 <= rank)
        {
            words = [.. words[..dots], .. Enumerable.Repeat("kernel", rank - words.Length + 1), .. words[(dots + 1)..]];
        }

        return words.Length == rank
            ? words
            : throw new StepZeroException($"Layout '{layout}' names {words.Length} axes; the shape has {rank}. Name each axis, as in 'h,w,in,out', or write '{DefaultLayout}'.");
    }

    private StepZeroException Wrong(string what) => new($"Shape {this}: {what}.");
}
