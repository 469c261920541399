using System.IO.Compression;
using StepZero.Files.Arrays;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Files.Arrays;

/// <summary>Files with a few bytes changed at random, as a bad disk or an attacker leaves them.</summary>
public sealed class DamagedArrayTests
{
    private const int Tries = 10_000;
    private const int MostChanges = 4;
    private const long MostAllocated = 200_000_000;

    [Theory]
    [InlineData("float64")]
    [InlineData("<U9")]
    public void A_changed_npy_file_is_read_or_refused(string type)
    {
        byte[] whole = ArrayGolden.File(ArrayGolden.Npy.Last(golden => golden.GetProperty("type").GetString() == type && golden.GetProperty("shape").Integers() is [> 0, > 0]));
        int read = Try(whole, file => ArrayGolden.ListNpy(file), (array, values) => Assert.Equal(array.Shape.Aggregate(1L, (product, size) => product * size), values.Length));
        Assert.InRange(read, Tries / 20, Tries * 9 / 10);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void A_changed_npz_file_is_read_rightly_or_refused(CompressionLevel level)
    {
        byte[] bytes = [.. Enumerable.Range(0, 60).Select(i => (byte)(i * i))];
        double[] doubles = [.. Enumerable.Range(0, 20).Select(i => Math.Sin(i))];
        string[] texts = ["cat", "dog", "cat", "owl"];
        using var written = new MemoryStream();
        NpzWriter.Write(written, [NpzEntry.Bytes("x", bytes, 5, 4, 3), NpzEntry.Doubles("w", doubles, 4, 5), NpzEntry.Texts("y", texts, 4)]);
        int read = Try(Packed(written, level), file => ArrayGolden.ListNpz(file), (array, values) =>
        {
            Array expected = array.Kind == ElementKind.Byte ? bytes : array.Kind == ElementKind.Number ? doubles : texts;
            Assert.Equal(expected, values);
        });
        Assert.InRange(read, Tries / 10, Tries * 29 / 10);
    }

    /// <summary>How many arrays were read.</summary>
    private static int Try(byte[] whole, Func<byte[], IReadOnlyList<StoredArray>> list, Action<StoredArray, Array> check)
    {
        var random = new NumPyRandom(7);
        int read = 0;
        for (int i = 0; i < Tries; i++)
        {
            byte[] file = [.. whole];
            for (uint changes = 1 + (random.NextUInt32() % MostChanges); changes > 0; changes--)
            {
                file[random.NextUInt32() % file.Length] = (byte)random.NextUInt32();
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (StoredArray array in Refusable(() => list(file)) ?? [])
            {
                if (Refusable(array.Read) is Array values)
                {
                    check(array, values);
                    read++;
                }
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
        }

        return read;
    }

    private static T? Refusable<T>(Func<T> action) where T : class
    {
        try
        {
            return action();
        }
        catch (StepZeroException refusal)
        {
            Assert.DoesNotContain('\n', refusal.Message);
            return null;
        }
    }

    private static byte[] Packed(MemoryStream stored, CompressionLevel level)
    {
        using var packed = new MemoryStream();
        using (var source = new ZipArchive(stored, ZipArchiveMode.Read))
        using (var target = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (ZipArchiveEntry member in source.Entries)
            {
                using Stream from = member.Open();
                using Stream to = target.CreateEntry(member.FullName, level).Open();
                from.CopyTo(to);
            }
        }

        return packed.ToArray();
    }
}
