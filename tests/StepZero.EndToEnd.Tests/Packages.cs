using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace StepZero.EndToEnd.Tests;

/// <summary>The packages, made once by <c>dotnet pack</c>, and a machine that has seen none of them before.</summary>
public sealed class Packages : IDisposable
{
    /// <summary>The machine's own runtime for programs that look for one, and a cache of packages that holds no older ones of the same version.</summary>
    private readonly (string Name, string Value)[] environment;

    public Packages()
    {
        environment =
        [
            ("DOTNET_ROOT", Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."))),
            ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1"),
            ("NUGET_PACKAGES", In("cache")),
        ];
        var pack = new ProcessStartInfo("dotnet", ["pack", "-c", "Release", "-o", Source, "-v", "q", "-nodeReuse:false"]) { WorkingDirectory = Cli.Root };
        Packing = Finish(pack);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("stepzero-packages-").FullName;

    /// <summary>The folder that holds the packages.</summary>
    public string Source => In("source");

    internal Outcome Packing { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string In(params string[] names) => Path.Combine([Folder, .. names]);

    public ZipArchive Open(string package) => ZipFile.OpenRead(Path.Combine(Source, package));

    /// <summary>The package's description of itself, names without their namespace.</summary>
    public XElement Nuspec(string package)
    {
        using ZipArchive archive = Open(package);
        using Stream stream = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        XElement metadata = XElement.Load(stream).Elements().Single();
        foreach (XElement element in metadata.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }

        return metadata;
    }

    public string Text(string package, string name)
    {
        using ZipArchive archive = Open(package);
        using var reader = new StreamReader(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    internal Outcome Run(string folder, string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = folder };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Finish(start);
    }

    private static Outcome Finish(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["DOTNET_NOLOGO"] = "1";
        return Cli.Finish(Process.Start(start)!);
    }
}
