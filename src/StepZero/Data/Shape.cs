using System.Runtime.CompilerServices;

namespace StepZero.Data;

/// <summary>A rectangle that holds a shape.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom);

/// <summary>A shape in a plane whose y runs down.</summary>
internal abstract class Shape
{
    /// <summary>A rectangle that holds it.</summary>
    public abstract Box Box { get; }

    /// <summary>How far a point lies outside its edge; negative inside. Exact near the edge, which is where it shows.</summary>
    public abstract double Distance(double x, double y);
}

/// <summary>An ellipse, turned clockwise by the angle whose half has the tangent <c>tilt</c>.</summary>
internal sealed class Ellipse(double centerX, double centerY, double radiusX, double radiusY, double tilt = 0) : Shape
{
    private readonly double cosine = (1 - (tilt * tilt)) / (1 + (tilt * tilt));
    private readonly double sine = 2 * tilt / (1 + (tilt * tilt));
    private readonly double perX = 1 / (radiusX * radiusX);
    private readonly double perY = 1 / (radiusY * radiusY);

    public override Box Box
    {
        get
        {
            double reachX = Math.Sqrt((cosine * cosine * radiusX * radiusX) + (sine * sine * radiusY * radiusY));
            double reachY = Math.Sqrt((sine * sine * radiusX * radiusX) + (cosine * cosine * radiusY * radiusY));
            return new Box(centerX - reachX, centerY - reachY, centerX + reachX, centerY + reachY);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Distance(double x, double y)
    {
        double dx = x - centerX;
        double dy = y - centerY;
        double u = (cosine * dx) + (sine * dy);
        double v = (cosine * dy) - (sine * dx);
        double level = (u * u * perX) + (v * v * perY) - 1;
        double slopeX = u * perX;
        double slopeY = v * perY;
        return level / (2 * Math.Sqrt((slopeX * slopeX) + (slopeY * slopeY) + 1e-12));
    }
}

/// <summary>A chain of straight strokes from point to point, whose radius runs evenly from the first to the last.</summary>
internal sealed class Stroke : Shape
{
    private readonly (double X, double Y, double Radius)[] points;

    /// <summary>One straight stroke.</summary>
    public Stroke(double x0, double y0, double x1, double y1, double radius0, double radius1) => points = [(x0, y0, radius0), (x1, y1, radius1)];

    /// <summary>A curve from the first point to the last that the other two pull (Bézier's cubic), in straight pieces.</summary>
    public Stroke(
        (double X, double Y) from, (double X, double Y) pull0, (double X, double Y) pull1, (double X, double Y) to, double radius0, double radius1,
        int pieces = 8)
    {
        points = new (double, double, double)[pieces + 1];
        for (int i = 0; i <= pieces; i++)
        {
            double t = (double)i / pieces;
            double s = 1 - t;
            double a = s * s * s;
            double b = 3 * s * s * t;
            double c = 3 * s * t * t;
            double d = t * t * t;
            points[i] = (
                (a * from.X) + (b * pull0.X) + (c * pull1.X) + (d * to.X), (a * from.Y) + (b * pull0.Y) + (c * pull1.Y) + (d * to.Y),
                radius0 + (t * (radius1 - radius0)));
        }
    }

    public override Box Box => new(
        points.Min(p => p.X - p.Radius), points.Min(p => p.Y - p.Radius), points.Max(p => p.X + p.Radius), points.Max(p => p.Y + p.Radius));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Distance(double x, double y)
    {
        double nearest = double.MaxValue;
        for (int i = 1; i < points.Length; i++)
        {
            (double x0, double y0, double radius0) = points[i - 1];
            (double x1, double y1, double radius1) = points[i];
            double alongX = x1 - x0;
            double alongY = y1 - y0;
            double t = (((x - x0) * alongX) + ((y - y0) * alongY)) / ((alongX * alongX) + (alongY * alongY));
            t = t < 0 ? 0 : t > 1 ? 1 : t;
            double dx = x - x0 - (t * alongX);
            double dy = y - y0 - (t * alongY);
            double distance = Math.Sqrt((dx * dx) + (dy * dy)) - radius0 - (t * (radius1 - radius0));
            nearest = distance < nearest ? distance : nearest;
        }

        return nearest;
    }
}

/// <summary>A convex polygon with round corners; its points run clockwise on the screen.</summary>
internal sealed class Polygon(double rounding, params (double X, double Y)[] points) : Shape
{
    public override Box Box => new(
        points.Min(p => p.X) - rounding, points.Min(p => p.Y) - rounding, points.Max(p => p.X) + rounding, points.Max(p => p.Y) + rounding);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Distance(double x, double y)
    {
        double nearest = double.MaxValue;
        bool inside = true;
        (double x0, double y0) = points[^1];
        foreach ((double x1, double y1) in points)
        {
            double alongX = x1 - x0;
            double alongY = y1 - y0;
            double fromX = x - x0;
            double fromY = y - y0;
            inside &= (alongX * fromY) - (alongY * fromX) >= 0;
            double t = ((fromX * alongX) + (fromY * alongY)) / ((alongX * alongX) + (alongY * alongY));
            t = t < 0 ? 0 : t > 1 ? 1 : t;
            double dx = fromX - (t * alongX);
            double dy = fromY - (t * alongY);
            double square = (dx * dx) + (dy * dy);
            nearest = square < nearest ? square : nearest;
            (x0, y0) = (x1, y1);
        }

        double distance = Math.Sqrt(nearest);
        return (inside ? -distance : distance) - rounding;
    }
}
