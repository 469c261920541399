using StepZero.Initialization;
using StepZero.Maps;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Maps;

public sealed class MapBlockTests
{
    public static TheoryData<string, string, int, int> Maps
    {
        get
        {
            var maps = new TheoryData<string, string, int, int>();
            foreach ((string x, string y) in ((string, string)[])[("gain:0..1", "offset:0..1"), ("depth:1..9", "gain:0..1"), ("gain:0..1", "width:1..7"), ("depth:1..3", "width:1..64:log")])
            {
                foreach ((int columns, int rows) in ((int, int)[])[(1, 1), (1, 40), (33, 1), (16, 16), (17, 31), (64, 64), (100, 37), (7, 300)])
                {
                    maps.Add(x, y, columns, rows);
                }
            }

            maps.Add("gain:0..1", "offset:0..1", 320, 200);
            return maps;
        }
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void Every_pixel_lies_in_one_block_of_one_network(string x, string y, int columns, int rows)
    {
        MapSpec spec = SpecOf(x, y, columns, rows);
        IReadOnlyList<MapBlock> blocks = MapBlock.Of(spec);
        Assert.Equal(Enumerable.Range(0, columns * rows), blocks.SelectMany(block => block.Pixels).Order());
        double[] atX = spec.X.Values(columns), atY = spec.Y.Values(rows);
        Assert.All(blocks, block =>
        {
            Assert.InRange(block.Pixels.Count, 1, 512);
            Assert.Single(block.Pixels.Select(pixel => string.Join('-', spec.At(atX[pixel % columns], atY[pixel / columns]).Architecture.LayerSizes)).Distinct());
        });
    }

    [Fact]
    public void A_map_comes_from_coarse_to_fine()
    {
        MapSpec spec = SpecOf("gain:0..1", "offset:0..1", 70, 50);
        int[] order = [.. MapBlock.Of(spec).SelectMany(block => block.Pixels)];
        int done = 0;
        foreach (int stride in (int[])[16, 8, 4, 2, 1])
        {
            int[] grid = [.. Enumerable.Range(0, spec.PixelCount).Where(pixel => pixel % 70 % stride == 0 && pixel / 70 % stride == 0)];
            Assert.Equal(grid, order[..grid.Length].Order());
            Assert.True(grid.Length > done);
            done = grid.Length;
        }
    }

    [Fact]
    public void A_missing_pixel_shows_what_the_coarser_grids_know()
    {
        MapSpec spec = SpecOf("gain:0..1", "offset:0..1", 70, 50);
        var map = new Map(spec);
        Assert.Equal(PixelStatus.Missing, map.Nearest(69, 49).Status);
        foreach (MapBlock block in MapBlock.Of(spec))
        {
            map.Enter(block, [.. block.Pixels.Select(pixel => new MapPixel(PixelStatus.Converged, pixel, 0, 0, -1))]);
            Assert.All(Enumerable.Range(0, spec.PixelCount), pixel => Assert.True(map.Nearest(pixel % 70, pixel / 70).Value <= pixel));
        }

        Assert.All(Enumerable.Range(0, spec.PixelCount), pixel => Assert.Equal(pixel, map.Nearest(pixel % 70, pixel / 70).Value));
        Assert.Equal((137, 137), (map[67, 1].Value, map.Pixels[137].Value));
    }

    [Fact]
    public void Small_maps_have_enough_blocks_for_many_threads_and_large_ones_no_more_than_needed()
    {
        Assert.InRange(MapBlock.Of(SpecOf("gain:0..1", "offset:0..1", 64, 64)).Count, 64, 80);
        Assert.InRange(MapBlock.Of(SpecOf("gain:0..1", "offset:0..1", 1024, 1024)).Count, 2048, 2064);
    }

    private static MapSpec SpecOf(string x, string y, int columns, int rows) => new(
        new RunSpec(new Architecture(3, [2], Activation.Tanh), Initializer.He, new TrainingOptions()), MapAxis.Parse(x), MapAxis.Parse(y), columns, rows, MapMeasure.Cost);
}
