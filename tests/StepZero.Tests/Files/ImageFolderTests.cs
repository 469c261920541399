using StepZero.Data;
using StepZero.Files;

namespace StepZero.Tests.Files;

public sealed class ImageFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string> Pictures => [.. Repository.Golden("pictures.json").EnumerateObject().Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Every_kind_of_picture_becomes_the_RGB_of_PIL(string name)
    {
        Put(name, $"cat.1{Path.GetExtension(name)}");
        Dataset data = Read().Data;
        Assert.Equal(new ImageSize(7, 5), data.ImageSize);
        int[] expected = Repository.Golden("pictures.json").GetProperty(name).Integers();
        Assert.Equal(expected, data.Bytes.ToArray().Select(value => (int)value));
    }

    [Fact]
    public void Classes_come_from_names_or_sub_folders_in_order_of_names()
    {
        Put("rgb.png", "dog-7.png");
        Put("rgb.png", "cat.10.png");
        Put("gray.png", "cat.2.png");
        Put("rgb.png", "bird/any.png");
        Put("rgb.png", "owl_1.png");
        File.WriteAllText(Path.Combine(folder, "notes.txt"), "no picture");
        Dataset data = Read().Data;
        Assert.Equal(["bird", "cat", "dog", "owl"], data.Classes);
        Assert.Equal([0, 1, 1, 2, 3], data.Labels.ToArray());
        Assert.Equal("bird", data.Positive);
        Assert.Equal(Path.GetFileName(folder), data.Name);
    }

    [Fact]
    public void Names_do_not_matter_where_targets_do_not()
    {
        Put("rgb.png", "7.png");
        Put("gray.png", "sub/_.png");
        Assert.StartsWith($"{folder}/7.png: the name gives no class;", Message(), StringComparison.Ordinal);
        Dataset data = Read(new DataOptions { Unlabelled = true }).Data;
        Assert.Equal([""], data.Classes);
        Assert.Equal([0, 0], data.Labels.ToArray());
    }

    [Fact]
    public void Threads_do_not_change_the_result()
    {
        for (int i = 0; i < 40; i++)
        {
            Put(i % 3 == 0 ? "rgb.png" : "gray.png", $"{(i % 2 == 0 ? "a" : "b")}.{i}.png");
        }

        Assert.Equal(DataHash.Of(Read(new DataOptions { Threads = 1 }).Data), DataHash.Of(Read(new DataOptions { Threads = 4 }).Data));
    }

    [Fact]
    public void Pictures_of_different_sizes_are_an_error_unless_resized()
    {
        Put("rgb.png", "a.1.png");
        WritePicture("b.2.png", 14, 10);
        Assert.Equal($"{folder}/b.2.png: 14×10 pixels; expected 7×5 as in the first picture. Resize all with --image-size 7x5.", Message());
        Dataset data = Read(new DataOptions { Size = new ImageSize(3, 2) }).Data;
        Assert.Equal(18, data.FeatureCount);

        // A picture of one colour has that colour at any size.
        Assert.Equal(Enumerable.Repeat((byte)200, 18), data.Bytes[18..].ToArray());
    }

    [Fact]
    public void A_bad_file_is_named_and_can_be_left_out()
    {
        Put("color.jpeg", "a.1.jpg");
        Put("color.jpeg", "b.2.jpg");
        byte[] whole = File.ReadAllBytes(Path.Combine(folder, "a.1.jpg"));
        File.WriteAllBytes(Path.Combine(folder, "a.2.jpg"), whole[..^40]);
        Assert.Equal($"{folder}/a.2.jpg: the file is truncated; expected a whole picture. Remove it, or leave it out with --skip-bad.", Message());

        File.WriteAllText(Path.Combine(folder, "a.2.jpg"), "some text");
        Assert.Equal(
            $"{folder}/a.2.jpg: not a picture that can be read; expected JPEG, PNG, BMP, GIF or WebP. Remove it, or leave it out with --skip-bad.", Message());

        File.WriteAllBytes(Path.Combine(folder, "a.2.jpg"), []);
        Assert.Equal($"{folder}/a.2.jpg: the file is empty; expected a picture. Remove it, or leave it out with --skip-bad.", Message());

        LoadedData content = Read(new DataOptions { SkipBad = true });
        Assert.Equal(2, content.Data.SampleCount);
        Assert.Equal([0, 1], content.Data.Labels.ToArray());
        Assert.Equal(2, content.Notes.Count);
        Assert.Contains("a.2.jpg", content.Notes[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_that_claims_too_many_pixels_is_refused_before_it_is_decoded()
    {
        Put("huge.png", "a.1.png");
        long before = GC.GetTotalAllocatedBytes();
        Assert.Equal($"{folder}/a.1.png: claims 60000×60000 pixels; at most 100 million are read. Remove it, or leave it out with --skip-bad.", Message());
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 10_000_000);
        Assert.Contains("none of the 1 files", Message(new DataOptions { SkipBad = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_cut_anywhere_ends_in_an_error_or_a_picture_of_the_right_size()
    {
        foreach (string name in (string[])["color.jpeg", "rgb.png", "palette.gif", "rgb.bmp", "lossless.webp"])
        {
            byte[] whole = File.ReadAllBytes(Repository.GoldenPath($"pictures/{name}"));
            for (int sixteenth = 0; sixteenth < 16; sixteenth++)
            {
                string path = Path.Combine(folder, $"a.1{Path.GetExtension(name)}");
                File.WriteAllBytes(path, whole[..(whole.Length * sixteenth / 16)]);
                try
                {
                    Assert.Equal(new ImageSize(7, 5), Read().Data.ImageSize);
                }
                catch (StepZeroException error)
                {
                    Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
                }

                File.Delete(path);
            }
        }
    }

    [Fact]
    public void A_folder_without_pictures_is_an_error()
    {
        Assert.StartsWith($"{folder}: no pictures found; expected files such as cat.1.jpg", Message(), StringComparison.Ordinal);
        Put("rgb.png", "17.png");
        Assert.StartsWith($"{folder}/17.png: the name gives no class", Message(), StringComparison.Ordinal);
    }

    private void Put(string golden, string name)
    {
        string target = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(Repository.GoldenPath($"pictures/{golden}"), target);
    }

    private void WritePicture(string name, int width, int height)
    {
        using var bitmap = new SkiaSharp.SKBitmap(width, height);
        bitmap.Erase(new SkiaSharp.SKColor(200, 200, 200));
        using FileStream file = File.Create(Path.Combine(folder, name));
        bitmap.Encode(file, SkiaSharp.SKEncodedImageFormat.Png, 100);
    }

    private LoadedData Read(DataOptions? options = null) => ImageFolder.Read(folder, options ?? new DataOptions());

    private string Message(DataOptions? options = null) => Assert.Throws<StepZeroException>(() => Read(options)).Message;
}
