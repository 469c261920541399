namespace StepZero.Reports;

/// <summary>How a line is drawn.</summary>
internal enum LineKind
{
    Solid,
    Dashed,
    Dotted,
}

/// <summary>A line of a chart.</summary>
/// <param name="Name">The name at its end; none where empty.</param>
/// <param name="Color">Its place in the <see cref="Palette"/>.</param>
/// <param name="Points">Its points by rising x; those that no axis can hold leave a gap.</param>
/// <param name="Kind">How it is drawn.</param>
/// <param name="Marked">Whether each point has a mark.</param>
internal sealed record ChartLine(string Name, int Color, IReadOnlyList<(double X, double Y)> Points, LineKind Kind = LineKind.Solid, bool Marked = false);

/// <summary>A value that lines are held against, drawn across the chart.</summary>
/// <param name="Value">The value.</param>
/// <param name="Name">What it is.</param>
internal sealed record ChartLimit(double Value, string Name);

/// <summary>Lines over an axis, whatever they are drawn with.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="XName">The name of the x axis.</param>
/// <param name="YName">The name of the y axis.</param>
/// <param name="Lines">The lines.</param>
internal sealed record Chart(string Title, string XName, string YName, IReadOnlyList<ChartLine> Lines)
{
    /// <summary>What lines are held against.</summary>
    public IReadOnlyList<ChartLimit> Limits { get; init; } = [];

    /// <summary>Whether x is logarithmic.</summary>
    public bool LogX { get; init; }

    /// <summary>Whether y is logarithmic.</summary>
    public bool LogY { get; init; }

    /// <summary>The range of x, where it is not that of the points.</summary>
    public (double Low, double High)? XRange { get; init; }

    /// <summary>The range of y, where it is not that of the points and limits.</summary>
    public (double Low, double High)? YRange { get; init; }

    /// <summary>Letters that the margins hold at least, of ticks at the left and names at the right, so that charts under each other share an axis.</summary>
    public (int Ticks, int Names) Letters { get; init; }

    /// <summary>Whether there is nothing to show.</summary>
    public bool IsEmpty => !Shown.Any();

    /// <summary>The x axis, which counts updates, layers or ranks and so has whole numbers.</summary>
    public ChartAxis X => ChartAxis.Of(XRange is (double low, double high) ? [low, high] : Shown.Select(point => point.X), LogX, margin: 0) switch { var axis => axis with { Ticks = [.. axis.Ticks.Where(tick => Math.Abs(tick.Value - Math.Round(tick.Value)) < 1e-9)] } };

    /// <summary>The y axis.</summary>
    public ChartAxis Y => ChartAxis.Of(
        YRange is (double low, double high) ? [low, high] : Shown.Select(point => point.Y).Concat(Limits.Select(limit => limit.Value)), LogY, margin: 0.05);

    /// <summary>Whether values differ so much, and none is 0 or below, that a logarithmic axis shows more.</summary>
    public static bool IsWide(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        return finite is not [] && finite.Min() > 0 && finite.Max() > 10 * finite.Min();
    }

    /// <summary>The parts of a line between its gaps.</summary>
    public IEnumerable<IReadOnlyList<(double X, double Y)>> Parts(ChartLine line)
    {
        var part = new List<(double X, double Y)>();
        foreach ((double X, double Y) point in line.Points)
        {
            if (Holds(point))
            {
                part.Add(point);
            }
            else if (part.Count > 0)
            {
                yield return part;
                part = [];
            }
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    private IEnumerable<(double X, double Y)> Shown => Lines.SelectMany(line => line.Points).Where(Holds);

    private bool Holds((double X, double Y) point) =>
        double.IsFinite(point.X) && double.IsFinite(point.Y) && (!LogX || point.X > 0) && (!LogY || (point.Y > 0 && point.Y >= (YRange?.Low ?? 0)));
}

/// <summary>An axis of a chart.</summary>
/// <param name="Low">Its lower end, as <see cref="Scale"/> gives it.</param>
/// <param name="High">Its upper end.</param>
/// <param name="IsLogarithmic">Whether it is logarithmic.</param>
/// <param name="Ticks">The values with marks, and their text; empty for small marks.</param>
internal sealed record ChartAxis(double Low, double High, bool IsLogarithmic, IReadOnlyList<(double Value, string Text)> Ticks)
{
    /// <summary>How many ticks are about right.</summary>
    private const int Wished = 5;

    /// <summary>An axis that holds all values that it can.</summary>
    /// <param name="values">The values.</param>
    /// <param name="logarithmic">Whether it is logarithmic, and so holds none at 0 or below.</param>
    /// <param name="margin">The room at either end, as a share of the range.</param>
    public static ChartAxis Of(IEnumerable<double> values, bool logarithmic, double margin)
    {
        double[] scaled = [.. values.Where(value => double.IsFinite(value) && (!logarithmic || value > 0)).Select(value => logarithmic ? Math.Log10(value) : value)];
        (double low, double high) = scaled is [] ? (0, 1) : (scaled.Min(), scaled.Max());
        double size = Math.Max(Math.Abs(low), Math.Abs(high));
        double room = high - low > 1e-9 * size ? margin * (high - low) : 0.1 * (logarithmic ? Math.Max(size, 1) : size);
        (low, high) = low == 0 && high == 0 && !logarithmic ? (0, 1) : (low - room, high + room);
        IEnumerable<(double Value, string Text)> ticks = logarithmic ? CostAxis.LogarithmicTicks(low, high) : CostAxis.NamedTicks(low, high, Wished);
        return new ChartAxis(low, high, logarithmic, [.. ticks.Select(tick => (tick.Value, tick.Text.Replace('-', '−')))]);
    }

    /// <summary>Where a value lies between <see cref="Low"/> and <see cref="High"/>.</summary>
    public double Scale(double value) => IsLogarithmic ? Math.Log10(value) : value;

    /// <summary>The share of the axis below a value.</summary>
    public double Share(double value) => (Scale(value) - Low) / (High - Low);
}
