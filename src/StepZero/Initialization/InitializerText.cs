namespace StepZero.Initialization;

/// <content>Reading the text form.</content>
public sealed partial class Initializer
{
    /// <summary>Reads an initializer, or several for the layers of a network.</summary>
    /// <param name="text">As in <c>he</c>, <c>random:10:uniform</c>, <c>he_normal:slope=0.2:mode=fan_out@pytorch</c>, <c>siren_first+siren</c>.</param>
    /// <exception cref="StepZeroException">A name, parameter or library is unknown or impossible.</exception>
    public static Initializer Parse(string text)
    {
        List<string> layers = BetweenLayers(text);
        if (layers.Contains(""))
        {
            throw Arguments.Wrong(text, "a name is missing; expected an initializer, or several joined by '+'");
        }

        return layers.Count == 1 ? ParseOne(text) : PerLayer([.. layers.Select(ParseOne)]);
    }

    private static Initializer ParseOne(string text)
    {
        string[] atLibrary = text.Split('@');
        if (atLibrary is [string start, string library, ..] && library.Contains(':', StringComparison.Ordinal))
        {
            throw Arguments.Wrong(text, $"the library comes last; write '{start}{library[library.IndexOf(':', StringComparison.Ordinal)..]}@{library.Split(':')[0]}'");
        }

        string[] parts = atLibrary[0].Split(':');
        CatalogueEntry entry = Catalogue.Find(parts[0]);
        CatalogueVariant variant = atLibrary switch
        {
            [_] => entry.Variants[0].Library == Library.Stepzero ? entry.Variants[0] : throw Arguments.Wrong(
                text, $"'{entry.Name}' means something else in each library; write which, as in '{entry.Written(entry.Variants[0])}'"),
            [_, string name] => entry.Variants.FirstOrDefault(one => one.Library == Catalogue.LibraryOf(name)) ?? throw WithoutVariant(text, entry, Catalogue.LibraryOf(name)),
            _ => throw Arguments.Wrong(text, "expected one '@' and a library after it"),
        };
        var arguments = new Arguments(text, variant.Library, variant.Parameters, Read(text, variant, parts[1..]));
        return new Initializer(entry.Written(variant).Insert(entry.Name.Length, arguments.Canonical), variant, arguments);
    }

    private static StepZeroException WithoutVariant(string text, CatalogueEntry entry, Library library)
    {
        string[] longer = [.. Catalogue.Names.Where(name => name.StartsWith($"{entry.Name}_", StringComparison.Ordinal) && Catalogue.Find(name).Variants.Any(one => one.Library == library))];
        string instead = longer is [] ? "" : $"; {CanonicalText.Of(library)} has {string.Join(" and ", longer.Select(name => $"'{name}@{CanonicalText.Of(library)}'"))}";
        return Arguments.Wrong(text, $"'{entry.Name}' has no form of its own in {CanonicalText.Of(library)}; known: {string.Join(", ", entry.Variants.Select(entry.Written))}{instead}");
    }

    /// <summary>The parameters as written, by their names.</summary>
    private static Dictionary<string, string> Read(string text, CatalogueVariant variant, string[] parts)
    {
        InitializerParameter[] positional = [.. variant.Parameters.Where(parameter => parameter.Positional)];
        string[] names = [.. variant.Parameters.Append(Arguments.GainParameter).Select(parameter => parameter.Name)];
        Dictionary<string, string> given = [];
        for (int i = 0; i < parts.Length; i++)
        {
            if (i > 0 && parts[i - 1].StartsWith("gain=", StringComparison.Ordinal) && !parts[i].Contains('=', StringComparison.Ordinal) && given.TryGetValue("gain", out string? activation))
            {
                // An activation brings a parameter of its own: gain=leaky_relu:0.2.
                given["gain"] = $"{activation}:{parts[i]}";
                continue;
            }

            string[] pair = parts[i].Split('=', 2);
            string name = pair.Length == 2 ? pair[0]
                : i < positional.Length && given.Count == i ? positional[i].Name
                : throw Arguments.Wrong(text, $"expected {Expected()}, found '{parts[i]}'");
            if (!names.Contains(name))
            {
                throw Arguments.Wrong(text, StepZeroException.UnknownName("parameter", name, names).Message.TrimEnd('.'));
            }

            if (!given.TryAdd(name, pair[^1]))
            {
                throw Arguments.Wrong(text, $"{name} stands there twice; expected each parameter once");
            }
        }

        return given;

        string Expected() => variant.Parameters is []
            ? "no parameters but gain=NUMBER"
            : $"parameters as in '{string.Join(':', variant.Parameters.Select(parameter => parameter.Positional ? parameter.Default : $"{parameter.Name}={parameter.Default}"))}'";
    }

    /// <summary>The texts between the plus signs, but for those that belong to a number, as in 1e+5 or value=+1.</summary>
    private static List<string> BetweenLayers(string text)
    {
        List<string> layers = [];
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            bool ofNumber = i > 0 && (text[i - 1] is ':' or '=' || (i > 1 && text[i - 1] is 'e' or 'E' && (char.IsAsciiDigit(text[i - 2]) || text[i - 2] == '.')));
            if (text[i] == '+' && !ofNumber)
            {
                layers.Add(text[start..i]);
                start = i + 1;
            }
        }

        layers.Add(text[start..]);
        return layers;
    }
}
