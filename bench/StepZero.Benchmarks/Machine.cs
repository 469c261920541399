using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.Intrinsics;

namespace StepZero.Benchmarks;

/// <summary>The machine, its processes, and a clock outside of them.</summary>
internal static class Machine
{
    public const string Python = "/usr/bin/python3";

    public static string Root { get; } = Path.GetFullPath(
        typeof(Machine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!);

    /// <summary>The built command of this repository.</summary>
    public static string Command { get; } = Path.Combine(Root, "src/StepZero.Cli/bin/Release/net10.0/StepZero.Cli.dll");

    public static string Peers { get; } = Path.Combine(Root, "bench/peers");

    public static string Describe()
    {
        string model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "?"
            : "?";
        int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        return $"{model}, {Environment.ProcessorCount} cores, {bits}-bit vectors, .NET {Environment.Version}";
    }

    /// <summary>Runs a command; returns its output and its wall time in seconds.</summary>
    public static (string Output, double Seconds) Run(string command, IEnumerable<string> arguments, params (string, string)[] environment)
    {
        var start = new ProcessStartInfo(command) { RedirectStandardOutput = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Peers compute with the kernels of this machine, whatever the shell says.
        start.Environment.Remove("OPENBLAS_CORETYPE");
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        long started = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return process.ExitCode == 0
            ? (output, seconds)
            : throw new InvalidOperationException($"{command} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    /// <summary>Runs a command from a shell that tells the peak memory of its child, in MB; the seconds are without those of the shell.</summary>
    public static (double Seconds, double PeakMegabytes) RunMeasured(string command, IEnumerable<string> arguments)
    {
        const string Script = "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:]); "
            + "print('PEAK', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(code)";
        double empty = Run(Python, ["-c", Script, "true"]).Seconds;
        (string text, double seconds) = Run(Python, ["-c", Script, command, .. arguments]);
        return (seconds - empty, PeakOf(text));
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public static string Show(double value, string format = "F2") => value.ToString(format, CultureInfo.InvariantCulture);

    private static double PeakOf(string output) => output.Split('\n').Select(line => line.Split(' '))
        .Where(words => words is ["PEAK", _]).Select(words => double.Parse(words[1], CultureInfo.InvariantCulture) / 1024).FirstOrDefault();
}
