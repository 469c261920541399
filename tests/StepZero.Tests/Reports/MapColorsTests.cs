using SkiaSharp;
using StepZero.Maps;
using StepZero.Reports;

namespace StepZero.Tests.Reports;

public sealed class MapColorsTests
{
    /// <summary>What eyes without one kind of cones see, in linear light: Machado, Oliveira and Fernandes 2009, severity 1.</summary>
    private static readonly Dictionary<string, double[]> Eyes = new()
    {
        ["all cones"] = [1, 0, 0, 0, 1, 0, 0, 0, 1],
        ["protanopia"] = [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        ["deuteranopia"] = [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        ["tritanopia"] = [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    };

    public static TheoryData<string> EyeNames => [.. Eyes.Keys];

    /// <summary>A difference ΔE of 2 is just seen; here any two colors of different families are at least 40 apart.</summary>
    [Theory]
    [MemberData(nameof(EyeNames))]
    public void All_eyes_tell_every_converged_training_from_every_other(string eyes)
    {
        var colors = new MapColors(DrawnMaps.Falling(DrawnMaps.Spec()));
        double[][] blues = Family(colors.Converged, eyes), oranges = Family(colors.Failed, eyes);
        Assert.InRange(Nearest(blues, oranges), 40, 200);

        // At the boundary they also differ on gray paper: dark blue against cream.
        Assert.InRange(oranges[0][0] - blues[0][0], 80, 100);

        double[][] unreached = [Lab(MapColors.Unreached, eyes)], missing = [Lab(MapColors.Missing, eyes)];
        Assert.InRange(Nearest(blues, unreached), 25, 200);
        Assert.InRange(Nearest(oranges, unreached), 25, 200);
        Assert.InRange(Nearest(blues, missing), 20, 200);
        Assert.InRange(Nearest(unreached, missing), 20, 200);
    }

    [Theory]
    [MemberData(nameof(EyeNames))]
    public void Each_family_gets_lighter_or_darker_from_end_to_end(string eyes)
    {
        var colors = new MapColors(DrawnMaps.Falling(DrawnMaps.Spec()));
        double[] blues = [.. Family(colors.Converged, eyes).Select(lab => lab[0])], oranges = [.. Family(colors.Failed, eyes).Select(lab => lab[0])];
        Assert.All(blues.Zip(blues.Skip(1)), pair => Assert.True(pair.Second > pair.First - 0.5, $"{pair}"));
        Assert.All(oranges.Zip(oranges.Skip(1)), pair => Assert.True(pair.Second < pair.First + 0.5, $"{pair}"));
    }

    /// <summary>Ranks as shares, as <c>numpy.interp(x, numpy.sort(x), numpy.linspace(0, 1, 5))</c> gives them.</summary>
    [Fact]
    public void Values_are_spread_by_rank()
    {
        double[] values = [3, -1e9, 0.5, 1e300, 2];
        var family = new MapFamily([.. values], [SKColors.Black, SKColors.White], falls: false, byRank: true);
        Assert.Equal([0.75, 0, 0.25, 1, 0.5], values.Select(family.ShareOf));
        Assert.Equal([-1e9, 0.5, 2, 3, 1e300], ((double[])[0, 0.25, 0.5, 0.75, 1]).Select(family.ValueAt));
        var falling = new MapFamily([.. values], [SKColors.Black, SKColors.White], falls: true, byRank: true);
        Assert.Equal([0.25, 1, 0.75, 0, 0.5], values.Select(falling.ShareOf));
        Assert.Equal(1e300, falling.ValueAt(0));
        Assert.Equal(SKColors.White, falling[-1e9]);
    }

    [Fact]
    public void Equal_values_have_the_color_in_the_middle_of_their_ranks()
    {
        var family = new MapFamily([1, 2, 2, 2, 5], [SKColors.Black, SKColors.White], falls: false, byRank: true);
        Assert.Equal((0, 0.5, 1), (family.ShareOf(1), family.ShareOf(2), family.ShareOf(5)));
        var same = new MapFamily([7, 7], [SKColors.Black, SKColors.White], falls: true, byRank: true);
        Assert.Equal((0.5, true), (same.ShareOf(7), same.IsOneValue));
        var one = new MapFamily([7], [SKColors.Black, SKColors.White], falls: false, byRank: true);
        Assert.Equal((0.5, 7), (one.ShareOf(7), one.ValueAt(0.3)));
    }

    [Fact]
    public void Accuracies_are_spread_as_they_are()
    {
        MapSpec spec = DrawnMaps.Spec(columns: 4, rows: 1, measure: "accuracy");
        double[] accuracies = [0.5, 0.9, 1, 0.5];
        var colors = new MapColors(DrawnMaps.Of(spec, (column, _) => DrawnMaps.Converged(accuracies[column], 0.1)));
        Assert.Equal([0, 0.8, 1, 0], accuracies.Select(accuracy => Math.Round(colors.Converged.ShareOf(accuracy), 12)));
    }

    /// <summary>Less cost, iterations and sharpness is lighter; more of the rest is.</summary>
    [Theory]
    [InlineData("cost", true)]
    [InlineData("convergence", false)]
    [InlineData("accuracy", false)]
    [InlineData("iterations:0.1", true)]
    [InlineData("sharpness", true)]
    public void The_best_are_lightest(string measure, bool less)
    {
        var colors = new MapColors(DrawnMaps.Of(DrawnMaps.Spec(columns: 2, rows: 1, measure: measure), (column, _) => DrawnMaps.Converged(column)));
        Assert.Equal(less ? (1, 0) : (0, 1), (colors.Converged.ShareOf(0), colors.Converged.ShareOf(1)));
    }

    [Fact]
    public void Trainings_that_did_not_converge_are_colored_by_how_long_they_held_out_whatever_is_measured()
    {
        MapSpec spec = DrawnMaps.Spec(columns: 3, rows: 1, measure: "iterations:0.1");
        MapPixel[] pixels = [DrawnMaps.Diverged(1), new(PixelStatus.Unconverged, 5, 0.7, 0.5, 400), DrawnMaps.Converged(double.NaN, 0.5)];
        var colors = new MapColors(DrawnMaps.Of(spec, (column, _) => pixels[column]));
        Assert.Equal([colors.Failed.ColorAt(1), colors.Failed.ColorAt(0), MapColors.Unreached], pixels.Select(colors.Of));
        Assert.Equal((0, 2, 1, 0), (colors.Converged.Count, colors.Failed.Count, colors.UnreachedCount, colors.MissingCount));
    }

    [Fact]
    public void A_missing_pixel_looks_as_the_trained_one_that_stands_for_it()
    {
        MapSpec spec = DrawnMaps.Spec(columns: 20, rows: 3);
        var map = new Map(spec);
        Assert.True(new MapColors(map).HasBlanks);
        map.Enter(new MapBlock([0]), [DrawnMaps.Converged(0.5)]);
        map.Enter(new MapBlock([2]), [DrawnMaps.Diverged(3)]);
        var colors = new MapColors(map);
        using SKBitmap picture = colors.Draw(8192);
        Assert.Equal(colors.Converged[0.5], picture.GetPixel(1, 2));
        Assert.Equal(colors.Failed[3], picture.GetPixel(3, 1));
        Assert.Equal(MapColors.Missing, picture.GetPixel(16, 2));
        Assert.Equal((true, 58), (colors.HasBlanks, colors.MissingCount));
        map.Enter(new MapBlock([16]), [DrawnMaps.Converged(0.6)]);
        Assert.False(new MapColors(map).HasBlanks);
    }

    [Fact]
    public void Colors_do_not_depend_on_the_order_of_blocks_and_the_first_row_is_at_the_bottom()
    {
        MapSpec spec = DrawnMaps.Spec(columns: 37, rows: 21);
        Map map = DrawnMaps.Falling(spec), turned = new(spec);
        foreach (MapBlock block in MapBlock.Of(spec).Reverse())
        {
            turned.Enter(block, [.. block.Pixels.Select(i => map.Pixels[i])]);
        }

        var colors = new MapColors(map);
        using SKBitmap one = colors.Draw(8192), other = new MapColors(turned).Draw(8192);
        Assert.Equal(one.Bytes, other.Bytes);
        Assert.All(Enumerable.Range(0, 21), row => Assert.Equal(colors.Of(map[5, row]), one.GetPixel(5, 20 - row)));
    }

    [Fact]
    public void Of_a_map_that_is_too_large_every_other_pixel_is_drawn()
    {
        MapSpec spec = DrawnMaps.Spec(columns: 21, rows: 4);
        Map map = DrawnMaps.Falling(spec);
        var colors = new MapColors(map);
        using SKBitmap picture = colors.Draw(11);
        Assert.Equal((11, 2), (picture.Width, picture.Height));
        Assert.Equal(colors.Of(map[6, 2]), picture.GetPixel(3, 0));
    }

    private static double[][] Family(MapFamily family, string eyes) => [.. Enumerable.Range(0, 65).Select(i => Lab(family.ColorAt(i / 64.0), eyes))];

    private static double Nearest(double[][] some, double[][] others) =>
        some.Min(one => others.Min(other => Math.Sqrt(one.Zip(other, (a, b) => (a - b) * (a - b)).Sum())));

    /// <summary>CIE L*a*b* under D65.</summary>
    private static double[] Lab(SKColor color, string eyes)
    {
        double[] rgb = [Linear(color.Red), Linear(color.Green), Linear(color.Blue)];
        double[] seen = [.. Times(Eyes[eyes], rgb).Select(light => Math.Clamp(light, 0, 1))];
        double[] xyz = Times([0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.0721750, 0.0193339, 0.1191920, 0.9503041], seen);
        (double x, double y, double z) = (Root(xyz[0] / 0.95047), Root(xyz[1]), Root(xyz[2] / 1.08883));
        return [(116 * y) - 16, 500 * (x - y), 200 * (y - z)];

        static double Linear(byte value) => value / 255.0 is double share && share <= 0.04045 ? share / 12.92 : Math.Pow(((value / 255.0) + 0.055) / 1.055, 2.4);

        static double Root(double value) => value > 216.0 / 24389 ? Math.Cbrt(value) : ((24389.0 / 27 * value) + 16) / 116;

        static double[] Times(double[] matrix, double[] vector) =>
            [.. Enumerable.Range(0, 3).Select(row => (matrix[3 * row] * vector[0]) + (matrix[(3 * row) + 1] * vector[1]) + (matrix[(3 * row) + 2] * vector[2]))];
    }
}
