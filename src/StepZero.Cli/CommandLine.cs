using System.CommandLine;
using System.CommandLine.Parsing;

namespace StepZero.Cli;

/// <summary>The command <c>stepzero</c>: its commands, and one line for what does not parse.</summary>
internal static class CommandLine
{
    public static int Run(string[] arguments)
    {
        var root = new RootCommand("How should a network's weights start, will it train, and why?")
        {
            CompareCommand.Create(),
            DiagnoseCommand.Create(),
            AdviseCommand.Create(),
            TrainCommand.Create(),
            MapCommand.Create(),
            SweepCommand.Create(),
            RunCommand.Create(),
            EvaluateCommand.Create(),
            PredictCommand.Create(),
            DataCommand.Create(),
            InitCommand.Create(),
            InitializersCommand.Create(),
        };
        ParseResult result = Parse(root, arguments);

        // The help of a command would show the arguments of those above it, which it does not take.
        for (SymbolResult? above = result.CommandResult.Parent; above is CommandResult { Command: Command command }; above = above.Parent)
        {
            foreach (Argument argument in command.Arguments)
            {
                argument.Hidden = true;
            }
        }

        return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>Parses the arguments of a command.</summary>
    /// <exception cref="UsageException">They do not fit.</exception>
    public static ParseResult Parse(Command command, IReadOnlyList<string> arguments)
    {
        ParseResult result = command.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Errors.Count == 0)
        {
            return result;
        }

        Command reached = result.CommandResult.Command;
        string help = $"See '{string.Join(' ', Names(result.CommandResult))} --help'.";
        if (result.UnmatchedTokens is [string unmatched, ..])
        {
            string first = unmatched;
            if (reached.Subcommands.Count > 0 && !first.StartsWith('-') && result.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).FirstOrDefault()?.Value is string taken && !Path.Exists(taken))
            {
                // What was taken for the argument was meant for a command.
                first = taken;
            }

            IEnumerable<string> known = first.StartsWith('-')
                ? reached.Options.Where(option => !option.Hidden).Select(option => option.Name)
                : reached.Subcommands.Select(subcommand => subcommand.Name);
            throw new UsageException(known.Any()
                ? $"{StepZeroException.UnknownName(first.StartsWith('-') ? "option" : "command", first, known).Message} {help}"
                : $"Unexpected argument '{first}'.{(reached.Options.Any(option => option.Name == ReadingOptions.Data) ? $" Data are named by {ReadingOptions.Data}." : "")} {help}");
        }

        throw new UsageException($"{result.Errors[0].Message} {help}");
    }

    private static IEnumerable<string> Names(CommandResult result)
    {
        IEnumerable<string> above = result.Parent is CommandResult parent ? Names(parent) : [];
        return [.. above, result.Command is RootCommand ? "stepzero" : result.Command.Name];
    }
}
