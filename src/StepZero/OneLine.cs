namespace StepZero;

/// <summary>Texts of any origin, such as names out of a file, as they may stand within one line of a message.</summary>
public static class OneLine
{
    /// <summary>The text with spaces for control characters, cut where it is longer.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">The most letters that are kept, above 0.</param>
    public static string Of(string text, int most = int.MaxValue) =>
        string.Concat((text.Length > most ? text[..(most - 1)] + "…" : text).Select(letter => char.IsControl(letter) ? ' ' : letter));
}
