namespace StepZero.Files.Arrays;

/// <summary>Names that come out of a file and may be anything.</summary>
internal static class ArrayName
{
    private const int Longest = 100;

    /// <summary>The name as a message of one line may show it: not too long, and without letters that would break the line.</summary>
    public static string Shown(string name) =>
        string.Concat((name.Length > Longest ? name[..Longest] + "…" : name).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));
}
