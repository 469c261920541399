using System.CommandLine;
using System.Globalization;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.RandomNumbers;

namespace StepZero.Cli;

/// <summary><c>stepzero init</c>: draws the starting weights of a model and writes them to a file.</summary>
internal static class InitCommand
{
    private static readonly Option<string> Spec = new("--spec")
    {
        HelpName = "FILE",
        Required = true,
        Description = "The tensors: {\"tensors\": [{\"name\": \"a.weight\", \"shape\": [40, 30], \"initializer\": \"he_normal\"}, {\"name\": \"a.bias\", \"shape\": [40]}], \"patterns\": {\"*.bias\": \"zeros\"}}",
    };

    private static readonly Option<string> Save = new("--save") { HelpName = "FILE", Description = "Where the weights go: .npz or .safetensors [default: nowhere]" };

    private static readonly Option<string> Random = new("--random")
    {
        HelpName = "STREAM",
        DefaultValueFactory = _ => RandomSource.Philox,
        Description = $"Random numbers: {string.Join(", ", RandomSource.Names)}",
    };

    private static readonly Option<string> Seed = new("--seed") { HelpName = "N", DefaultValueFactory = _ => "1", Description = "Seed, 0 to 18446744073709551615 (numpy: to 4294967295)" };

    private static readonly Option<string> Threads = new("--threads") { HelpName = "N", Description = "Threads; the result does not depend on it [default: all cores]" };

    private static readonly Option<bool> Json = new("--json") { Description = "Print the table for a program" };

    public static Command Create()
    {
        var command = new Command("init", "Draw the starting weights of a model, and save them for other libraries") { Spec, Save, Random, Seed, Threads, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        using var interruption = new Interruption();
        RandomSource random = Open(parsed);
        string spec = parsed.GetValue(Spec)!;
        IReadOnlyList<TensorStart> tensors = ModelSpec.Read(spec);
        string? path = parsed.GetValue(Save);
        if (path is not null)
        {
            WeightFile.Check(path, tensors);
            if (Path.GetFullPath(path) == Path.GetFullPath(spec))
            {
                throw new UsageException("--save: is the file of --spec. Choose another.");
            }
        }

        Moments[] expected;
        try
        {
            expected = [.. tensors.Select(tensor => tensor.Expected())];
        }
        catch (StepZeroException error)
        {
            throw new StepZeroException($"{spec}: {error.Message}", error);
        }

        Dictionary<string, Moments> measured = [];
        byte[] Draw(TensorStart tensor)
        {
            interruption.Token.ThrowIfCancellationRequested();
            byte[] weights = tensor.Draw(random);
            measured[tensor.Name] = tensor.Measure(weights);
            return weights;
        }

        if (path is null)
        {
            foreach (TensorStart tensor in tensors)
            {
                Draw(tensor);
            }
        }
        else
        {
            WeightFile.Write(path, tensors, Draw);
        }

        TensorTableRow[] rows = [.. tensors.Select((tensor, i) => new TensorTableRow(tensor, measured[tensor.Name], expected[i]))];
        if (parsed.GetValue(Json))
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(TensorTableJson.Of(rows));
            return ExitCode.Done;
        }

        Print(rows);
        if (path is not null)
        {
            Console.Out.WriteLine($"Saved: {path}");
        }

        return ExitCode.Done;
    }

    private static RandomSource Open(ParseResult parsed)
    {
        string text = parsed.GetValue(Seed)!;
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
        {
            throw new UsageException($"--seed: expected a whole number from 0 to {ulong.MaxValue}, found '{text}'.");
        }

        int threads = Environment.ProcessorCount;
        if (parsed.GetValue(Threads) is string count
            && !(int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out threads) && threads is >= 1 and <= 1024))
        {
            throw new UsageException($"--threads: expected a whole number from 1 to 1024, found '{count}'.");
        }

        try
        {
            return RandomSource.Open(parsed.GetValue(Random)!, seed, threads);
        }
        catch (StepZeroException error)
        {
            throw new UsageException($"--random: {error.Message}");
        }
    }

    private static void Print(TensorTableRow[] rows)
    {
        string[][] cells =
        [
            .. rows.Select(row => (string[])
            [
                row.Tensor.Name, row.Tensor.Shape.ToString(), CanonicalText.Of(row.Tensor.Type),
                row.Fans is Fans fans ? string.Create(CultureInfo.InvariantCulture, $"{fans.In} → {fans.Out}") : "–", row.Tensor.Initializer.Name,
                Number(row.Measured.Mean), Number(row.Measured.Deviation), $"{Number(row.Expected.Mean)} ± {Number(row.Expected.Deviation)}",
            ]),
        ];
        Console.Out.Write(TextTable.Format(["Tensor", "Shape", "Format", "Fans", "Initializer", "Mean", "Std dev", "Expected"], cells, leftAligned: [0, 1, 2, 3, 4]));
    }

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) is (>= 1e-4 and < 1e4) or 0 ? "G4" : "0.###e0", CultureInfo.InvariantCulture).Replace('-', '−');
}
