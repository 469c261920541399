using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace StepZero.Files.Tables;

/// <summary>A Parquet file: its footer, which tells its columns and where the pieces of each lie.</summary>
internal sealed class ParquetFile
{
    private const int MagicLength = 4;
    private const int TailLength = sizeof(int) + MagicLength;
    private const int EncryptionField = 8;
    private readonly string path;
    private readonly SafeFileHandle file;
    private readonly ThriftStruct[] groups;
    private readonly int places;

    /// <summary>Reads the footer of a file.</summary>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="file">The file, which must stay open.</param>
    /// <exception cref="StepZeroException">The file is no Parquet file, is encrypted, or has no rows. Other exceptions tell that it is damaged.</exception>
    public ParquetFile(string path, SafeFileHandle file)
    {
        this.path = path;
        this.file = file;
        ThriftStruct footer = ReadFooter();
        if (footer.Find<object>(EncryptionField) is not null)
        {
            throw Encrypted();
        }

        (Columns, places) = ReadSchema([.. footer.Get<List<object>>(2).Cast<ThriftStruct>()]);
        groups = [.. footer.Get<List<object>>(4).Cast<ThriftStruct>()];
        long rows = footer.Get<long>(3);
        if (rows != groups.Sum(RowsOf))
        {
            throw new InvalidDataException($"the footer says {rows} rows, its groups {groups.Sum(RowsOf)}");
        }

        Rows = rows <= Array.MaxLength ? (int)rows : throw new StepZeroException($"{path}: {rows} rows; expected at most {Array.MaxLength}. Split the file.");
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The columns, nested ones too.</summary>
    public IReadOnlyList<ParquetColumn> Columns { get; }

    /// <summary>Reads a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="convert">Makes a value of its bytes.</param>
    /// <param name="missing">What stands for a missing value.</param>
    /// <param name="cancellation">Ends the reading early.</param>
    public T[] Read<T>(ParquetColumn column, Func<ReadOnlySpan<byte>, T> convert, T missing, CancellationToken cancellation)
    {
        List<T[]> pages = [];
        foreach (ThriftStruct group in groups)
        {
            cancellation.ThrowIfCancellationRequested();
            pages.AddRange(new ParquetPiece(path, column, FindPiece(column, group), RowsOf(group), ReadBytes).Read(convert, missing));
        }

        var values = new T[Rows];
        int done = 0;
        foreach (T[] page in pages)
        {
            page.CopyTo(values, done);
            done += page.Length;
        }

        return values;
    }

    /// <summary>The description of the piece of a column that a group of rows holds.</summary>
    private ThriftStruct FindPiece(ParquetColumn column, ThriftStruct group)
    {
        List<object> pieces = group.Get<List<object>>(1);
        var piece = (ThriftStruct)pieces[column.Place];
        return pieces.Count != places ? throw new InvalidDataException($"a group of rows has {pieces.Count} columns instead of {places}")
            : piece.Find<object>(1) is not null ? throw new StepZeroException($"{path}: column '{column.Name}' lies in another file; expected one file. Write it as one.")
            : piece.Get<ThriftStruct>(3);
    }

    private ThriftStruct ReadFooter()
    {
        long length = RandomAccess.GetLength(file);
        if (length < MagicLength + TailLength)
        {
            throw new StepZeroException($"{path}: {(length == 0 ? "is empty" : $"has only {length} bytes")}; expected a Parquet file. Write or copy it again.");
        }

        byte[] tail = ReadBytes(length - TailLength, TailLength);
        if (tail.AsSpan(sizeof(int)).SequenceEqual("PARE"u8))
        {
            throw Encrypted();
        }

        if (!ReadBytes(0, MagicLength).AsSpan().SequenceEqual("PAR1"u8))
        {
            throw new StepZeroException($"{path}: does not start with PAR1; expected a Parquet file. Give the file its right ending, or write it again.");
        }

        if (!tail.AsSpan(sizeof(int)).SequenceEqual("PAR1"u8))
        {
            throw new StepZeroException($"{path}: does not end with PAR1; expected a Parquet file that is whole. Write or copy it again.");
        }

        int footer = BinaryPrimitives.ReadInt32LittleEndian(tail);
        long start = length - TailLength - footer;
        return footer > 0 && start >= MagicLength
            ? ThriftStruct.Read(ReadBytes(start, footer), out _)
            : throw new StepZeroException($"{path}: says that its footer has {footer} bytes; expected 1 to {length - TailLength - MagicLength}. Write or copy it again.");
    }

    /// <summary>The columns of the table, and how many pieces a group of rows has: one for each column that holds no others.</summary>
    private static (IReadOnlyList<ParquetColumn> Columns, int Places) ReadSchema(ThriftStruct[] elements)
    {
        List<ParquetColumn> columns = [];
        int places = 0;
        long left = 0;
        foreach (ThriftStruct element in elements.Skip(1))
        {
            if (left == 0)
            {
                columns.Add(new ParquetColumn(element, places));
                left = 1;
            }

            long children = element.Find<long?>(5) ?? 0;
            left = checked(left - 1 + children);
            places += children == 0 ? 1 : 0;
        }

        return left == 0 && elements[0].Get<long>(5) == columns.Count ? (columns, places) : throw new InvalidDataException("the schema is incomplete");
    }

    private static long RowsOf(ThriftStruct group) => group.Get<long>(3) is >= 0 and long rows ? rows : throw new InvalidDataException("a group has a negative number of rows");

    private byte[] ReadBytes(long offset, long count)
    {
        if (offset < 0 || count < 0 || offset > RandomAccess.GetLength(file) - count)
        {
            throw new InvalidDataException($"{count} bytes should lie at {offset}");
        }

        byte[] bytes = new byte[count];
        for (int read = 0; read < bytes.Length;)
        {
            int some = RandomAccess.Read(file, bytes.AsSpan(read), offset + read);
            read += some > 0 ? some : throw new EndOfStreamException("it ends early");
        }

        return bytes;
    }

    private StepZeroException Encrypted() => new($"{path}: is encrypted; expected a Parquet file that is not. Write it without encryption.");
}
