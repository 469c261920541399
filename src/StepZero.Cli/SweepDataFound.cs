namespace StepZero.Cli;

/// <summary>The data that a sweep reads, each with its hash: kept until there is a database that they can be compared with. Serves any number of threads.</summary>
/// <param name="before">The data of a sweep that is repeated, whose hashes must be the same.</param>
internal sealed class SweepDataFound(IReadOnlyList<(string Name, string Hash)> before)
{
    private readonly Lock adding = new();
    private readonly List<(string Name, string Hash)> found = [];
    private Action<string, string>? check;

    /// <summary>Adds data.</summary>
    /// <exception cref="StepZeroException">They are not those of before.</exception>
    public void Add(string name, string hash)
    {
        lock (adding)
        {
            if (before.FirstOrDefault(one => one.Name == name).Hash is string expected)
            {
                RepeatedJob.Check(name, "data are", expected, hash, SweepCommand.Name);
            }

            if (check is null)
            {
                found.Add((name, hash));
            }
            else
            {
                check(name, hash);
            }
        }
    }

    /// <summary>Passes on the data so far and all that come.</summary>
    /// <param name="to">Receives name and hash.</param>
    public void PassOn(Action<string, string> to)
    {
        lock (adding)
        {
            foreach ((string name, string hash) in found)
            {
                to(name, hash);
            }

            check = to;
        }
    }
}
