namespace StepZero.Sweeps;

/// <summary>Where the costs of a run and its shadows part, and how fast.</summary>
public static class HorizonParting
{
    extension(Horizon horizon)
    {
        /// <summary>How fast differences grow, as a rate for each iteration; null where they stay within 1e-6.</summary>
        public double? LyapunovRate
        {
            get
            {
                double[] deviations = horizon.Deviations;
                int first = Array.FindIndex(deviations, deviation => deviation > 0), last = Array.FindIndex(deviations, deviation => deviation > 1e-6);
                return last > first ? Math.Log(deviations[last] / deviations[first]) / (last - first) : null;
            }
        }

        /// <summary>The first iteration at which a shadow run's cost differs by more than a share; null where none does.</summary>
        /// <param name="tolerance">The share, above 0.</param>
        public int? PartsBy(double tolerance) => Array.FindIndex(horizon.Deviations, deviation => deviation > tolerance) is int at and >= 0 ? at : null;
    }
}
