using System.Text.RegularExpressions;
using StepZero.Maps;
using StepZero.Reports;

namespace StepZero.Tests.Reports;

public sealed class MapTextPictureTests
{
    /// <summary>Five columns and four rows, of which the upper two and the lower two are drawn as one; the lower left corner converged best.</summary>
    [Fact]
    public void Signs_stand_for_what_converged()
    {
        Map map = DrawnMaps.Of(DrawnMaps.Spec(columns: 5, rows: 4), (column, row) => row >= 2 || column == 4 ? DrawnMaps.Diverged(3) : DrawnMaps.Converged(column));
        Assert.Equal(".....\n##++.\n# converged, + converged less well, . did not; → gain 0.01 to 100, ↑ learning-rate 0.001 to 1,000\n", MapTextPicture.Of(map, 80, color: false));
    }

    [Fact]
    public void Half_blocks_have_the_colors_of_two_pixels()
    {
        Map map = DrawnMaps.Of(DrawnMaps.Spec(columns: 2, rows: 2), (column, row) => row == 1 ? DrawnMaps.Diverged(column) : DrawnMaps.Converged(column));
        string line = MapTextPicture.Of(map, 80, color: true).Split('\n')[0];
        Assert.Equal("\e[38;2;156;47;6m\e[48;2;134;197;242m▀\e[38;2;255;241;196m\e[48;2;6;18;63m▀\e[0m", line);
    }

    [Theory]
    [InlineData(300, 200, 60)]
    [InlineData(20, 2000, 80)]
    [InlineData(2000, 3, 80)]
    [InlineData(1, 1, 80)]
    public void The_picture_fits_into_a_terminal(int columns, int rows, int width)
    {
        string text = MapTextPicture.Of(DrawnMaps.Falling(DrawnMaps.Spec(columns: columns, rows: rows)), width, color: true);
        string[] lines = Regex.Replace(text, "\e\\[[0-9;]*m", "").TrimEnd('\n').Split('\n');
        Assert.InRange(lines.Length, 2, 25);
        Assert.All(lines[..^1], line => Assert.InRange(line.Length, 1, width));
    }

    [Fact]
    public void What_is_not_trained_is_left_blank() =>
        Assert.StartsWith("  \n#", MapTextPicture.Of(new Map(DrawnMaps.Spec(columns: 2, rows: 2)), 80, color: false), StringComparison.Ordinal);
}
