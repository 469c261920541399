using System.Numerics;
using System.Runtime.CompilerServices;

namespace StepZero.Numerics;

/// <summary>The most multiply-adds that a machine makes: what the speed of products is held against.</summary>
public static unsafe class MultiplyAddPeak
{
    /// <summary>Sums that do not wait for each other. With two factors they fill no more than the 16 registers of the older machines.</summary>
    private const int Sums = 12;

    private const int Rounds = 12;
    private const double SecondsOfRound = 0.003;
    private const int FewestTurns = 1 << 10;
    private const int MostTurns = 1 << 26;

    /// <summary>
    /// Measures how many numbers a second are multiplied and added to another, where nothing is loaded or stored: the best of twelve rounds of 3 to 6 ms each,
    /// so that other work on the machine is seldom in all of them.
    /// </summary>
    /// <typeparam name="T">The numbers, <see cref="double"/> or <see cref="float"/>.</typeparam>
    /// <param name="clock">Times the rounds.</param>
    /// <param name="threads">How many threads compute at the same time, at least 1.</param>
    /// <param name="width">The vectors; null for the widest of this machine.</param>
    /// <returns>Multiply-adds a second of all threads together, each of one number.</returns>
    public static double Measure<T>(TimeProvider clock, int threads = 1, VectorWidth? width = null) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        (width ?? LaneProduct.OwnWidth) switch
        {
            VectorWidth.Bits512 => Measure<T, Vector512Lanes<T>>(clock, threads),
            VectorWidth.Bits256 => Measure<T, Vector256Lanes<T>>(clock, threads),
            _ => Measure<T, Vector128Lanes<T>>(clock, threads),
        };

    private static double Measure<T, TVector>(TimeProvider clock, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged, ILaneVector<TVector, T>
    {
        // The rounds grow until the start of the threads is small beside them.
        int turns = FewestTurns;
        double seconds = Round(turns);
        while (seconds < SecondsOfRound && turns < MostTurns)
        {
            turns *= 2;
            seconds = Round(turns);
        }

        for (int round = 1; round < Rounds; round++)
        {
            seconds = Math.Min(seconds, Round(turns));
        }

        return (double)turns * Sums * TVector.Count * threads / seconds;

        double Round(int count)
        {
            long started = clock.GetTimestamp();
            if (threads == 1)
            {
                Turn<T, TVector>(count);
            }
            else
            {
                Parallel.For(0, threads, _ => Turn<T, TVector>(count));
            }

            return clock.GetElapsedTime(started).TotalSeconds;
        }
    }

    /// <summary>Every sum goes to 1, so no number becomes so small or large that a machine slows down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T Turn<T, TVector>(int turns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged, ILaneVector<TVector, T>
    {
        TVector a = TVector.Create(T.CreateChecked(0.5)), b = a;
        TVector c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        TVector c6 = default, c7 = default, c8 = default, c9 = default, c10 = default, c11 = default;
        for (int turn = 0; turn < turns; turn++)
        {
            c0 = TVector.MultiplyAdd(c0, a, b);
            c1 = TVector.MultiplyAdd(c1, a, b);
            c2 = TVector.MultiplyAdd(c2, a, b);
            c3 = TVector.MultiplyAdd(c3, a, b);
            c4 = TVector.MultiplyAdd(c4, a, b);
            c5 = TVector.MultiplyAdd(c5, a, b);
            c6 = TVector.MultiplyAdd(c6, a, b);
            c7 = TVector.MultiplyAdd(c7, a, b);
            c8 = TVector.MultiplyAdd(c8, a, b);
            c9 = TVector.MultiplyAdd(c9, a, b);
            c10 = TVector.MultiplyAdd(c10, a, b);
            c11 = TVector.MultiplyAdd(c11, a, b);
        }

        // All of them are used, so that none is left out.
        T* kept = stackalloc T[TVector.Count];
        TVector upper = TVector.Add(TVector.Add(TVector.Add(c0, c1), TVector.Add(c2, c3)), TVector.Add(c4, c5));
        TVector lower = TVector.Add(TVector.Add(TVector.Add(c6, c7), TVector.Add(c8, c9)), TVector.Add(c10, c11));
        TVector.Store(TVector.Add(upper, lower), kept);
        return *kept;
    }
}
