using System.Runtime.InteropServices;

namespace StepZero.Cli;

/// <summary>Ctrl-C and a request to end, as a token: the command writes what it has and ends by itself.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;

    public Interruption()
    {
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
    }

    public CancellationToken Token => cancellation.Token;

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        cancellation.Dispose();
    }

    private void Cancel(PosixSignalContext signal)
    {
        // The second one ends the process at once.
        signal.Cancel = !cancellation.IsCancellationRequested;
        cancellation.Cancel();
    }
}
