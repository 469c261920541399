namespace StepZero.Files.Models;

/// <summary>The types of tensors, as ONNX numbers them.</summary>
internal enum OnnxType
{
    UInt8 = 2,
    Int64 = 7,
    Double = 11,
}

/// <summary>A graph of ONNX operators, in the order in which they are computed. Field numbers are those of ONNX's <c>onnx.proto</c>.</summary>
internal sealed class OnnxGraph
{
    private readonly List<ProtobufMessage> nodes = [], initializers = [], inputs = [], outputs = [];
    private readonly Dictionary<double, OnnxValue> constants = [];

    /// <summary>An input, a row of features for each sample.</summary>
    public OnnxValue Input(string name, OnnxType type, int features)
    {
        inputs.Add(ValueInfo(name, type, features));
        return new OnnxValue(this, name);
    }

    /// <summary>Declares a value that <see cref="Node"/> made an output.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">Its type.</param>
    /// <param name="columns">Its columns; null where it has one number for each sample.</param>
    public void Output(OnnxValue value, OnnxType type, int? columns) => outputs.Add(ValueInfo(value.Name, type, columns));

    /// <summary>A number.</summary>
    public OnnxValue Constant(double number)
    {
        if (!constants.TryGetValue(number, out OnnxValue constant))
        {
            constant = Tensor($"constant_{constants.Count + 1}", OnnxType.Double, [number]);
            constants.Add(number, constant);
        }

        return constant;
    }

    /// <summary>Numbers that are part of the file.</summary>
    /// <param name="name">What they are called.</param>
    /// <param name="type">Their type.</param>
    /// <param name="numbers">The numbers, row-major.</param>
    /// <param name="shape">The size of each dimension; none for a single number.</param>
    public OnnxValue Tensor<T>(string name, OnnxType type, T[] numbers, params ReadOnlySpan<int> shape) where T : unmanaged
    {
        const int Dimensions = 1, Type = 2, Name = 8, RawData = 9;
        var tensor = new ProtobufMessage();
        foreach (int size in shape)
        {
            tensor.Add(Dimensions, size);
        }

        initializers.Add(tensor.Add(Type, (long)type).Add(Name, name).AddBytes(RawData, numbers));
        return new OnnxValue(this, name);
    }

    /// <summary>Applies an operator.</summary>
    /// <param name="operation">The name of the operator.</param>
    /// <param name="operands">What it is applied to.</param>
    /// <param name="name">What its result is called; null for a name of its own.</param>
    /// <param name="attributes">Its attributes, whole numbers.</param>
    public OnnxValue Node(string operation, ReadOnlySpan<OnnxValue> operands, string? name = null, params ReadOnlySpan<(string Name, long Value)> attributes)
    {
        const int Input = 1, Output = 2, Name = 3, Operator = 4, Attribute = 5;
        const int AttributeName = 1, AttributeInteger = 3, AttributeType = 20, Integer = 2;
        string unique = $"{operation}_{nodes.Count + 1}";
        var node = new ProtobufMessage();
        foreach (OnnxValue operand in operands)
        {
            node.Add(Input, operand.Name);
        }

        node.Add(Output, name ?? unique).Add(Name, unique).Add(Operator, operation);
        foreach ((string attribute, long value) in attributes)
        {
            node.Add(Attribute, new ProtobufMessage().Add(AttributeName, attribute).Add(AttributeInteger, value).Add(AttributeType, Integer));
        }

        nodes.Add(node);
        return new OnnxValue(this, name ?? unique);
    }

    /// <summary>The graph as a message.</summary>
    /// <param name="name">What it is called.</param>
    public ProtobufMessage ToMessage(string name)
    {
        const int Node = 1, Name = 2, Initializer = 5, Input = 11, Output = 12;
        var graph = new ProtobufMessage();
        nodes.ForEach(node => graph.Add(Node, node));
        graph.Add(Name, name);
        initializers.ForEach(tensor => graph.Add(Initializer, tensor));
        inputs.ForEach(input => graph.Add(Input, input));
        outputs.ForEach(output => graph.Add(Output, output));
        return graph;
    }

    /// <summary>The name and type of a tensor whose first dimension are the samples, as many as there happen to be.</summary>
    private static ProtobufMessage ValueInfo(string name, OnnxType type, int? columns)
    {
        const int Name = 1, Type = 2, TensorType = 1, ElementType = 1, Shape = 2, Dimension = 1, DimensionValue = 1, DimensionName = 2;
        ProtobufMessage shape = new ProtobufMessage().Add(Dimension, new ProtobufMessage().Add(DimensionName, "batch"));
        if (columns is int count)
        {
            shape.Add(Dimension, new ProtobufMessage().Add(DimensionValue, count));
        }

        ProtobufMessage tensor = new ProtobufMessage().Add(ElementType, (long)type).Add(Shape, shape);
        return new ProtobufMessage().Add(Name, name).Add(Type, new ProtobufMessage().Add(TensorType, tensor));
    }
}
