namespace StepZero.Tests.Networks;

/// <summary>One text of each activation, and of those with a parameter a second.</summary>
internal static class EveryActivation
{
    public static IReadOnlyList<string> Texts { get; } =
    [
        "tanh", "relu", "leaky_relu:0.3", "sigmoid", "elu:1", "elu:0.5", "selu", "gelu", "gelu_tanh", "silu", "softplus", "softsign", "mish", "hardtanh", "erf", "sin:1", "sin:3",
        "identity",
    ];
}
