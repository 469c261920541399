using System.Reflection;
using System.Text.Json;

namespace StepZero.Tests;

/// <summary>Files that the tests read: golden values, the sources, and data that may stand beside the project.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!);

    public static string GoldenPath(string name) => Path.Combine(Root, "tests", "StepZero.Tests", "Golden", name);

    public static JsonElement Golden(string name) => JsonDocument.Parse(File.ReadAllBytes(GoldenPath(name))).RootElement;

    public static double[] Numbers(this JsonElement element) => [.. element.EnumerateArray().Select(item => item.GetDouble())];

    public static int[] Integers(this JsonElement element) => [.. element.EnumerateArray().Select(item => item.GetInt32())];

    /// <summary>The folder of 100 cat and dog pictures. The test that asks is skipped, with this reason, where it is absent.</summary>
    public static string CatsAndDogs() => Shared("catvsdog");

    /// <summary>The folder of the two HDF5 files of cats and other things; skips likewise.</summary>
    public static string CatsAndOthers() => Shared("catvnoncat");

    private static string Shared(string name)
    {
        string folder = Path.Combine(Root, "..", "shared", "data", name);
        if (!Directory.Exists(folder))
        {
            Assert.Skip($"skipped: ../shared/data/{name} is absent");
        }

        return folder;
    }
}
