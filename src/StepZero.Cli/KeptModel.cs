using StepZero.Networks;

namespace StepZero.Cli;

internal static class KeptModel
{
    public static void Check(string path) => throw new NotImplementedException();

    public static void Write(string path, Model model) => throw new NotImplementedException();
}
