using System.Globalization;
using StepZero.Benchmarks;
using StepZero.Benchmarks.Calibration;
using StepZero.Benchmarks.Conclusions;
using StepZero.Benchmarks.Findings;

// dotnet run -c Release --project bench/StepZero.Benchmarks -- compare [FOLDER]    side by side with NumPy and PyTorch
// dotnet run -c Release --project bench/StepZero.Benchmarks -- compare FILE        the same with train_catvnoncat.h5
// dotnet run -c Release --project bench/StepZero.Benchmarks -- kernels             the parts of one iteration
// dotnet run -c Release --project bench/StepZero.Benchmarks -- fill                random weights beside PyTorch and NumPy
// dotnet run -c Release --project bench/StepZero.Benchmarks -- read                files beside pandas, NumPy and plain reading
// dotnet run -c Release --project bench/StepZero.Benchmarks -- steps               mini-batch updates beside PyTorch
// dotnet run -c Release --project bench/StepZero.Benchmarks -- map [SIZE [FOLDER]]   maps of SIZE × SIZE trainings, 64 if not given, beside PyTorch and NumPy
// dotnet run -c Release --project bench/StepZero.Benchmarks -- sweep               what a sweep costs beside its trainings
// dotnet run -c Release --project bench/StepZero.Benchmarks -- sweep-statistics    how often intervals hold the median, and a million trainings summed up
// dotnet run -c Release --project bench/StepZero.Benchmarks -- conclusions [FOLDER]   writes docs/guide/conclusions.md
// dotnet run -c Release --project bench/StepZero.Benchmarks -- findings            writes docs/guide/findings.md
// dotnet run -c Release --project bench/StepZero.Benchmarks -- calibrate SEED [COUNT [FILE]]   verdicts of the diagnosis beside real trainings; FILE is for fit_forecast.py
switch (args)
{
    case ["compare", .. string[] rest]: return CompareBenchmark.Run(rest is [string folder] ? folder : null);
    case ["kernels"]: return KernelBenchmark.Run();
    case ["fill"]: return FillBenchmark.Run();
    case ["read"]: return ReadBenchmark.Run();
    case ["steps"]: return StepBenchmark.Run();
    case ["map", .. string[] rest] when rest.Length <= 2
        && int.TryParse(rest is [string given, ..] ? given : $"{MapBenchmark.DefaultSize}", NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size > 0:
        return MapBenchmark.Run(rest is [_, string pictures] ? pictures : null, size);
    case ["sweep"]: return SweepBenchmark.Run();
    case ["sweep-statistics"]: return SweepStatisticsBenchmark.Run();
    case ["conclusions", .. string[] rest]: return ConclusionsPage.Run(rest is [string photos] ? photos : null);
    case ["findings"]: return FindingsPage.Run();
    case ["calibrate", string seed, .. string[] rest] when uint.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out uint draw) && rest.Length <= 2
        && int.TryParse(rest is [string given, ..] ? given : $"{CalibrationRun.DefaultCount}", NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0:
        return CalibrationRun.Run(draw, count, rest is [_, string file] ? file : null);
    case ["advise", .. string[] filter]:
        return StepZero.Benchmarks.Advice.AdviceCases.Run(filter is [] ? null : string.Join(' ', filter));
    default:
        Console.Error.WriteLine("usage: compare [FOLDER of cat and dog pictures | train_catvnoncat.h5] | kernels | fill | read | steps | map [SIZE [FOLDER]] | sweep | sweep-statistics | conclusions [FOLDER] | findings | advise [WORDS of a case] | calibrate SEED [COUNT [FILE]]");
        return 2;
}
