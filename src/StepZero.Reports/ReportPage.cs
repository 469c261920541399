using System.Text;

namespace StepZero.Reports;

/// <summary>What every page has around its sections: it stands alone, in one style, and ends with how to repeat it.</summary>
internal static class ReportPage
{
    /// <summary>Writes a page that refers to nothing outside.</summary>
    /// <param name="title">The title of the window.</param>
    /// <param name="sections">Its sections as HTML; empty ones are left out.</param>
    /// <param name="scripts">What follows them.</param>
    /// <returns>The page as UTF-8.</returns>
    public static byte[] Write(string title, IEnumerable<string> sections, string scripts = "") => Encoding.UTF8.GetBytes($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Html.Text(title)}</title>
        <style>{Html.Resource("report.css")}</style>
        </head>
        <body>
        <main>
        {string.Join('\n', sections.Where(section => section.Length > 0))}
        </main>
        {scripts}
        </body>
        </html>

        """);

    /// <summary>How the result is made again.</summary>
    public static string Repeat(Origin origin, bool isCut = false) => $"""
        <h2>Repeat this</h2>
        <p>{(isCut ? "The budget of time ended this early, so that another run may come further and to another result" : "The same command gives the same numbers to the last bit on any machine")}; data that have changed are refused.</p>
        <pre>{Html.Text($"stepzero run {origin.Folder}")}</pre>
        <p>What makes the result is kept in spec.json:</p>
        <pre>{Html.Text(origin.Spec.TrimEnd())}</pre>
        """;
}
