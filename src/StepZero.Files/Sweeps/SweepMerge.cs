using StepZero.Sweeps;

namespace StepZero.Files;

/// <summary>Takes the parts of a sweep together, in any order to the same whole.</summary>
/// <remarks>
/// A training that several parts hold counts once. Its results must be the same in all; only the seconds it took may differ, of which the fewest are taken.
/// </remarks>
public static class SweepMerge
{
    /// <summary>The databases that places name.</summary>
    /// <param name="places">Databases, and folders that hold some.</param>
    /// <returns>Each file once.</returns>
    /// <exception cref="StepZeroException">A place holds none.</exception>
    public static IReadOnlyList<string> Databases(IReadOnlyList<string> places) =>
    [
        .. places.SelectMany(place => !Directory.Exists(place) ? [place] : SweepDatabase.In(place) is [_, ..] found ? found
            : throw new StepZeroException($"{place}: holds no database of a sweep; expected {SweepDatabase.Name}, or {SweepDatabase.NameOf(1, 16)} and the like. Run 'stepzero sweep' first."))
            .DistinctBy(Path.GetFullPath),
    ];

    /// <summary>Reads what is finished of a sweep.</summary>
    /// <param name="places">Its databases, and folders that hold some; at least one.</param>
    /// <exception cref="StepZeroException">There are none, they are of different sweeps or data, or they hold different results of a training.</exception>
    public static SweepResults Read(IReadOnlyList<string> places)
    {
        using var parts = new Parts(Databases(places));
        return new SweepResults(parts.Plan, [.. parts.Together()]);
    }

    /// <summary>Adds what parts hold to a database, all or nothing.</summary>
    /// <param name="path">The database, which is made where there is none.</param>
    /// <param name="places">Databases, and folders that hold some; at least one. The database itself may be among them.</param>
    /// <returns>How many trainings it holds then.</returns>
    /// <exception cref="StepZeroException">As <see cref="Read"/>, or the database cannot be written.</exception>
    public static long Into(string path, IReadOnlyList<string> places)
    {
        // What it holds already is a part like the others.
        string[] files = [.. Databases(places).Concat(File.Exists(path) ? [path] : []).DistinctBy(Path.GetFullPath)];
        using var parts = new Parts(files);
        using var whole = SweepDatabase.Write(path, parts.Plan);
        foreach ((string key, string hash) in parts.DataHashes())
        {
            whole.CheckData(key, hash);
        }

        whole.Append(parts.Together());

        // Nobody reads it any more, so that it can be closed as one file.
        parts.Dispose();
        return whole.Count();
    }

    /// <summary>The databases of one sweep, open to be read.</summary>
    private sealed class Parts : IDisposable
    {
        private readonly List<SweepDatabase> open = [];
        private readonly Dictionary<string, (string Hash, string File)> data = [];

        public Parts(IReadOnlyList<string> files)
        {
            try
            {
                foreach (string file in files)
                {
                    open.Add(SweepDatabase.Read(file));
                    string[] differences = [.. SweepFile.Differences(Plan, open[^1].Plan)];
                    if (differences is not [])
                    {
                        throw new StepZeroException($"{file}: is of another sweep than {open[0].Path}: {string.Join("; ", differences)}. Merge parts of one sweep.");
                    }

                    CheckData(open[^1]);
                }
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public SweepPlan Plan => open[0].Plan;

        public IEnumerable<(string Key, string Hash)> DataHashes() => data.Select(one => (one.Key, one.Value.Hash));

        /// <summary>The trainings of all parts, in order of their numbers.</summary>
        public IEnumerable<SweptTraining> Together()
        {
            var next = new PriorityQueue<IEnumerator<SweptTraining>, (long Index, int Part)>();
            IEnumerator<SweptTraining>[] rows = [.. open.Select(part => part.Trainings().GetEnumerator())];
            try
            {
                for (int part = 0; part < rows.Length; part++)
                {
                    Advance(part);
                }

                (SweptTraining Training, int Part)? last = null;
                while (next.TryDequeue(out IEnumerator<SweptTraining>? row, out (long Index, int Part) at))
                {
                    SweptTraining training = row.Current;
                    if (last is (SweptTraining before, int other) && before.Index == training.Index)
                    {
                        last = (One(before, training, other, at.Part), other);
                    }
                    else
                    {
                        if (last is (SweptTraining done, _))
                        {
                            yield return done;
                        }

                        last = (training, at.Part);
                    }

                    Advance(at.Part);
                }

                if (last is (SweptTraining final, _))
                {
                    yield return final;
                }
            }
            finally
            {
                foreach (IEnumerator<SweptTraining> row in rows)
                {
                    row.Dispose();
                }
            }

            void Advance(int part)
            {
                if (rows[part].MoveNext())
                {
                    next.Enqueue(rows[part], (rows[part].Current.Index, part));
                }
            }
        }

        public void Dispose() => open.ForEach(part => part.Dispose());

        private void CheckData(SweepDatabase part)
        {
            foreach ((string key, string hash) in part.DataHashes())
            {
                if (!data.TryAdd(key, (hash, part.Path)) && data[key].Hash != hash)
                {
                    throw new StepZeroException($"{part.Path}: was trained on other data {key} than {data[key].File}. Train one of the parts anew.");
                }
            }
        }

        private SweptTraining One(SweptTraining a, SweptTraining b, int partOfA, int partOfB)
        {
            bool areSame = a with { Seconds = 0, Curve = [] } == b with { Seconds = 0, Curve = [] } && a.Curve.AsSpan().SequenceEqual(b.Curve);
            return !areSame
                ? throw new StepZeroException(FormattableString.Invariant(
                    $"training {a.Index} has the cost {a.Cost:R} in {open[partOfA].Path} and {b.Cost:R} in {open[partOfB].Path}, or another course: the same training came to different results. Train one of the parts anew, with one version of StepZero on one kind of machine."))
                : a.Seconds <= b.Seconds ? a : b;
        }
    }
}
