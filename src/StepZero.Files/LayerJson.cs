using System.Text.Json;
using StepZero.Diagnostics;

namespace StepZero.Files;

/// <summary>Writes what is known of the layers of a network, and what theory says to it.</summary>
internal static class LayerJson
{
    /// <summary>Writes "layers" and "theory".</summary>
    public static void Write(Utf8JsonWriter json, Diagnosis diagnosis)
    {
        json.WriteStartArray("layers");
        for (int layer = 0; layer < diagnosis.Signal.Layers.Count; layer++)
        {
            json.WriteStartObject();
            WriteFields(json, diagnosis.Signal.Layers[layer]);
            Write(json, diagnosis.Symmetry.Layers[layer]);
            Write(json, diagnosis.Theory.Layers[layer]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Write(json, diagnosis.Theory);
    }

    /// <summary>The fields of one layer's statistics.</summary>
    public static void WriteFields(Utf8JsonWriter json, LayerStatistics layer)
    {
        json.WriteNumber("units", layer.Units);
        Write(json, "preActivations", layer.PreActivations);
        Write(json, "activations", layer.Activations);
        Write(json, "gradients", layer.Gradients);
        json.WriteOptional("weightNorm", layer.WeightNorm);
        json.WriteOptional("weightGradientNorm", layer.WeightGradientNorm);
        json.WriteOptional("relativeGradient", layer.RelativeGradient);
        json.WriteOptional("saturatedShare", layer.SaturatedShare);
        json.WriteOptional("deadUnits", layer.DeadUnits);
        json.WriteOptional("linearUnits", layer.LinearUnits);
        json.WriteOptional("meanCosine", layer.MeanCosine);
        json.WriteOptional("growth", layer.Growth);
        json.WriteOptional("gradientGrowth", layer.GradientGrowth);
    }

    /// <summary>Mean, deviation and root mean square.</summary>
    public static void Write(Utf8JsonWriter json, string name, Spread spread)
    {
        json.WriteStartObject(name);
        json.WriteOptional("mean", spread.Mean);
        json.WriteOptional("deviation", spread.Deviation);
        json.WriteOptional("rootMeanSquare", spread.RootMeanSquare);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LayerSymmetry layer)
    {
        json.WriteStartObject("symmetry");
        json.WriteNumber("redundant", layer.Redundant);
        WriteGroups(json, "copies", layer.Copies);
        WriteGroups(json, "twins", layer.Twins);
        WriteGroups(json, "nearCopies", layer.NearCopies);
        json.WriteEndObject();
        json.WriteStartObject("ranks");
        Write(json, "weights", layer.Weights);
        Write(json, "activations", layer.Activations);
        json.WriteEndObject();
    }

    private static void WriteGroups(Utf8JsonWriter json, string name, IReadOnlyList<IReadOnlyList<int>> groups)
    {
        json.WriteStartArray(name);
        foreach (IReadOnlyList<int> group in groups)
        {
            json.WriteRawValue(new Utf8Text().AppendArray<int>([.. group.Select(unit => unit + 1)]).Written, skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, MatrixRank? rank)
    {
        if (rank is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("rank", rank.Rank);
        json.WriteNumber("most", rank.Most);
        json.WriteOptional("stableRank", rank.StableRank);
        json.WriteOptional("largestSingularValue", rank.LargestSingularValue);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LayerTheory? theory)
    {
        if (theory is null)
        {
            json.WriteNull("theory");
            return;
        }

        json.WriteStartObject("theory");
        json.WriteOptional("length", theory.Length);
        json.WriteOptional("correlation", theory.Correlation);
        json.WriteOptional("gradientFactor", theory.GradientFactor);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, NetworkTheory theory)
    {
        json.WriteStartObject("theory");
        json.WriteOptional("weightVariance", theory.WeightVariance);
        json.WriteOptional("biasVariance", theory.BiasVariance);
        if (theory.Limit is not MeanFieldTheory limit)
        {
            json.WriteNull("limit");
            json.WriteEndObject();
            return;
        }

        json.WriteStartObject("limit");
        json.WriteString("limit", CanonicalText.Of(limit.Limit));
        json.WriteOptional("length", limit.Length);
        json.WriteOptional("lengthSlope", limit.LengthSlope);
        json.WriteOptional("gradientFactor", limit.GradientFactor);
        json.WriteOptional("correlation", limit.Correlation);
        json.WriteOptional("correlationSlope", limit.CorrelationSlope);
        json.WriteOptional("lengthDepth", limit.LengthDepth);
        json.WriteOptional("correlationDepth", limit.CorrelationDepth);
        json.WriteOptional("gradientDepth", limit.GradientDepth);
        json.WriteOptional("trainableDepth", limit.TrainableDepth);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
