#:project ../src/StepZero/StepZero.csproj

// Starting weights as any library draws them, in spans, arrays and tensors.
using System.Numerics.Tensors;
using StepZero.Initialization;
using StepZero.RandomNumbers;

// A span: a dense layer of 784 inputs and 128 outputs, exactly as after torch.manual_seed(42) in PyTorch.
float[] weights = new float[128 * 784];
Initializer.Parse("kaiming_normal@pytorch").Fill(weights.AsSpan(), TensorShape.Dense(128, 784), new PyTorchRandom(42));
Console.WriteLine($"PyTorch's first weights: {weights[0]:F6}, {weights[1]:F6}, {weights[2]:F6}");

// A tensor: a convolution's kernel in Keras' layout.
Tensor<float> kernel = Tensor.CreateFromShape<float>([3, 3, 16, 32]);
var random = new PhiloxRandom(seed: 1, "conv.weight");
Initializer.Parse("he_normal@keras").Fill(kernel, random, layout: "h,w,in,out");
Console.WriteLine($"Keras' He of {Fans.Of(new TensorShape([3, 3, 16, 32], "h,w,in,out"), Library.Keras)}: deviation {Tensor.StdDev<float>(kernel):F4}");

// An array: orthogonal, with the gain of an activation of your own.
double[,] square = new double[64, 64];
double gain = Gain.Of(z => Math.Max(z, -0.1 * z));
Initializer.Parse(FormattableString.Invariant($"orthogonal:gain={gain}")).Fill(square, new PhiloxRandom(1, "square"));
Console.WriteLine($"Gain {gain:F10}");

// A part: numbers 1,000 to 1,099 of a tensor that another machine makes the rest of.
Initializer he = Initializer.Parse("he_normal");
TensorShape shape = TensorShape.Dense(128, 784);
float[] part = new float[100];
he.FillPart(part.AsSpan(), 1000, shape, new PhiloxRandom(1, "hidden.weight"));
he.Fill(weights.AsSpan(), shape, new PhiloxRandom(1, "hidden.weight") { Threads = 2 });
Console.WriteLine($"The part is the same as in the whole: {part.AsSpan().SequenceEqual(weights.AsSpan(1000, 100))}");
