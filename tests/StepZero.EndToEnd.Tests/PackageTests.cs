using System.Buffers.Binary;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Xml.Linq;

namespace StepZero.EndToEnd.Tests;

/// <summary>What <c>dotnet pack</c> makes, used as others use it: nothing but the packages is known to the machine.</summary>
public sealed class PackageTests(Packages packages) : IClassFixture<Packages>
{
    private static readonly string Library = $"StepZero.{Cli.Version}.nupkg";
    private static readonly string Symbols = $"StepZero.{Cli.Version}.snupkg";
    private static readonly string Tool = $"StepZero.Cli.{Cli.Version}.nupkg";

    private static readonly string[] Runtimes = ["linux-arm64", "linux-musl-arm64", "linux-musl-x64", "linux-x64", "osx", "win-arm64", "win-x64"];

    /// <summary>SQLite has a native part for each of the two kinds of Mac, Skia and HarfBuzz have one for both.</summary>
    private static readonly string[] RuntimesOfSqlite = [.. Runtimes.Where(runtime => runtime != "osx"), "osx-arm64", "osx-x64"];

    [Fact]
    public void Packing_gives_two_packages_and_the_symbols_of_the_library()
    {
        Assert.True(packages.Packing.ExitCode == 0, packages.Packing.Output);
        Assert.DoesNotContain("warning", packages.Packing.Output, StringComparison.OrdinalIgnoreCase);
        string[] all = [Library, Symbols, Tool];
        Assert.Equal(all.Order(StringComparer.Ordinal), Directory.GetFiles(packages.Source).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_library_holds_its_assembly_with_documentation_an_icon_and_a_readme()
    {
        Assert.Equal(["README.md", "icon.png", "lib/net10.0/StepZero.dll", "lib/net10.0/StepZero.xml"], Content(Library));
        Assert.Equal(["lib/net10.0/StepZero.pdb"], Content(Symbols));
        XElement[] members = [.. XElement.Parse(packages.Text(Library, "lib/net10.0/StepZero.xml")).Descendants("member")];
        Assert.Contains(members, member => (string?)member.Attribute("name") == "T:StepZero.Initialization.Initializer" && member.Element("summary") is not null);
        XElement dependency = Assert.Single(packages.Nuspec(Library).Descendants("dependency"));
        Assert.Equal("System.Numerics.Tensors", (string?)dependency.Attribute("id"));
    }

    [Fact]
    public void The_command_holds_all_it_needs_and_native_parts_for_seven_kinds_of_machine()
    {
        string[] content = Content(Tool);
        Assert.Equal(["README.md", "THIRD-PARTY-NOTICES.txt", "icon.png"], content.Where(name => !name.StartsWith("tools/net10.0/any/", StringComparison.Ordinal)));
        string notices = packages.Text(Tool, "THIRD-PARTY-NOTICES.txt");
        Assert.All(
            content.Where(name => name.EndsWith(".dll", StringComparison.Ordinal) && !name.Contains("/native/", StringComparison.Ordinal)).Select(name => Path.GetFileNameWithoutExtension(name)).Where(name => !name.StartsWith("StepZero", StringComparison.Ordinal)),
            name => Assert.Contains(name, notices, StringComparison.Ordinal));
        string[] native = [.. content.Where(name => name.Contains("/native/", StringComparison.Ordinal))];
        string[] ofSqlite = [.. native.Where(name => name.Contains("e_sqlite3", StringComparison.Ordinal))];
        Assert.Equal(RuntimesOfSqlite.Order(StringComparer.Ordinal), ofSqlite.Select(name => name.Split('/')[4]).Order(StringComparer.Ordinal));
        Assert.Equal(Runtimes, native.Except(ofSqlite).Select(name => name.Split('/')[4]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(2 * Runtimes.Length, native.Length - ofSqlite.Length);
        Assert.InRange(new FileInfo(Path.Combine(packages.Source, Tool)).Length, 1, 60_000_000);
        Assert.Empty(packages.Nuspec(Tool).Descendants("dependency"));
    }

    [Theory]
    [InlineData("StepZero")]
    [InlineData("StepZero.Cli")]
    public void A_package_says_what_it_is(string id)
    {
        string package = id == "StepZero" ? Library : Tool;
        XElement nuspec = packages.Nuspec(package);
        string[] parts = ["id", "version", "license", "icon", "readme"];
        Assert.Equal([id, Cli.Version, "MIT", "icon.png", "README.md"], parts.Select(name => (string?)nuspec.Element(name)));
        Assert.InRange(((string)nuspec.Element("description")!).Length, 80, 300);
        Assert.Contains("weight-initialization", (string)nuspec.Element("tags")!, StringComparison.Ordinal);
        string url = (string?)nuspec.Element("repository")?.Attribute("url") ?? "https://";
        Assert.StartsWith("https://", url, StringComparison.Ordinal);

        // A link into the repository leads nowhere from a page of packages.
        string readme = packages.Text(package, "README.md");
        Assert.Equal(File.ReadAllText(Path.Combine(Cli.Root, "docs", "packages", $"{id}.md")), readme);
        Assert.DoesNotContain("](", readme.Replace("](https://", "", StringComparison.Ordinal), StringComparison.Ordinal);

        using ZipArchive archive = packages.Open(package);
        using Stream icon = archive.GetEntry("icon.png")!.Open();
        byte[] header = new byte[24];
        icon.ReadExactly(header);
        Assert.Equal("PNG", Encoding.ASCII.GetString(header, 1, 3));
        Assert.Equal((128, 128), (BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(20))));
    }

    [Fact]
    public void Nothing_tells_on_which_machine_or_in_which_folder_it_was_built()
    {
        int documents = 0;
        foreach (string package in (string[])[Library, Symbols, Tool])
        {
            using ZipArchive archive = packages.Open(package);
            foreach (ZipArchiveEntry entry in archive.Entries.Where(entry => entry.Name.StartsWith("StepZero", StringComparison.Ordinal) || entry.Name.EndsWith(".json", StringComparison.Ordinal)))
            {
                using var bytes = new MemoryStream();
                using (Stream stream = entry.Open())
                {
                    stream.CopyTo(bytes);
                }

                foreach (string folder in (string[])[Cli.Root, Cli.RestoredPackages, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + "/"])
                {
                    Assert.Equal(-1, bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(folder)));
                }

                if (entry.Name.EndsWith(".pdb", StringComparison.Ordinal))
                {
                    bytes.Position = 0;
                    using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(bytes);
                    MetadataReader reader = provider.GetMetadataReader();
                    string[] names = [.. reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name))];
                    Assert.All(names, name => Assert.StartsWith("/_/src/", name, StringComparison.Ordinal));
                    documents += names.Length;
                }
            }
        }

        Assert.InRange(documents, 100, int.MaxValue);
    }

    [Fact]
    public void The_command_runs_installed_from_its_package()
    {
        Outcome installed = packages.Run(packages.Folder, "dotnet", "tool", "install", "StepZero.Cli", "--tool-path", packages.In("tools"), "--source", packages.Source);
        Assert.Equal((0, ""), (installed.ExitCode, installed.Error));
        string command = packages.In("tools", "stepzero");
        Assert.Equal(new Outcome(0, $"{Cli.Version}\n", ""), packages.Run(packages.Folder, command, "--version"));

        Outcome compared = packages.Run(packages.Folder, command, "compare", "--data", "pets:10", "--iterations", "100", "--output", "out");
        Assert.Equal((0, ""), (compared.ExitCode, compared.Error));
        Assert.Contains("│ xavier ", compared.Output, StringComparison.Ordinal);
        Assert.All(["results.json", "report.html", "samples.png", "cost-curves.png"], name => Assert.True(File.Exists(packages.In("out", name)), name));
    }

    [Fact]
    public void The_program_in_the_readme_prints_what_the_readme_says()
    {
        string[] blocks = packages.Text(Library, "README.md").Split("```");
        string program = blocks.Single(block => block.StartsWith("csharp\n", StringComparison.Ordinal))["csharp\n".Length..];
        string printed = blocks[^2].TrimStart('\n');

        // The only source of packages is the folder, which gets the one that the library depends on from those that the build restored.
        string version = (string)packages.Nuspec(Library).Descendants("dependency").Single().Attribute("version")!;
        string tensors = $"system.numerics.tensors.{version}.nupkg";
        File.Copy(Path.Combine(Cli.RestoredPackages, "system.numerics.tensors", version, tensors), Path.Combine(Directory.CreateDirectory(packages.In("dependencies")).FullName, tensors));

        string folder = Directory.CreateDirectory(packages.In("program")).FullName;
        File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
        File.WriteAllText(Path.Combine(folder, "program.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestoreSources>{packages.Source};{packages.In("dependencies")}</RestoreSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="StepZero" Version="{Cli.Version}" />
              </ItemGroup>
            </Project>
            """);
        Assert.Equal(new Outcome(0, printed, ""), packages.Run(folder, "dotnet", "run"));
    }

    private string[] Content(string package)
    {
        using ZipArchive archive = packages.Open(package);
        string[] own = ["_rels/", "package/", "[Content_Types].xml"];
        return [.. archive.Entries.Select(entry => entry.FullName)
            .Where(name => !own.Any(start => name.StartsWith(start, StringComparison.Ordinal)) && !name.EndsWith(".nuspec", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }
}
