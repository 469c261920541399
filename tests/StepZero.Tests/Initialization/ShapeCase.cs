using StepZero.Initialization;

namespace StepZero.Tests.Initialization;

/// <summary>A shape, with all that matters of it counted by hand.</summary>
/// <param name="Name">What it is called in the test's name.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Ours">Fan-in and fan-out with groups counted.</param>
/// <param name="Theirs">Fan-in and fan-out of libraries that know no groups.</param>
/// <param name="Groups">The groups.</param>
/// <param name="Outputs">Outputs of one group.</param>
/// <param name="Inputs">Inputs of one group.</param>
/// <param name="Field">The size of the kernel.</param>
/// <param name="AxisIn">The axis that libraries without groups take for the inputs.</param>
internal sealed record ShapeCase(
    string Name, TensorShape Shape, (double In, double Out) Ours, (double In, double Out) Theirs, int Groups, int Outputs, int Inputs, int Field, int AxisIn)
{
    public static IReadOnlyList<ShapeCase> All { get; } =
    [
        new("dense", new TensorShape([192, 320]), (320, 192), (320, 192), 1, 192, 320, 1, 320),
        new("conv", new TensorShape([64, 48, 5, 5]), (1200, 1600), (1200, 1600), 1, 64, 48, 25, 48),
        new("channel_last", new TensorShape([5, 3, 48, 96], "...,in,out"), (720, 1440), (720, 1440), 1, 96, 48, 15, 48),
        new("grouped", new TensorShape([128, 16, 6, 6], groups: 4), (576, 1152), (576, 4608), 4, 32, 16, 36, 16),
        new("depthwise", new TensorShape([4, 4, 1024, 4], "h,w,group,out"), (16, 64), (16384, 64), 1024, 4, 1, 16, 1024),
    ];

    public bool IsDense => Field == 1;

    public int Count => Groups * Outputs * Inputs * Field;

    /// <summary>Outputs, inputs and groups as a library that knows no groups sees them.</summary>
    public ShapeCase WithoutGroups => this with { Groups = 1, Outputs = Name == "grouped" ? 128 : Outputs, Inputs = AxisIn };

    public static ShapeCase Named(string name) => All.Single(one => one.Name == name);
}
