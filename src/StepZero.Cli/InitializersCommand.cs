using System.CommandLine;
using System.Globalization;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Reports;

namespace StepZero.Cli;

/// <summary><c>stepzero initializers</c>: the catalogue, or one entry of it.</summary>
internal static class InitializersCommand
{
    private const int NameWidth = 22;

    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = "An initializer, as in he_normal; all without it", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Description = "Print the entries for a program" };
        var markdown = new Option<bool>("--markdown") { Description = "Print the guide to all of them" };
        var command = new Command("initializers", "List all initializers, or show one: variants, histogram, paper, and the same in other libraries") { name, json, markdown };
        command.SetAction(parsed => Run(parsed.GetValue(name), parsed.GetValue(json), parsed.GetValue(markdown)));
        return command;
    }

    private static int Run(string? name, bool json, bool markdown)
    {
        if (markdown && (json || name is not null))
        {
            throw new UsageException("--markdown prints the guide to all initializers. Use it alone.");
        }

        IReadOnlyList<CatalogueEntry> entries = name is null ? Catalogue.Entries : [Find(name)];
        if (json)
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(CatalogueJson.Of(entries));
        }
        else if (markdown)
        {
            Console.Out.Write(InitializerGuide.Markdown());
        }
        else if (name is null)
        {
            List();
        }
        else
        {
            Show(entries[0]);
        }

        return ExitCode.Done;
    }

    private static CatalogueEntry Find(string name)
    {
        try
        {
            // A name alone may need a library to mean something; a text with more has to be right before its entry is shown.
            return Catalogue.Find((name.AsSpan().IndexOfAny(':', '@', '+') < 0 ? name : Initializer.Parse(name).Name).Split(':', '@')[0]);
        }
        catch (StepZeroException error)
        {
            throw new UsageException(error.Message);
        }
    }

    private static void List()
    {
        foreach (CatalogueEntry entry in Catalogue.Entries)
        {
            CatalogueVariant plain = entry.Variants[0];
            Console.Out.WriteLine($"{entry.Written(plain),-NameWidth} {plain.Formula}");
            string[] facts =
            [
                .. plain.Fan == "–" ? (string[])[] : [plain.Fan], plain.Distribution,
                .. entry.Variants.Where(variant => variant.Library != Library.Stepzero).Select(variant => $"@{CanonicalText.Of(variant.Library)}"),
                .. entry.Aliases is [] ? (string[])[] : [$"also {string.Join(", ", entry.Aliases)}"],
            ];
            Console.Out.WriteLine($"{"",-NameWidth} {string.Join(" · ", facts)}");
            Console.Out.WriteLine($"{"",-NameWidth} {entry.Source}");
        }

        Console.Out.WriteLine();
        Console.Out.WriteLine("n is the fan. Every one takes gain=NUMBER or gain=ACTIVATION; 'stepzero initializers NAME' shows one.");
    }

    private static void Show(CatalogueEntry entry)
    {
        TextWriter output = Console.Out;
        output.WriteLine($"{entry.Name}{(entry.Aliases is [] ? "" : $", also {string.Join(", ", entry.Aliases)}")}");
        output.WriteLine(entry.Summary);
        output.WriteLine($"Source: {entry.Source}");
        output.WriteLine();
        foreach (CatalogueVariant variant in entry.Variants)
        {
            output.WriteLine($"{entry.Written(variant),-NameWidth} {variant.Formula}");
            output.WriteLine($"{"",-NameWidth} {(variant.Fan == "–" ? "" : $"{variant.Fan} · ")}{variant.Distribution}");
            if (variant.Note is not null)
            {
                output.WriteLine($"{"",-NameWidth} {variant.Note}");
            }

            foreach (InitializerParameter parameter in variant.Parameters)
            {
                string choices = parameter.Choices is [] ? "" : $": {string.Join(", ", parameter.Choices)}";
                output.WriteLine($"{"",-NameWidth}   {parameter.Name}={parameter.Default}   {parameter.Meaning}{choices}");
            }
        }

        output.WriteLine($"{"every one",-NameWidth}   gain=1   multiplies every weight: a number, or an activation's name as in gain=tanh");
        ShowDrawn(entry);
        output.WriteLine();
        output.WriteLine($"{entry.Written(entry.Variants[0])} elsewhere:");
        foreach ((string library, string line) in entry.Equivalents)
        {
            output.WriteLine($"  {library,-12} {line}");
        }
    }

    private static void ShowDrawn(CatalogueEntry entry)
    {
        InitializerSample[] samples = [.. entry.Variants.Select(variant => InitializerSample.Of(entry, variant)).OfType<InitializerSample>()];
        if (samples is [])
        {
            return;
        }

        Console.Out.WriteLine();
        Console.Out.WriteLine($"Drawn for the shape {samples[0].Shape}:");
        string[][] rows =
        [
            .. samples.Select(sample => (string[])[sample.Written, Number(sample.Deviation), Number(sample.Largest), sample.Kurtosis is double kurtosis ? Number(kurtosis) : "–"]),
        ];
        Console.Out.Write(TextTable.Format(["Written", "Std dev", "Largest", "Kurtosis"], rows, leftAligned: [0]));
        Console.Out.WriteLine();
        Console.Out.WriteLine($"{samples[0].Written}:");
        Console.Out.Write(TextHistogram.Draw(samples[0].Values));
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
