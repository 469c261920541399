using System.IO.Compression;
using StepZero.Data;
using StepZero.Files.Tables;

namespace StepZero.Files;

/// <summary>
/// Real tables inside the assembly, from the UCI Machine Learning Repository under CC BY 4.0, as scikit-learn gives them.
/// digits: E. Alpaydin, C. Kaynak, "Optical Recognition of Handwritten Digits" (1998), the test part: 1,797 pictures of 8×8 grays from 0 to 16.
/// breast-cancer: W. Wolberg, O. Mangasarian, N. Street, W. Street, "Breast Cancer Wisconsin (Diagnostic)" (1993): 569 × 30 measures of cell nuclei.
/// </summary>
public static class BuiltInTables
{
    private const string Digits = "digits";

    /// <summary>The names of the tables.</summary>
    public static IReadOnlyList<string> Names { get; } = [Digits, "breast-cancer"];

    /// <summary>Reads a table.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="StepZeroException">There is no such table.</exception>
    public static Dataset Read(string name)
    {
        if (!Names.Contains(name))
        {
            throw StepZeroException.UnknownName("table", name, Names);
        }

        using Stream file = typeof(BuiltInTables).Assembly.GetManifestResourceStream($"{name}.csv.gz")!;
        using var text = new GZipStream(file, CompressionMode.Decompress);
        Table table = CsvTable.Read(text, name, known: null, ignored: [], threads: 1, CancellationToken.None);
        Dataset data = TableData.Assemble(name, "built-in table", name, table, new DataOptions { Targets = TargetKind.Classes }, train: null).Data;
        return name == Digits ? data.AsPictures(new ImageSize(8, 8, Channels: 1)) : data;
    }
}
