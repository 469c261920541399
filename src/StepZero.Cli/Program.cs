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
    Console.Error.WriteLine("stepzero: interrupted before anything was complete; nothing was written.");
    return ExitCode.Interrupted;
}
catch (IOException error)
{
    Console.Error.WriteLine($"stepzero: the output cannot be written: {error.Message}");
    return ExitCode.Failed;
}
catch (OutOfMemoryException)
{
    Console.Error.WriteLine("stepzero: the data, the network or the tensors do not fit in memory. Use fewer samples, smaller pictures (--image-size), fewer units (--hidden) or smaller tensors.");
    return ExitCode.Failed;
}
