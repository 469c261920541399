using StepZero;
using StepZero.Cli;

try
{
    return CommandLine.Run(args);
}
catch (UsageException error)
{
    Console.Error.WriteLine($"stepzero: {error.Message}");
    return ExitCode.Usage;
}
catch (StepZeroException error)
{
    Console.Error.WriteLine($"stepzero: {error.Message}");
    return ExitCode.Failed;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("stepzero: interrupted before the first training; nothing was written.");
    return ExitCode.Interrupted;
}
catch (OutOfMemoryException)
{
    Console.Error.WriteLine("stepzero: the data and the network do not fit in memory. Use fewer samples, smaller pictures (--image-size) or fewer units (--hidden).");
    return ExitCode.Failed;
}
