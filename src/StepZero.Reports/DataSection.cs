using System.Globalization;
using System.Text;
using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Networks;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>What the data of a checkup bring to the first layer, as a section of a page.</summary>
internal static class DataSection
{
    /// <summary>The section as HTML.</summary>
    public static string Write(Checkup checkup)
    {
        Dataset data = checkup.Data.Data;
        DataStatistics seen = checkup.Starts[0].Diagnosis.Data;
        Loss loss = checkup.Starts[0].Diagnosis.Spec.Architecture.Loss;
        (string What, string Figure, string Meaning)[] rows =
        [
            ("size of a scaled feature", Figures.Brief(seen.Features.RootMeanSquare), "root mean square; starts are made for 1"),
            ("mean of all features", Figures.Brief(seen.Features.Mean), $"the largest mean of one feature is {Figures.Brief(seen.LargestOffset)}; 0 is best"),
            ("spread of one feature", $"{Figures.Brief(seen.SmallestDeviation)} to {Figures.Brief(seen.LargestDeviation)}", "smallest and largest standard deviation of those that vary; near each other is best"),
            ("top eigenvalue of the Gram matrix", Figures.BriefPercent(seen.EigenvalueShare), "share of the trace; near 100% one direction limits the rate for all others"),
            ("mean sample", Figures.BriefPercent(seen.MeanShare), "share of the trace that centering takes away"),
            .. seen.LargestClassShare is double share ? [("most frequent class", Figures.BriefPercent(share), "share of the samples: how often that one answer is right")] : Array.Empty<(string, string, string)>(),
            ("repeated samples", Figures.Count(seen.RepeatedSamples), "equal to an earlier one in every feature"),
            ("conflicting samples", Figures.Count(seen.ConflictingSamples), "equal to another one, with another target: no network can be right on both"),
        ];
        string table = string.Concat(rows.Select(row => $"<tr><td>{row.What}</td><td>{row.Figure}</td><td class=\"meaning\">{row.Meaning}</td></tr>"));
        return $"""
            <h2>The data</h2>
            <p>{Html.Text(data.Name)}: {Figures.Count(data.SampleCount)} samples of {Figures.Count(data.FeatureCount)} features, {Html.Text(TaskText.Targets(data, loss))}; features are scaled by {Html.Text(checkup.Starts[0].Diagnosis.Spec.Training.Scaling.ToString())}.</p>
            {Trace(seen)}
            <div class="table meanings"><table><tbody>{table}</tbody></table></div>
            """;
    }

    /// <summary>The trace of the Gram matrix as a bar: the mean sample, the rest of the largest eigenvalue, and everything else.</summary>
    private static string Trace(DataStatistics seen)
    {
        const double Width = 900, Top = 6, Height = 26;
        if (!double.IsFinite(seen.EigenvalueShare) || !double.IsFinite(seen.MeanShare))
        {
            return "";
        }

        double mean = Math.Clamp(seen.MeanShare, 0, 1), top = Math.Clamp(seen.EigenvalueShare, mean, 1);
        var svg = new StringBuilder();
        string said = $"Of what the samples are, {Figures.BriefPercent(mean)} is the mean sample that all share, {Figures.BriefPercent(top)} lies along one direction, and {Figures.BriefPercent(1 - top)} along all others.";
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"small\" viewBox=\"0 0 {Width} 36\" role=\"img\" aria-label=\"{said}\">");
        Part("share-mean", 0, mean);
        Part("share-top", mean, top);
        Part("share-rest", top, 1);
        svg.Append("</svg>");
        return $"<figure>{svg}<figcaption><span class=\"key share-mean\"></span> the mean sample <span class=\"key share-top\"></span> the rest of the largest eigenvalue <span class=\"key share-rest\"></span> everything that tells samples apart otherwise. {said}</figcaption></figure>";

        void Part(string style, double from, double to) =>
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{style}\" x=\"{Width * from:0.#}\" y=\"{Top}\" width=\"{Width * (to - from):0.#}\" height=\"{Height}\"/>");
    }
}
