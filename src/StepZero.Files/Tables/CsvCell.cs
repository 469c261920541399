using System.Globalization;
using System.Text;
using CsvHelper;

namespace StepZero.Files.Tables;

/// <summary>How the cells of a column are read.</summary>
internal enum CellForm
{
    /// <summary>Not at all.</summary>
    Ignored,

    /// <summary>As numbers with a decimal point.</summary>
    Number,

    /// <summary>As numbers with a decimal comma.</summary>
    DecimalComma,

    /// <summary>As texts.</summary>
    Text,
}

/// <summary>
/// What a cell holds, as one double: a number, or a NaN that says that the cell is missing, a text, or a text that would be a number with a decimal comma.
/// </summary>
internal static class CsvCell
{
    private const int LongestMissing = 4;

    /// <summary>The cell is a text.</summary>
    private static readonly double Text = BitConverter.UInt64BitsToDouble(0x7FF8_0000_0000_0001);

    /// <summary>The cell is a text such as 2,5.</summary>
    private static readonly double WithComma = BitConverter.UInt64BitsToDouble(0x7FF8_0000_0000_0002);

    private static readonly NumberFormatInfo CommaFormat = Format(",");

    /// <summary>Numbers with a decimal point and nothing between thousands.</summary>
    public static NumberFormatInfo PointFormat { get; } = Format(".");

    /// <summary>Whether the cell holds a number or nothing.</summary>
    public static bool IsText(double cell) => double.IsNaN(cell) && BitConverter.DoubleToUInt64Bits(cell) != BitConverter.DoubleToUInt64Bits(double.NaN);

    /// <summary>Whether the cell holds a text that would be a number with a decimal comma.</summary>
    public static bool HasComma(double cell) => BitConverter.DoubleToUInt64Bits(cell) == BitConverter.DoubleToUInt64Bits(WithComma);

    /// <summary>Reads one field of the current record.</summary>
    public static double Read(CsvReader reader, int field, CellForm form)
    {
        if (form != CellForm.DecimalComma && reader.TryParse(field, out double number))
        {
            return double.IsNaN(number) ? double.NaN : number;
        }

        ReadOnlySpan<byte> cell = reader.GetSpan(field).Trim(" \t\r\n"u8);
        if (IsMissing(cell))
        {
            return double.NaN;
        }

        if (double.TryParse(cell, NumberStyles.Float, CommaFormat, out double withComma))
        {
            return double.IsNaN(withComma) ? double.NaN : form == CellForm.DecimalComma ? withComma : WithComma;
        }

        return Ascii.EqualsIgnoreCase(cell, "inf"u8) || Ascii.EqualsIgnoreCase(cell, "+inf"u8) ? double.PositiveInfinity
            : Ascii.EqualsIgnoreCase(cell, "-inf"u8) ? double.NegativeInfinity
            : Text;
    }

    private static bool IsMissing(ReadOnlySpan<byte> cell) => cell.Length <= LongestMissing
        && (cell.IsEmpty || cell.SequenceEqual("NA"u8) || cell.SequenceEqual("?"u8) || cell.SequenceEqual("N/A"u8) || cell.SequenceEqual("NaN"u8)
            || cell.SequenceEqual("nan"u8) || cell.SequenceEqual("null"u8) || cell.SequenceEqual("NULL"u8) || cell.SequenceEqual("None"u8));

    /// <summary>The invariant culture with another decimal separator; what separates thousands occurs in no text.</summary>
    private static NumberFormatInfo Format(string decimalSeparator) =>
        new() { NumberDecimalSeparator = decimalSeparator, NumberGroupSeparator = "\uFFFF", PositiveInfinitySymbol = "Infinity", NegativeInfinitySymbol = "-Infinity" };
}
