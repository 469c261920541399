using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace StepZero.Tests;

/// <summary>The rules of the house, held by the build: docs/architecture.md.</summary>
public sealed partial class ArchitectureTests
{
    /// <summary>A folder of the core uses only those above it in this list.</summary>
    private static readonly string[] Folders =
        ["Numerics", "RandomNumbers", "Data", "Networks", "Initialization", "Training", "Diagnostics", "Maps", "Sweeps", "Recommendations"];

    /// <summary>A project refers only to those of a lower rank; faces do not know each other.</summary>
    private static readonly Dictionary<string, string[]> AllowedReferences = new()
    {
        ["StepZero"] = [],
        ["StepZero.Files"] = ["StepZero"],
        ["StepZero.Reports"] = ["StepZero"],
        ["StepZero.Cli"] = ["StepZero", "StepZero.Files", "StepZero.Reports", "StepZero.Lab", "StepZero.Cluster"],
        ["StepZero.Lab"] = ["StepZero", "StepZero.Files", "StepZero.Reports"],
        ["StepZero.Cluster"] = ["StepZero", "StepZero.Files", "StepZero.Reports"],
    };

    private static IEnumerable<string> CoreFiles => Sources("StepZero");

    [Fact]
    public void Projects_refer_one_way()
    {
        foreach (string project in Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories))
        {
            string name = Path.GetFileNameWithoutExtension(project);
            IEnumerable<string> references = XDocument.Load(project).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
            Assert.Empty(references.Except(AllowedReferences[name]).Select(reference => $"{name} -> {reference}"));
        }
    }

    [Fact]
    public void Folders_of_the_core_refer_upwards_only()
    {
        List<string> wrong = [];
        foreach (string file in CoreFiles)
        {
            string folder = Path.GetFileName(Path.GetDirectoryName(file)!);
            int rank = Array.IndexOf(Folders, folder);
            string text = File.ReadAllText(file);
            Assert.True(rank >= 0 || folder == "StepZero", $"{file}: the folder '{folder}' is not in the list of the architecture.");
            foreach (string below in rank < 0 ? Folders : Folders[(rank + 1)..])
            {
                if (Regex.IsMatch(text, $@"\b(StepZero\.)?{below}\.[A-Z]\w*|using StepZero\.{below};"))
                {
                    wrong.Add($"{folder}/{Path.GetFileName(file)} uses {below}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Vectors_and_pointers_stay_in_Numerics()
    {
        IEnumerable<string> outside = CoreFiles.Where(file => !file.Contains("/Numerics/", StringComparison.Ordinal))
            .Where(file => !file.EndsWith("NumPyRandom.cs", StringComparison.Ordinal) && !file.EndsWith("MersenneTwister.cs", StringComparison.Ordinal))
            .Where(file => Intrinsics().IsMatch(File.ReadAllText(file)));
        Assert.Empty(outside);
    }

    [Fact]
    public void A_kernel_keeps_every_matrix_alive_whose_memory_it_works_on()
    {
        List<string> missing = [];
        foreach (string file in CoreFiles.Where(file => file.Contains("/Numerics/", StringComparison.Ordinal) && !file.EndsWith("/Matrix.cs", StringComparison.Ordinal)))
        {
            foreach (string method in Methods().Split(File.ReadAllText(file)).Where(method => method.StartsWith("public static", StringComparison.Ordinal) && method.Contains(')', StringComparison.Ordinal)))
            {
                missing.AddRange(MatrixParameters().Matches(method[..method.IndexOf(')', StringComparison.Ordinal)])
                    .Select(match => match.Groups[1].Value)
                    .Where(matrix => method.Contains($"{matrix}.Data", StringComparison.Ordinal) && !method.Contains($"{matrix}.KeepAlive();", StringComparison.Ordinal))
                    .Select(matrix => $"{Path.GetFileName(file)}: {matrix} in {method[..60]}"));
            }
        }

        Assert.Empty(missing);
    }

    [Theory]
    [InlineData(typeof(StepZeroException))]
    [InlineData(typeof(StepZero.Files.ResultFolder))]
    [InlineData(typeof(StepZero.Reports.ComparisonReport))]
    public void Classes_are_sealed_static_or_abstract(Type ofAssembly)
    {
        IEnumerable<string> open = ofAssembly.Assembly.GetTypes()
            .Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .Select(type => type.FullName!);
        Assert.Empty(open);
    }

    [Fact]
    public void Names_are_those_of_the_domain()
    {
        IEnumerable<string> junk = new[] { typeof(StepZeroException), typeof(StepZero.Files.ResultFolder), typeof(StepZero.Reports.ComparisonReport) }
            .SelectMany(type => type.Assembly.GetTypes()).Where(type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !type.Name.Contains('_', StringComparison.Ordinal)).Select(type => type.Name.Split('`')[0]).Where(name => JunkNames().IsMatch(name));
        Assert.Empty(junk);
    }

    private static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex(@"\bVector(64|128|256|512)\b|\bunsafe\b|\bAvx|stackalloc")]
    private static partial Regex Intrinsics();

    [GeneratedRegex(@"\n    (?=(?:public|private|internal) )")]
    private static partial Regex Methods();

    [GeneratedRegex(@"Matrix<\w+> (\w+)")]
    private static partial Regex MatrixParameters();

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Utilities|Processor|Engine|Service|Info|Impl|Base|2)$")]
    private static partial Regex JunkNames();
}
