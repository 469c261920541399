using System.Collections.Concurrent;
using StepZero.Diagnostics;
using StepZero.Networks;
using StepZero.Numerics;
using StepZero.Training;

namespace StepZero.Maps;

/// <summary>Trains the pixels of a map, block by block, in lanes where these pay. One instance serves any number of threads.</summary>
/// <param name="spec">The map.</param>
/// <param name="data">The training samples, prepared for the spec's run.</param>
/// <param name="width">The vectors of the lanes' products; null for the machine's. They change no bit.</param>
/// <param name="clock">Times the parts of a step; null to leave it out.</param>
public sealed class MapTraining(MapSpec spec, PreparedData data, VectorWidth? width = null, TimeProvider? clock = null)
{
    private readonly RecentNetworks<DrawnParameters> draws = new(architecture =>
    {
        (Parameters drawn, Parameters normals) = MapStarts.Draw(spec, data, architecture);
        return new DrawnParameters(drawn, normals, data);
    });

    private readonly RecentNetworks<ConcurrentBag<LaneTrainer>> idle = new(_ => []);
    private readonly ConcurrentBag<StepTimes> times = [];
    private readonly Lock keeping = new();
    private readonly double[] x = spec.X.Values(spec.Columns);
    private readonly double[] y = spec.Y.Values(spec.Rows);
    private readonly int iterations = spec.Run.Training.UpdatesFor(data.Data.SampleCount);
    private double firstProducts;

    /// <summary>The blocks, from coarse to fine.</summary>
    public IReadOnlyList<MapBlock> Blocks { get; } = MapBlock.Of(spec);

    /// <summary>The multiply-adds of the products of the first layer in all trainings so far: in the dual form forward, in the primal form back as well.</summary>
    public double FirstProducts => firstProducts;

    /// <summary>Where the time of the steps in lanes went, as shares from 0 to 1 that are 1 together; empty without a clock, and where nothing was trained in lanes.</summary>
    public IReadOnlyList<(StepPart Part, double Share)> Parts
    {
        get
        {
            (StepPart Part, double Ticks)[] parts = [.. Enum.GetValues<StepPart>().Select(part => (part, times.Sum(one => (double)one.Ticks[(int)part])))];
            double all = parts.Sum(part => part.Ticks);
            return all == 0 ? [] : [.. parts.Select(part => (part.Part, part.Ticks / all))];
        }
    }

    /// <summary>A whole map.</summary>
    /// <param name="spec">What it shows.</param>
    /// <param name="data">The training samples, prepared for the spec's run.</param>
    /// <param name="threads">How many threads to use; the result does not depend on it.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    /// <exception cref="StepZeroException">The map is impossible, or the initializer needs data and they do not suffice.</exception>
    public static Map MapOf(MapSpec spec, PreparedData data, int threads = 1, CancellationToken cancellation = default)
    {
        spec.Check();
        var map = new Map(spec);
        var training = new MapTraining(spec, data);
        training.Run([.. Enumerable.Range(0, training.Blocks.Count)], (block, pixels) => map.Enter(training.Blocks[block], pixels), threads, cancellation);
        return map;
    }

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
            lock (keeping)
            {
                keep(block, pixels);
            }

            return 0;
        });

    /// <summary>Trains the pixels of a block.</summary>
    internal MapPixel[] Train(MapBlock block, CancellationToken cancellation)
    {
        MapPoint first = PointOf(block.Pixels[0]);
        if (PixelsLike(block.Pixels[0]) < data.Lanes || !LaneTrainer.Fits(first.Architecture, first.Training, data))
        {
            return [.. block.Pixels.Select(pixel => TrainAlone(PointOf(pixel), cancellation))];
        }

        ConcurrentBag<LaneTrainer> free = idle.Of(first.Architecture);
        LaneTrainer lanes = free.TryTake(out LaneTrainer? used) ? used : data.StartLanes(first.Architecture, first.Training, width, Timed());
        MapPixel[] pixels = TrainInLanes(block, lanes, cancellation);
        free.Add(lanes);
        return pixels;
    }

    /// <summary>Trains the pixels of a block, each by itself.</summary>
    internal MapPixel[] TrainAlone(MapBlock block) => [.. block.Pixels.Select(pixel => TrainAlone(PointOf(pixel), CancellationToken.None))];

    /// <summary>Trains pixels in lanes: one that has ended makes room for the next.</summary>
    private MapPixel[] TrainInLanes(MapBlock block, LaneTrainer lanes, CancellationToken cancellation)
    {
        var pixels = new MapPixel[block.Pixels.Count];
        var inLanes = new PixelInLane?[lanes.Lanes];
        double[] costs = new double[lanes.Lanes];
        int[] right = new int[lanes.Lanes];
        DrawnParameters draw = draws.Of(PointOf(block.Pixels[0]).Architecture);
        for (int next = 0; ;)
        {
            for (int lane = 0; lane < inLanes.Length && next < pixels.Length; lane++)
            {
                inLanes[lane] ??= Load(lanes, lane, draw, block, next++);
            }

            if (Array.TrueForAll(inLanes, one => one is null))
            {
                return pixels;
            }

            cancellation.ThrowIfCancellationRequested();
            uint last = 0, there = 0;
            for (int lane = 0; lane < inLanes.Length; lane++)
            {
                last |= inLanes[lane] is not null && lanes.Iteration(lane) == iterations ? 1u << lane : 0;
            }

            lanes.Evaluate(costs, last, right);
            for (int lane = 0; lane < inLanes.Length; lane++)
            {
                there |= inLanes[lane] is not null && IsThere(costs[lane]) ? 1u << lane : 0;
            }

            if ((there & ~last) != 0)
            {
                // Whose samples are to be counted is known only now.
                lanes.Evaluate(costs, last | there, right);
            }

            for (int lane = 0; lane < inLanes.Length; lane++)
            {
                if (inLanes[lane] is not PixelInLane one)
                {
                    continue;
                }

                if (double.IsFinite(costs[lane]) && ((last | there) >> lane & 1) == 0)
                {
                    one.Costs.Add(costs[lane]);
                    continue;
                }

                pixels[one.Place] = Ended(one, lanes, lane, costs[lane], right[lane], cancellation);
                inLanes[lane] = null;
            }

            lanes.Update();
        }
    }

    private PixelInLane Load(LaneTrainer lanes, int lane, DrawnParameters draw, MapBlock block, int place)
    {
        MapPoint point = PointOf(block.Pixels[place]);
        lanes.Load(lane, draw, point.Gains, point.Offsets, point.BiasStd, point.Training);
        return new PixelInLane(place, point) { Costs = new PixelCosts(iterations) };
    }

    private MapPixel Ended(PixelInLane one, LaneTrainer lanes, int lane, double cost, int right, CancellationToken cancellation) => Pixel(
        one.Point.Architecture, one.Costs, cost, one.Point.Architecture.Loss == Loss.Mse ? null : (double)right / data.Data.SampleCount,
        () => TrainerOf(one.Point, lanes.Save(lane)), cancellation);

    /// <summary>Trains one pixel by itself.</summary>
    private MapPixel TrainAlone(MapPoint point, CancellationToken cancellation)
    {
        Trainer trainer = TrainerOf(point, null);
        var sums = new PixelCosts(iterations);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            double cost = trainer.Iteration < iterations ? trainer.Step() : trainer.Cost();
            if (!double.IsFinite(cost) || sums.Count == iterations)
            {
                return Pixel(point.Architecture, sums, cost, trainer.Accuracy(), () => trainer, cancellation);
            }

            if (IsThere(cost))
            {
                // The update that followed is one too many.
                Trainer there = Trained(point, sums.Count);
                return Pixel(point.Architecture, sums, cost, there.Accuracy(), () => there, cancellation);
            }

            sums.Add(cost);
        }
    }

    private Trainer Trained(MapPoint point, int updates)
    {
        Trainer trainer = TrainerOf(point, null);
        while (trainer.Iteration < updates)
        {
            trainer.Step();
        }

        return trainer;
    }

    private bool IsThere(double cost) => cost <= spec.Measure.Target;

    /// <summary>What became of a training.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="sums">Its costs, but for the last.</param>
    /// <param name="cost">The last cost: after the last update, at the target, or not finite.</param>
    /// <param name="accuracy">The share of samples classified rightly; null where targets are numbers.</param>
    /// <param name="trainer">A trainer in its last state.</param>
    /// <param name="cancellation">Ends the work early.</param>
    private MapPixel Pixel(Architecture architecture, PixelCosts sums, double cost, double? accuracy, Func<Trainer> trainer, CancellationToken cancellation)
    {
        double units = architecture.LayerSizes[1], samples = data.Data.SampleCount;
        double products = sums.Count * units * samples * (data.Form == TrainingForm.Dual ? samples : 2.0 * architecture.LayerSizes[0]);
        lock (keeping)
        {
            firstProducts += products;
        }

        bool finite = double.IsFinite(cost);
        bool converged = sums.HasConverged(cost, out double convergence) && finite;
        double right = finite ? accuracy ?? double.NaN : double.NaN;
        double value = spec.Measure.Quantity switch
        {
            MapQuantity.Convergence => convergence,
            _ when !finite => double.NaN,
            MapQuantity.Cost => cost,
            MapQuantity.Accuracy => right,
            MapQuantity.Iterations => IsThere(cost) ? sums.Count : double.NaN,
            _ => new Sharpness(trainer(), cancellation).Measure(),
        };
        return new MapPixel(converged ? PixelStatus.Converged : finite ? PixelStatus.Unconverged : PixelStatus.Diverged, value, finite ? cost : double.NaN, right, convergence);
    }

    /// <summary>The pixels of the whole map that have the network of one: where they are few, most lanes would stay empty. It does not depend on the blocks.</summary>
    private long PixelsLike(int pixel)
    {
        double atX = x[pixel % spec.Columns], atY = y[pixel / spec.Columns];
        return (long)(spec.X.ChangesNetwork ? x.Count(value => value == atX) : spec.Columns) * (spec.Y.ChangesNetwork ? y.Count(value => value == atY) : spec.Rows);
    }

    private MapPoint PointOf(int pixel) => spec.At(x[pixel % spec.Columns], y[pixel / spec.Columns]);

    private Trainer TrainerOf(MapPoint point, TrainerState? state)
    {
        DrawnParameters draw = draws.Of(point.Architecture);
        Trainer trainer = data.StartTrainer(point.Architecture, point.Start(draw.Drawn, draw.Normals), point.Training, spec.Run.Seed);
        if (state is not null)
        {
            trainer.Restore(state);
        }

        return trainer;
    }

    private StepTimes? Timed()
    {
        if (clock is null)
        {
            return null;
        }

        var one = new StepTimes(clock);
        times.Add(one);
        return one;
    }

    /// <summary>The pixel that a lane trains: its place in the block, its setting, and its costs so far.</summary>
    private sealed class PixelInLane(int place, MapPoint point)
    {
        public int Place => place;

        public MapPoint Point => point;

        public PixelCosts Costs;
    }
}
