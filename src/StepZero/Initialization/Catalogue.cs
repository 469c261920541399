namespace StepZero.Initialization;

/// <summary>All initializers by their names: adding one is adding an entry.</summary>
public static class Catalogue
{
    /// <summary>Every entry, in the order in which the guide shows them.</summary>
    public static IReadOnlyList<CatalogueEntry> Entries { get; } =
        [.. ConstantEntries.All, .. RandomEntries.All, .. ScalingEntries.All, .. SirenEntries.All, .. StructureEntries.All, .. DefaultEntries.All, .. DataEntries.All];

    private static readonly Lazy<Dictionary<string, CatalogueEntry>> ByName = new(() => Entries
        .SelectMany(entry => entry.Aliases.Prepend(entry.Name).Select(name => (name, entry)))
        .ToDictionary(pair => pair.name, pair => pair.entry, StringComparer.Ordinal));

    /// <summary>Every name and alias.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Value.Keys;

    /// <summary>The entry of a name or an alias.</summary>
    /// <exception cref="StepZeroException">There is none; the message gives the nearest names.</exception>
    public static CatalogueEntry Find(string name) =>
        ByName.Value.TryGetValue(name, out CatalogueEntry? entry)
            ? entry
            : throw StepZeroException.UnknownName("initializer", name, Names, "'stepzero initializers' lists all.");

    /// <summary>The text of a library after the @: "pytorch", "keras", "jax" (or "flax"), "flux", "sklearn".</summary>
    /// <exception cref="StepZeroException">There is none; the message gives the nearest.</exception>
    internal static Library LibraryOf(string text) => text == "flax" ? Library.Jax : Libraries.FirstOrDefault(library => CanonicalText.Of(library) == text) is Library known and not Library.Stepzero
        ? known
        : throw StepZeroException.UnknownName("library", text, [.. Libraries.Select(CanonicalText.Of), "flax"]);

    private static IEnumerable<Library> Libraries => Enum.GetValues<Library>().Where(library => library != Library.Stepzero);
}
