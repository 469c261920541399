using StepZero.Benchmarks;

// dotnet run -c Release --project bench/StepZero.Benchmarks -- compare [FOLDER]    side by side with NumPy and PyTorch
// dotnet run -c Release --project bench/StepZero.Benchmarks -- kernels             the parts of one iteration
switch (args)
{
    case ["compare", .. string[] rest]: return CompareBenchmark.Run(rest is [string folder] ? folder : null);
    case ["kernels"]: return KernelBenchmark.Run();
    default:
        Console.Error.WriteLine("usage: compare [FOLDER of cat and dog pictures] | kernels");
        return 2;
}
