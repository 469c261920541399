using System.Numerics;
using StepZero.Initialization;
using StepZero.Maps;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Maps;

/// <summary>Sets whose dimensions are known, drawn here.</summary>
public sealed class BoxCountingTests
{
    private static readonly double Koch = Math.Log(4) / Math.Log(3), Triangle = Math.Log(3) / Math.Log(2), Carpet = Math.Log(8) / Math.Log(3), DustTimesLine = 1 + (Math.Log(2) / Math.Log(3));

    public static TheoryData<string, int, double, double> Sets => new()
    {
        { "level line", 256, 1, 0 },
        { "line at 17°", 256, 1, 0.02 },
        { "line at 45°", 512, 1, 0.05 },
        { "circle", 256, 1, 0.03 },
        { "circle", 1024, 1, 0.02 },
        { "square", 256, 2, 0 },
        { "Koch", 256, Koch, 0.03 },
        { "Koch", 1024, Koch, 0.02 },
        { "Koch at 23°", 256, Koch, 0.03 },
        { "Koch at 23°", 1024, Koch, 0.02 },
        { "Sierpinski triangle", 256, Triangle, 0.03 },
        { "Sierpinski triangle", 1024, Triangle, 0.02 },
        { "Sierpinski triangle at 23°", 512, Triangle, 0.03 },
        { "Sierpinski carpet", 243, Carpet, 0.02 },
        { "Sierpinski carpet", 729, Carpet, 0.02 },
        { "Cantor dust times a line", 243, DustTimesLine, 0.04 },
        { "Cantor dust times a line", 729, DustTimesLine, 0.03 },
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_set_has_its_dimension_within_twice_the_error(string name, int size, double dimension, double accuracy)
    {
        BoxDimension found = BoxCounting.Of(Draw(name, size), size, size)!;
        Assert.Equal(dimension, found.Value, accuracy + 1e-9);
        Assert.InRange(Math.Abs(found.Value - dimension), 0, (2 * found.Error) + 1e-9);
        Assert.InRange(found.Error, 0, 0.15);
        Assert.Equal([3, 5, 7, 9, 11, 13], found.Counts.Take(6).Select(count => count.Size));
    }

    private static bool[] Draw(string name, int size)
    {
        bool[] set = new bool[size * size];
        double turn = name.EndsWith("23°") ? 23 * Math.PI / 180 : 0;
        switch (name.Replace(" at 23°", ""))
        {
            case "level line": Line(new Complex(0, 100.5), new Complex(size, 100.5)); break;
            case "line at 17°": Line(new Complex(0, 30), new Complex(size, 30 + (size * Math.Tan(17 * Math.PI / 180)))); break;
            case "line at 45°": Line(0, new Complex(size, size)); break;
            case "circle":
                for (int i = 0; i < 720; i++)
                {
                    Line(Place(0.4, i / 720.0), Place(0.4, (i + 1) / 720.0));
                }

                break;
            case "square": set.AsSpan().Fill(true); break;
            case "Koch": Curve(Turned(new Complex(-0.47, 0.13)), Turned(new Complex(0.47, 0.13)), size > 500 ? 7 : 6); break;
            case "Sierpinski triangle": Attractor(new Complex(0, 0), size, 3, [new(0, 0), new(0.5, 0), new(0.25, 0.5)], 0.5); break;
            case "Sierpinski carpet": Fill((x, y) => Digits(x, y, (a, b) => a == 1 && b == 1)); break;
            default: Fill((x, y) => Digits(x, x, (a, _) => a == 1)); break;
        }

        return set;

        Complex Turned(Complex place) => size * ((place * Complex.FromPolarCoordinates(1, turn)) + new Complex(0.5, 0.5));

        Complex Place(double radius, double share) => size * (new Complex(0.5, 0.5) + Complex.FromPolarCoordinates(radius, Math.Tau * share));

        void Line(Complex from, Complex to)
        {
            int steps = Math.Max(1, (int)(4 * (to - from).Magnitude));
            for (int i = 0; i <= steps; i++)
            {
                Set(from + ((to - from) * i / steps));
            }
        }

        void Set(Complex place)
        {
            (int x, int y) = ((int)Math.Floor(place.Real), (int)Math.Floor(place.Imaginary));
            if (x >= 0 && y >= 0 && x < size && y < size)
            {
                set[(y * size) + x] = true;
            }
        }

        void Curve(Complex from, Complex to, int depth)
        {
            if (depth == 0)
            {
                Line(from, to);
                return;
            }

            Complex third = (to - from) / 3, top = from + third + (third * Complex.FromPolarCoordinates(1, -Math.PI / 3));
            Curve(from, from + third, depth - 1);
            Curve(from + third, top, depth - 1);
            Curve(top, to - third, depth - 1);
            Curve(to - third, to, depth - 1);
        }

        // All images of the corner under so many maps, each into a part of the last image.
        void Attractor(Complex place, double scale, int maps, Complex[] shifts, double shrink)
        {
            if (scale < 1)
            {
                Complex about = (place / size) - new Complex(0.5, 0.5);
                Set(turn == 0 ? place : Turned(about * 0.7));
                return;
            }

            foreach (Complex shift in shifts)
            {
                Attractor(place + (shift * scale), scale * shrink, maps, shifts, shrink);
            }
        }

        void Fill(Func<int, int, bool> holds)
        {
            for (int i = 0; i < set.Length; i++)
            {
                set[i] = holds(i % size, i / size);
            }
        }

        static bool Digits(int x, int y, Func<int, int, bool> removed)
        {
            for (; x > 0 || y > 0; (x, y) = (x / 3, y / 3))
            {
                if (removed(x % 3, y % 3))
                {
                    return false;
                }
            }

            return true;
        }
    }

    [Fact]
    public void The_boundary_is_where_neighbours_part()
    {
        // Converged left of a vertical line, and all failures above count as one: some diverged, some did not.
        Map map = MapOf(100, 120, (column, row) => column < 40 ? PixelStatus.Converged : row % 2 == 0 ? PixelStatus.Diverged : PixelStatus.Unconverged);
        BoxDimension found = BoxCounting.Of(map)!;
        Assert.Equal(1, found.Value, 1e-9);
        Assert.Equal((3, 119 / 3.0), (found.Counts[0].Size, found.Counts[0].Boxes));
        Assert.Null(BoxCounting.Of(MapOf(100, 100, (_, _) => PixelStatus.Converged)));
        Assert.Null(BoxCounting.Of(MapOf(100, 100, (_, row) => row < 3 ? PixelStatus.Diverged : PixelStatus.Unconverged)));
    }

    [Fact]
    public void Pixels_that_are_missing_make_no_boundary()
    {
        Assert.Null(BoxCounting.Of(MapOf(100, 100, (column, _) => column < 40 ? PixelStatus.Converged : PixelStatus.Missing)));
        Assert.Null(BoxCounting.Of(MapOf(100, 100, (column, _) => column < 40 ? PixelStatus.Converged : column < 41 ? PixelStatus.Missing : PixelStatus.Diverged)));
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(1, 400, false)]
    [InlineData(56, 400, false)]
    [InlineData(57, 57, true)]
    public void A_small_map_tells_nothing(int columns, int rows, bool tells) =>
        Assert.Equal(tells, BoxCounting.Of(MapOf(columns, rows, (column, row) => column + row < 30 ? PixelStatus.Converged : PixelStatus.Diverged)) is not null);

    private static Map MapOf(int columns, int rows, Func<int, int, PixelStatus> status)
    {
        var map = new Map(new MapSpec(
            new RunSpec(new Architecture(2, [], Activation.Tanh), Initializer.He, new TrainingOptions()), MapAxis.Parse("gain:0..1"), MapAxis.Parse("offset:0..1"), columns, rows, MapMeasure.Cost));
        map.Enter(
            new MapBlock([.. Enumerable.Range(0, columns * rows)]),
            [.. Enumerable.Range(0, columns * rows).Select(pixel => new MapPixel(status(pixel % columns, pixel / columns), 0, 0, 0, 0))]);
        return map;
    }
}
