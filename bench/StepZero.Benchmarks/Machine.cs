using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.Intrinsics;

namespace StepZero.Benchmarks;

/// <summary>The machine, its processes, and a clock outside of them.</summary>
internal static class Machine
{
    public static string Root { get; } = Path.GetFullPath(
        typeof(Machine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!);

    public static string Describe()
    {
        string model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "?"
            : "?";
        int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        return $"{model}, {Environment.ProcessorCount} cores, {bits}-bit vectors, .NET {Environment.Version}";
    }

    /// <summary>Runs a command; returns its output, its wall time in seconds and, on Linux, the peak of its memory in MB.</summary>
    public static (string Output, double Seconds, double PeakMegabytes) Run(string command, IEnumerable<string> arguments, params (string, string)[] environment)
    {
        var start = new ProcessStartInfo(command) { RedirectStandardOutput = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

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
            ? (output, seconds, PeakOf(output))
            : throw new InvalidOperationException($"{command} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
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
