using StepZero.Data;

namespace StepZero.Files.Tables;

/// <summary>Makes samples of a table: one column is the target, the others become features.</summary>
internal static class TableData
{
    private const int MostCategories = 1000;
    private const int RowsAtATime = 512;
    private const int MostNamed = 20;

    /// <summary>Makes the samples.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="kind">What it is, as in "CSV".</param>
    /// <param name="name">What the samples are called.</param>
    /// <param name="table">The table.</param>
    /// <param name="options">Target, and what is done with missing values.</param>
    /// <param name="train">The training samples, when test samples are read: their columns and categories hold.</param>
    /// <exception cref="StepZeroException">The table makes no samples; the message names row and column.</exception>
    public static LoadedData Assemble(string path, string kind, string name, Table table, DataOptions options, Dataset? train)
    {
        int target = options.Unlabelled ? IgnoredTarget(table, options.Target ?? train?.Target, train) : TargetOf(path, table, options.Target ?? train?.Target, ofModel: train?.SampleCount == 0 && options.Target is null);
        Column? labels = target < 0 ? null : table.Columns[target];
        Column[] features = [.. table.Columns.Where((_, i) => i != target).Select((column, i) => train?.Columns?.ElementAtOrDefault(i)?.Categories is null ? TruthAsNumber(column) : column)];
        if (features is [])
        {
            throw new StepZeroException($"{path}: has one column, '{labels!.Name}', which is the target; expected columns of features beside it.");
        }

        if (options.Unlabelled && !table.HasNames && train?.Columns?.Count == features.Length)
        {
            features = [.. features.Select((column, i) => column with { Name = train.Columns[i].Name })];
        }

        CheckColumns(path, features, train);
        TableColumn[] columns = [.. features.Select((column, i) => new TableColumn(column.Name, Categories(path, column, train?.Columns?[i].Categories)))];
        double[] values = Values(path, features, columns);
        bool[] incomplete = options.Unlabelled ? new bool[features[0].Count] : Incomplete(path, labels!, options.Missing);
        MissingFeatures.Settle(path, values, feature => $"column '{columns.SelectMany(column => column.FeatureNames).ElementAt(feature)}'", options, incomplete);

        List<string> notes = [.. table.Notes];
        int[] kept = MissingFeatures.Kept(path, incomplete, "rows", notes);
        SampleTargets targets = options.Unlabelled ? SampleTargets.None(incomplete.Length) : Targets($"{path}: column '{labels!.Name}'", labels, options, train, incomplete);
        var samples = Dataset.FromValues(
            name, values, columns.Sum(column => column.FeatureCount), targets.Labels.Labels, targets.Labels.Classes, columns: columns, target: labels?.Name);
        Dataset all = targets.Complete(samples);
        notes.AddRange(features.Select(column => NoteOfNumbers(path, column)).Append(targets.Note).OfType<string>());
        string names = table.HasNames ? "" : " without a header";
        return new LoadedData(
            kept.Length == incomplete.Length ? all : all.Select(kept), $"{kind}{names}, {(options.Unlabelled ? "without targets" : $"target = column '{labels!.Name}'")}", notes)
        {
            SampleNames = MissingFeatures.NamesOf(kept, incomplete.Length),
        };
    }

    private static SampleTargets Targets(string place, Column labels, DataOptions options, Dataset? train, bool[] incomplete)
    {
        Column column = SampleTargets.KindOf(options.Targets, train) == TargetKind.Numbers ? TruthAsNumber(labels) : labels;
        return column.Numbers is null
            ? SampleTargets.OfTexts(place, column.Texts!, options.Targets, train, incomplete)
            : SampleTargets.OfNumbers(place, column.Numbers, null, options.Targets, train, incomplete);
    }

    /// <summary>
    /// The column that would be the target if targets mattered, −1 where there is none: that of the name, or, where columns have no names, the one that there
    /// is beside the features.
    /// </summary>
    private static int IgnoredTarget(Table table, string? wished, Dataset? train)
    {
        int byName = wished is null ? -1 : Array.FindIndex([.. table.Columns], column => column.Name == wished);
        if (train is null || (table.HasNames && wished is not null))
        {
            return byName;
        }

        int beside = table.Columns.Count - (train.Columns?.Count ?? train.FeatureCount);
        return beside != 1 ? -1 : byName >= 0 ? byName : table.Columns.Count - 1;
    }

    private static int TargetOf(string path, Table table, string? wished, bool ofModel)
    {
        string[] names = [.. table.Columns.Select(column => column.Name)];
        if (wished is null)
        {
            return names.Length - 1;
        }

        int byName = Array.IndexOf(names, wished);
        return byName >= 0 ? byName
            : ofModel ? throw new StepZeroException($"{path}: lacks the column '{wished}' of the targets, by which predictions are judged; 'stepzero predict' needs none. Choose another column with --target.")
            : throw new StepZeroException($"{path}: {StepZeroException.UnknownName("column", wished, names).Message} Choose the target with --target.");
    }

    private static void CheckColumns(string path, Column[] features, Dataset? train)
    {
        if (train?.Columns is not IReadOnlyList<TableColumn> expected)
        {
            return;
        }

        string[] found = [.. features.Select(column => column.Name)], wanted = [.. expected.Select(column => column.Name)];
        string[] lacking = [.. wanted.Except(found)], foreign = [.. found.Except(wanted)];
        if (lacking is not [] || foreign is not [])
        {
            string lacks = lacking is [] ? "" : $"lacks {Listed(lacking)}", has = foreign is [] ? "" : $"has {Listed(foreign)}, unknown there";
            string who = train.SampleCount == 0 ? "the model wants" : $"'{train.Name}' has";
            string advice = lacking is not [] ? "Give both the same columns." : $"Leave {(foreign is [_] ? "it" : "them")} out with --ignore {string.Join(',', foreign.Take(MostNamed))}.";
            throw new StepZeroException($"{path}: {lacks}{(lacks.Length > 0 && has.Length > 0 ? " and " : "")}{has}; {who} the columns {Names(wanted)}. {advice}");
        }

        for (int i = 0; i < features.Length; i++)
        {
            if (features[i].Name != expected[i].Name)
            {
                throw new StepZeroException(
                    $"{path}: feature column {i + 1} is '{features[i].Name}'; expected '{expected[i].Name}' as in '{train.Name}'. Give both files the same columns in the same order.");
            }

            if (features[i].Numbers is null && expected[i].Categories is null)
            {
                int row = Array.FindIndex(features[i].Texts!, text => text is not null && !double.TryParse(text, out _));
                throw new StepZeroException(
                    $"{path}: column '{features[i].Name}' holds the text '{features[i].Texts![Math.Max(0, row)]}' in row {row + 1}; expected numbers as in '{train.Name}'.");
            }
        }
    }

    private static string Listed(string[] names) => $"the column{(names is [_] ? "" : "s")} {Names(names)}";

    private static string Names(string[] names) => $"{string.Join(", ", names.Take(MostNamed))}{(names.Length > MostNamed ? $", … ({names.Length})" : "")}";

    /// <summary>A column of true and false as 1 and 0, as other kinds of files hold it.</summary>
    private static Column TruthAsNumber(Column column) => column.Texts is not null && column.Texts.Any(text => text is not null)
        && Array.TrueForAll(column.Texts, text => text is null || bool.TryParse(text, out _))
        ? new Column(column.Name, Array.ConvertAll(column.Texts, text => text is null ? double.NaN : bool.Parse(text) ? 1 : 0), null)
        : column;

    /// <summary>The categories of a column of texts; null for numbers.</summary>
    private static string[]? Categories(string path, Column column, IReadOnlyList<string>? known)
    {
        if (column.Texts is null)
        {
            return null;
        }

        string[] found = [.. column.Texts.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        if (known is not null)
        {
            string? unknown = Array.Find(found, text => !known.Contains(text));
            return unknown is null
                ? [.. known]
                : throw new StepZeroException(
                    $"{path}: column '{column.Name}' holds '{unknown}' in row {Array.IndexOf(column.Texts, unknown) + 1}, which the training samples do not have; expected {string.Join(", ", known.Take(8))}{(known.Count > 8 ? ", …" : "")}.");
        }

        return found.Length <= MostCategories
            ? found
            : throw new StepZeroException(
                $"{path}: column '{column.Name}' holds {found.Length} different texts, such as '{found[0]}'; expected numbers, or at most {MostCategories} categories. Leave it out with --ignore {column.Name}.");
    }

    /// <summary>A line about a column that was taken for texts though it seems to hold numbers, such as 1,5 or 5%; null for any other.</summary>
    private static string? NoteOfNumbers(string path, Column column)
    {
        string[] texts = [.. (column.Texts ?? []).OfType<string>().Distinct()];
        string[] numbers = [.. texts.Where(text => text.Length > 0 && (char.IsAsciiDigit(text[0]) || (text.Length > 1 && text[0] is '-' or '+' && char.IsAsciiDigit(text[1]))))];
        return numbers.Length > 2 && 2 * numbers.Length > texts.Length
            ? $"{path}: column '{column.Name}' looks like numbers, such as '{numbers[0]}', but is none that can be read: its {texts.Length} texts became categories."
            : null;
    }

    /// <summary>The features, row-major: numbers as they are, texts as 1 for their category and 0 for the others, nan where one is missing.</summary>
    private static double[] Values(string path, Column[] features, TableColumn[] columns)
    {
        int rows = features[0].Count;
        int width = columns.Sum(column => column.FeatureCount);
        if ((long)rows * width > Array.MaxLength)
        {
            throw new StepZeroException($"{path}: {rows} rows of {width} features are more than one array holds. Use fewer rows, or leave columns out with --ignore.");
        }

        int[]?[] categories = [.. features.Select((column, i) => Indices(column, columns[i]))];
        double[] values = new double[rows * width];
        for (int first = 0; first < rows; first += RowsAtATime)
        {
            int end = Math.Min(rows, first + RowsAtATime);
            for (int column = 0, offset = 0; column < columns.Length; offset += columns[column].FeatureCount, column++)
            {
                for (int row = first; row < end; row++)
                {
                    int at = (row * width) + offset;
                    if (categories[column] is not int[] index)
                    {
                        values[at] = features[column].Numbers![row];
                    }
                    else if (index[row] >= 0)
                    {
                        values[at + index[row]] = 1;
                    }
                    else
                    {
                        values.AsSpan(at, columns[column].FeatureCount).Fill(double.NaN);
                    }
                }
            }
        }

        return values;
    }

    /// <summary>For each row of a column of texts which of its categories it has, −1 where it has none; null for numbers.</summary>
    private static int[]? Indices(Column column, TableColumn made)
    {
        if (column.Texts is null)
        {
            return null;
        }

        Dictionary<string, int> indices = made.Categories!.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        return Array.ConvertAll(column.Texts, text => text is null ? -1 : indices[text]);
    }

    /// <summary>For each row whether its class is missing; an error unless such rows are to be left out.</summary>
    private static bool[] Incomplete(string path, Column labels, MissingValues missing)
    {
        bool[] incomplete = [.. Enumerable.Range(0, labels.Count).Select(row => labels.Numbers is null ? labels.Texts![row] is null : double.IsNaN(labels.Numbers[row]))];
        int first = Array.IndexOf(incomplete, true);
        return first < 0 || missing == MissingValues.Drop
            ? incomplete
            : throw new StepZeroException(
                $"{path}: column '{labels.Name}', the target, lacks {incomplete.Count(gap => gap)} value(s), the first in row {first + 1}. Leave such rows out with --missing drop, or choose another column with --target.");
    }
}
