namespace StepZero.Initialization;

/// <summary>A name of the catalogue, and what each library means by it.</summary>
public sealed record CatalogueEntry
{
    /// <summary>The name, in the field's spelling.</summary>
    public required string Name { get; init; }

    /// <summary>Other names of the same, as in other libraries.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>One sentence: what it is good for.</summary>
    public required string Summary { get; init; }

    /// <summary>Where it comes from: author, year, arXiv number.</summary>
    public required string Source { get; init; }

    /// <summary>The definitions; the first is that of the plain name, if that has one.</summary>
    public required IReadOnlyList<CatalogueVariant> Variants { get; init; }

    /// <summary>The same in other libraries and in this one: language and line.</summary>
    public IReadOnlyList<(string Library, string Line)> Equivalents { get; init; } = [];

    /// <summary>What a user writes for a variant, as in "he_normal@keras".</summary>
    public string Written(CatalogueVariant variant) => variant.Library == Library.Stepzero ? Name : $"{Name}@{CanonicalText.Of(variant.Library)}";
}

/// <summary>What one library means by a name.</summary>
public sealed record CatalogueVariant
{
    internal CatalogueVariant()
    {
    }

    /// <summary>Whose definition it is.</summary>
    public required Library Library { get; init; }

    /// <summary>How a weight is drawn, with n the fan.</summary>
    public required string Formula { get; init; }

    /// <summary>Which fan the variance follows, or "–".</summary>
    public string Fan { get; init; } = "–";

    /// <summary>The family of the distribution.</summary>
    public required string Distribution { get; init; }

    /// <summary>What to know about it; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The parameters beside <c>gain</c>, which every initializer takes.</summary>
    public IReadOnlyList<InitializerParameter> Parameters { get; init; } = [];

    /// <summary>Whether the weights depend on the data, so that it starts a network only.</summary>
    public bool NeedsData { get; init; }

    /// <summary>What the parameters come to; every variant of the catalogue sets it.</summary>
    internal Func<Arguments, Recipe> Make { get; init; } = null!;
}
