using StepZero.Files;

namespace StepZero.Cli;

/// <summary>A job that is done again must find what it found the first time.</summary>
internal static class RepeatedJob
{
    /// <summary>Refuses data and weights that have changed.</summary>
    /// <param name="repeated">The spec that is repeated; null for a new job.</param>
    /// <param name="spec">The spec that comes of what is there now.</param>
    /// <param name="data">The data, for the message.</param>
    /// <param name="testData">The test data, for the message; null where there are none of their own.</param>
    /// <exception cref="StepZeroException">Something has changed.</exception>
    public static void Check(JobSpec? repeated, JobSpec spec, string data, string? testData = null)
    {
        if (repeated is not null)
        {
            Check(data, "data are", repeated.DataHash, spec.DataHash, spec.Job);
            Check(testData ?? data, "data are", repeated.TestDataHash, spec.TestDataHash, spec.Job);
            Check("the file of weights", "weights are", repeated.WeightsHash, spec.WeightsHash, spec.Job);
        }
    }

    /// <summary>Refuses something that has changed.</summary>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="are">What is compared, with its verb, as in "data are".</param>
    /// <param name="expected">The fingerprint in the spec, or null.</param>
    /// <param name="found">The fingerprint now, or null.</param>
    /// <param name="job">The command that begins anew.</param>
    /// <exception cref="StepZeroException">It has changed.</exception>
    public static void Check(string what, string are, string? expected, string? found, string job)
    {
        if (expected != found)
        {
            throw new StepZeroException(
                $"{what}: the {are} not those of the spec: expected {expected}, found {found}. Bring the old {are.Split(' ')[0]} back, or start anew with 'stepzero {job}'.");
        }
    }
}
