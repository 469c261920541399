using StepZero.Diagnostics;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Sweeps;

/// <summary>Trains the pixels of a map, block by block. One instance serves any number of threads.</summary>
/// <param name="spec">The map.</param>
/// <param name="data">The training samples, prepared for the spec's run.</param>
public sealed class MapTraining(MapSpec spec, PreparedData data)
{
    private readonly Dictionary<string, (Parameters Drawn, Parameters Normals)> draws = [];
    private readonly double[] x = spec.X.Values(spec.Columns);
    private readonly double[] y = spec.Y.Values(spec.Rows);

    /// <summary>The blocks, from coarse to fine.</summary>
    public IReadOnlyList<MapBlock> Blocks { get; } = MapBlock.Of(spec);

    /// <summary>Trains blocks side by side on the threads.</summary>
    /// <param name="blocks">Which of <see cref="Blocks"/>, in this order.</param>
    /// <param name="keep">Receives each block with what became of its pixels, as soon as it is done; never two at a time.</param>
    /// <param name="threads">How many threads to use; the result does not depend on it.</param>
    /// <param name="cancellation">Ends the work early; blocks in hand are lost.</param>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    /// <exception cref="StepZeroException">The initializer needs data and they do not suffice.</exception>
    public void Run(IReadOnlyList<int> blocks, Action<int, MapPixel[]> keep, int threads = 1, CancellationToken cancellation = default) =>
        SideBySide.Map(blocks, threads, block =>
        {
            MapPixel[] pixels = Train(Blocks[block], cancellation);
            lock (draws)
            {
                keep(block, pixels);
            }

            return 0;
        });

    /// <summary>Trains a block.</summary>
    private MapPixel[] Train(MapBlock block, CancellationToken cancellation)
    {
        var pixels = new MapPixel[block.Pixels.Count];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = TrainAlone(spec.At(x[block.Pixels[i] % spec.Columns], y[block.Pixels[i] / spec.Columns]), cancellation);
        }

        return pixels;
    }

    /// <summary>Trains one pixel by itself.</summary>
    private MapPixel TrainAlone(MapPoint point, CancellationToken cancellation)
    {
        (Parameters drawn, Parameters normals) = Draw(point.Architecture);
        Trainer trainer = data.StartTrainer(point.Architecture, point.Start(drawn, normals), point.Training, spec.Run.Seed);
        int iterations = point.Training.UpdatesFor(data.Data.SampleCount);
        var costs = new PixelCosts(iterations);
        double cost = double.NaN;
        while (trainer.Iteration < iterations)
        {
            cancellation.ThrowIfCancellationRequested();
            cost = trainer.Step();
            if (!double.IsFinite(cost) || IsThere(cost))
            {
                break;
            }

            costs.Add(cost);
        }

        int? reached = IsThere(cost) ? costs.Count : null;
        cost = reached is null && double.IsFinite(cost) ? trainer.Cost() : cost;
        return Pixel(costs, cost, reached ?? (IsThere(cost) ? costs.Count : null), trainer);
    }

    private bool IsThere(double cost) => cost <= spec.Measure.Target;

    private MapPixel Pixel(PixelCosts costs, double cost, int? reached, Trainer trainer)
    {
        bool finite = double.IsFinite(cost);
        bool converged = costs.HasConverged(cost, out double convergence) && finite;
        double accuracy = finite ? trainer.Accuracy() ?? double.NaN : double.NaN;
        double value = spec.Measure.Quantity switch
        {
            MapQuantity.Convergence => convergence,
            _ when !finite => double.NaN,
            MapQuantity.Cost => cost,
            MapQuantity.Accuracy => accuracy,
            MapQuantity.Iterations => reached ?? double.NaN,
            _ => new Sharpness(trainer).Measure(),
        };
        return new MapPixel(converged ? PixelStatus.Converged : finite ? PixelStatus.Unconverged : PixelStatus.Diverged, value, finite ? cost : double.NaN, accuracy, convergence);
    }

    private (Parameters Drawn, Parameters Normals) Draw(Architecture architecture)
    {
        string key = string.Join('-', architecture.LayerSizes);
        lock (draws)
        {
            if (!draws.TryGetValue(key, out (Parameters, Parameters) found))
            {
                RunSpec run = spec.Run with { Architecture = architecture };
                found = (run.DrawParameters(data), MapPoint.NormalBiases(run, architecture));
                draws.Add(key, found);
            }

            return found;
        }
    }
}
