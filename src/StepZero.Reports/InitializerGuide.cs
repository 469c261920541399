using System.Reflection;
using System.Text;
using StepZero.Initialization;

namespace StepZero.Reports;

/// <summary>The guide to all initializers, made from the catalogue.</summary>
public static class InitializerGuide
{
    private const string TextName = "initializers.md";
    private const string Place = "<!-- catalogue -->\n";

    /// <summary>The guide as Markdown.</summary>
    public static string Markdown()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(TextName)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace(Place, OfCatalogue(), StringComparison.Ordinal);
    }

    private static string OfCatalogue()
    {
        var text = new StringBuilder("| name | a weight | fan | distribution | from | also called |\n|---|---|---|---|---|---|\n");
        foreach (CatalogueEntry entry in Catalogue.Entries)
        {
            CatalogueVariant plain = entry.Variants[0];
            text.Append(Row($"[`{entry.Written(plain)}`](#{entry.Name})", plain.Formula, plain.Fan, plain.Distribution, entry.Source, Codes(entry.Aliases)));
        }

        foreach (CatalogueEntry entry in Catalogue.Entries)
        {
            Write(text, entry);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, CatalogueEntry entry)
    {
        text.Append($"\n### {entry.Name}\n\n{entry.Summary} {(entry.Aliases is [] ? "" : $"Also called {Codes(entry.Aliases)}. ")}Source: {entry.Source}.\n\n");
        text.Append("| written | a weight | fan | distribution | std dev | largest | kurtosis |\n|---|---|---|---|---|---|---|\n");
        TensorShape? shape = null;
        foreach (CatalogueVariant variant in entry.Variants)
        {
            InitializerSample? sample = InitializerSample.Of(entry, variant);
            shape ??= sample?.Shape;
            text.Append(Row(
                $"`{entry.Written(variant)}`", variant.Formula, variant.Fan, variant.Distribution, sample is null ? "–" : Figures.Cost(sample.Deviation),
                sample is null ? "–" : Figures.Cost(sample.Largest), Figures.Cost(sample?.Kurtosis)));
        }

        if (shape is not null)
        {
            text.Append($"\nThe last three columns are measured on one draw of shape {shape}.\n");
        }

        string[] notes =
        [
            .. entry.Variants.Where(variant => variant.Note is not null).Select(variant => $"`{entry.Written(variant)}`: {variant.Note}"),
            .. entry.Variants.SelectMany(variant => variant.Parameters.Select(parameter => (parameter, variant)))
                .GroupBy(use => (use.parameter.Name, use.parameter.Meaning, ChoicesOf(use.parameter)))
                .Select(group => $"`{group.Key.Name}`{OnlyIn(entry, [.. group.Select(use => use.variant)])}: {group.Key.Meaning}{group.Key.Item3}; {DefaultsOf(entry, [.. group])}."),
        ];
        text.Append(notes is [] ? "" : "\n").AppendJoin("", notes.Select(note => $"- {note}\n"));
        text.Append("\n```\n").AppendJoin("", entry.Equivalents.Select(line => $"{line.Library,-12}  {line.Line}\n")).Append("```\n");
    }

    /// <summary>The variants that have a parameter, where not all do.</summary>
    private static string OnlyIn(CatalogueEntry entry, CatalogueVariant[] variants) =>
        variants.Length == entry.Variants.Count ? "" : $" of {string.Join(", ", variants.Select(variant => $"`{entry.Written(variant)}`"))}";

    private static string ChoicesOf(InitializerParameter parameter) => parameter.Choices is [] ? "" : $" ({string.Join(", ", parameter.Choices)})";

    private static string DefaultsOf(CatalogueEntry entry, (InitializerParameter Parameter, CatalogueVariant Variant)[] uses) =>
        uses.Select(use => use.Parameter.Default).Distinct().Count() == 1
            ? $"default {uses[0].Parameter.Default}"
            : $"default {string.Join(", ", uses.Select(use => $"{use.Parameter.Default} in `{entry.Written(use.Variant)}`"))}";

    private static string Codes(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));

    private static string Row(params string[] cells) => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n";
}
