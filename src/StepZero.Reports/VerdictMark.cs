using StepZero.Diagnostics;

namespace StepZero.Reports;

/// <summary>The sign of a verdict: told apart by its shape, the figure in it and its color, so by any reader.</summary>
internal static class VerdictMark
{
    /// <summary>The sign as a small drawing: a disc with a tick, a triangle with a wave, or a square with a cross.</summary>
    public static string Draw(Outlook outlook)
    {
        (string shape, string figure) = outlook switch
        {
            Outlook.WillTrain => ("<circle cx=\"12\" cy=\"12\" r=\"11\"/>", "M6.5 12.5l3.8 3.8 7.2-8"),
            Outlook.WillTrainUnstably => ("<path d=\"M12 1L23.5 22H.5z\"/>", "M6.5 17c1.4-5 3-5 4.3-2s2.7 3 3.6-.8 2-3 3.1 1.2"),
            _ => ("<rect x=\"1\" y=\"1\" width=\"22\" height=\"22\" rx=\"2\"/>", "M7 7l10 10M17 7L7 17"),
        };
        return $"<svg class=\"mark {Style(outlook)}\" viewBox=\"0 0 24 24\" role=\"img\" aria-label=\"{OutlookText.Title(outlook)}\">{shape}<path class=\"figure\" d=\"{figure}\"/></svg>";
    }

    /// <summary>The style class of a verdict's color.</summary>
    public static string Style(Outlook outlook) => outlook switch
    {
        Outlook.WillTrain => "trains",
        Outlook.WillTrainUnstably => "unstable",
        _ => "fails",
    };
}
