namespace StepZero.Initialization;

/// <summary>Whose definition of an initializer is meant, where libraries differ under one name.</summary>
public enum Library
{
    /// <summary>Ours: the plain name, without an @.</summary>
    Stepzero,

    /// <summary>PyTorch, <c>torch.nn.init</c>, as of 1.13.</summary>
    Pytorch,

    /// <summary>Keras 3.</summary>
    Keras,

    /// <summary>JAX, <c>jax.nn.initializers</c>, and Flax.</summary>
    Jax,

    /// <summary>Flux.jl.</summary>
    Flux,

    /// <summary>scikit-learn's multilayer perceptron.</summary>
    Sklearn,
}
