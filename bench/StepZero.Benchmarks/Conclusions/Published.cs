namespace StepZero.Benchmarks.Conclusions;

/// <summary>
/// The costs after 100, 200 … 1,000 iterations that the classic tutorial prints for its photographs (Imad Dabbura 2018, "Coding Neural Network:
/// Parameters' Initialization").
/// </summary>
internal static class Published
{
    public static readonly double[] He =
    [
        0.6300611704834093, 0.49092836452522753, 0.46579423512433943, 0.6516254192289226, 0.32487779301799485, 0.4631461605716059, 0.8050310690163623,
        0.31739195517372376, 0.3094592175030812, 0.19934509244449203,
    ];

    public static readonly double[] Xavier =
    [
        0.6351961521800779, 0.548973489787121, 0.47982386652748565, 0.32811768889968684, 0.2793453045790634, 0.3258507563809604, 0.2873032724176074,
        0.0924974839405706, 0.07418011931058155, 0.06204402572328295,
    ];
}
