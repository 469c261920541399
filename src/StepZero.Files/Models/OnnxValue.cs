namespace StepZero.Files.Models;

/// <summary>A tensor in a graph, with which formulas can be written: each operation is a node.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Name">Its name there.</param>
internal readonly record struct OnnxValue(OnnxGraph Graph, string Name)
{
    public static OnnxValue operator +(OnnxValue a, OnnxValue b) => a.Graph.Node("Add", [a, b]);

    public static OnnxValue operator +(OnnxValue a, double b) => a + a.Graph.Constant(b);

    public static OnnxValue operator -(OnnxValue a, OnnxValue b) => a.Graph.Node("Sub", [a, b]);

    public static OnnxValue operator -(OnnxValue a, double b) => a - a.Graph.Constant(b);

    public static OnnxValue operator -(double a, OnnxValue b) => b.Graph.Constant(a) - b;

    public static OnnxValue operator -(OnnxValue a) => a.Apply("Neg");

    public static OnnxValue operator *(OnnxValue a, OnnxValue b) => a.Graph.Node("Mul", [a, b]);

    public static OnnxValue operator *(double a, OnnxValue b) => b * b.Graph.Constant(a);

    public static OnnxValue operator /(OnnxValue a, OnnxValue b) => a.Graph.Node("Div", [a, b]);

    public static OnnxValue operator /(OnnxValue a, double b) => a / a.Graph.Constant(b);

    public static OnnxValue operator /(double a, OnnxValue b) => b.Graph.Constant(a) / b;

    /// <summary>The larger of each number and a limit.</summary>
    public OnnxValue AtLeast(double limit) => Graph.Node("Max", [this, Graph.Constant(limit)]);

    /// <summary>The smaller of each number and a limit.</summary>
    public OnnxValue AtMost(double limit) => Graph.Node("Min", [this, Graph.Constant(limit)]);

    /// <summary>Applies an operator to each number.</summary>
    /// <param name="operation">The name of an operator of one operand, without attributes.</param>
    public OnnxValue Apply(string operation) => Graph.Node(operation, [this]);
}
