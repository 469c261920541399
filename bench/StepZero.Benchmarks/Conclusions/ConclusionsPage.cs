using System.Globalization;
using System.Text;
using StepZero.Data;
using StepZero.Reports;

namespace StepZero.Benchmarks.Conclusions;

/// <summary>One conclusion of the tutorial, put to the test.</summary>
/// <param name="Claim">What the tutorial says.</param>
/// <param name="File">The name of its picture.</param>
/// <param name="Picture">The picture, as PNG.</param>
/// <param name="Alt">What the picture shows.</param>
/// <param name="Table">The figures, as a Markdown table.</param>
/// <param name="Verdict">What they say to the claim.</param>
internal sealed record Conclusion(string Claim, string File, byte[] Picture, string Alt, string Table, string Verdict);

/// <summary>Makes docs/guide/conclusions.md and its pictures.</summary>
internal static class ConclusionsPage
{
    public static int Run(string? photoFolder)
    {
        string guide = Path.Combine(Machine.Root, "docs", "guide");
        string pictures = Path.Combine(guide, "conclusions");
        Directory.CreateDirectory(pictures);

        Dataset pets = GeneratedSets.Parse("pets:100:1", 1);
        Dataset fresh = GeneratedSets.Parse("pets:400:7", 7).AsTestOf(pets);
        Dataset? photos = Study.Photos(photoFolder ?? Path.Combine(Machine.Root, "..", "shared", "data", "catvsdog"));
        List<Setting> settings = [.. Study.SettingsOf("pets", pets, fresh)];
        if (photos is not null)
        {
            settings.AddRange(Study.SettingsOf("photographs", photos, null));
        }

        var text = new StringBuilder(Introduction(settings));
        IEnumerable<Func<Conclusion?>> all =
        [
            () => Claims.Symmetry(settings), () => Claims.TooLarge(settings), () => Claims.NormalOrUniform(settings), () => Claims.MatchedPairs(settings),
            () => Claims.Speed(settings), () => TestClaims.TestError(settings[0], photos), () => TestClaims.Spread(settings), () => TestClaims.PublishedCurves(photos, settings),
        ];
        foreach (Func<Conclusion?> claim in all)
        {
            long started = TimeProvider.System.GetTimestamp();
            if (claim() is not Conclusion conclusion)
            {
                continue;
            }

            File.WriteAllBytes(Path.Combine(pictures, conclusion.File), conclusion.Picture);
            text.Append(CultureInfo.InvariantCulture, $"""

                ## {conclusion.Claim}

                ![{conclusion.Alt}](conclusions/{conclusion.File})

                {conclusion.Table}

                **Verdict:** {conclusion.Verdict}

                """);
            Console.WriteLine($"{conclusion.Claim}: {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F0} s\n  {conclusion.Verdict}");
        }

        File.WriteAllText(Path.Combine(guide, "conclusions.md"), text.ToString());
        return 0;
    }

    private static string Introduction(IReadOnlyList<Setting> settings)
    {
        string rates = string.Join("; ", settings.Where(setting => setting.Pace.Name == "stable")
            .Select(setting => FormattableString.Invariant($"{setting.Pace.Rate} on the {setting.Data}, for {Figures.Count(setting.Pace.Iterations)} iterations")));
        return $"""
            # The tutorial's conclusions, measured

            The classic tutorial trains one network from four starts, once each, and draws its conclusions from the four curves. This page puts each of them to the test with
            {Study.Seeds} seeds for every case. It is written by a program; nothing in it is typed in:

            ```
            dotnet run -c Release --project bench/StepZero.Benchmarks -- conclusions [FOLDER of photographs]
            ```

            The data are the 100 drawn cats and dogs of `pets:100:1` and, where a folder is given, the tutorial's 100 photographs. Unless a section says otherwise the network is 67500-5-5-1
            with tanh, trained by full-batch gradient descent on pixels / 255. The classic rate is 0.01 for 1,000 iterations; at it training is chaotic. The stable rate is the largest of
            0.003, 0.001, 0.0003 … at which hardly any cost rises: {rates}. Points are trainings, bars their medians; square brackets hold the 95% interval of the median.

            """;
    }
}
