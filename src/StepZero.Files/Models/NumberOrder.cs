namespace StepZero.Files.Models;

/// <summary>The order of names in which numbers count as such: "fc2" before "fc10".</summary>
internal static class NumberOrder
{
    public static Comparer<string> Comparer { get; } = Comparer<string>.Create(Compare);

    private static int Compare(string a, string b)
    {
        int i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            ReadOnlySpan<char> number = DigitsAt(a, i), other = DigitsAt(b, j);
            int order = a[i].CompareTo(b[j]);
            if (!number.IsEmpty && !other.IsEmpty)
            {
                ReadOnlySpan<char> value = number.TrimStart('0'), otherValue = other.TrimStart('0');
                order = value.Length != otherValue.Length ? value.Length.CompareTo(otherValue.Length) : value.SequenceCompareTo(otherValue);
            }

            if (order != 0)
            {
                return order;
            }

            bool numbers = !number.IsEmpty && !other.IsEmpty;
            i += numbers ? number.Length : 1;
            j += numbers ? other.Length : 1;
        }

        int rest = (a.Length - i).CompareTo(b.Length - j);
        return rest != 0 ? rest : string.CompareOrdinal(a, b);
    }

    private static ReadOnlySpan<char> DigitsAt(string text, int start)
    {
        int end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return text.AsSpan(start, end - start);
    }
}
