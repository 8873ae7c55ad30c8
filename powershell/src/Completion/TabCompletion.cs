using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Completion;

/// <summary>
/// What PowerShell completes by a session of its own, which there is on Windows alone: the keys in `-Arguments @{` and `-Property @{`, and
/// the members of `$_` behind a cmdlet that brings instances. TabExpansion2 asks here first.
/// </summary>
public static class TabCompletion
{
    private static readonly string[] s_ofInstances = ["CimClass", "CimInstanceProperties", "CimSystemProperties"];

    /// <returns>Null where PowerShell's own completion is to answer.</returns>
    public static CommandCompletion? Complete(Ast script, int cursor)
    {
        ArgumentNullException.ThrowIfNull(script);
        HashtableAst? table = Innermost<HashtableAst>(script, cursor);
        if (table?.Parent is CommandAst command && KeyAt(table, cursor) is { } key)
        {
            return Keys(new CommandLine(command), table, key, cursor);
        }

        if (IsTableAwaited(script, cursor))
        {
            return Nothing(cursor);
        }

        MemberExpressionAst? member = Innermost<MemberExpressionAst>(script, cursor);
        return member is { Expression: VariableExpressionAst variable } && Members(member, variable) is { } members
            ? Result(member.Member is StringConstantExpressionAst word ? word.Extent.Text : "", members, CompletionResultType.Property, cursor)
            : null;
    }

    /// <summary>No results: what comes here is no file's name.</summary>
    public static CommandCompletion Nothing(int cursor) => new([], -1, cursor, 0);

    /// <summary>True behind `-Arguments ` and `-Property ` where a hashtable is to follow.</summary>
    private static bool IsTableAwaited(Ast script, int cursor)
    {
        CommandParameterAst? last = script.FindAll(ast => ast is CommandParameterAst && ast.Extent.EndOffset < cursor, searchNestedScriptBlocks: true)
            .Cast<CommandParameterAst>().LastOrDefault();
        return last is { Argument: null, Parent: CommandAst command } && command.CommandElements[^1] == last
            && (new CommandLine(command) is var line)
            && (line.Is("Invoke-CimMethod") ? Begins(last, "Arguments") : line.Is("New-CimInstance", "Set-CimInstance") && (Begins(last, "Property") || Begins(last, "Arguments")));

        static bool Begins(CommandParameterAst given, string name) => name.StartsWith(given.ParameterName, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What was typed of a key; null where the cursor stands in a value.</summary>
    private static string? KeyAt(HashtableAst table, int cursor)
    {
        foreach (Tuple<ExpressionAst, StatementAst> pair in table.KeyValuePairs)
        {
            if (pair.Item1.Extent.EndOffset == cursor)
            {
                return pair.Item1.Extent.Text;
            }

            if (pair.Item1.Extent.EndOffset < cursor && pair.Item2.Extent.EndOffset >= cursor && pair.Item2 is not ErrorStatementAst)
            {
                return null;
            }
        }

        string before = table.Extent.Text[..(cursor - table.Extent.StartOffset)].TrimEnd(' ', '\t');
        return before.EndsWith('{') || before.EndsWith(';') || before.EndsWith('\n') ? "" : null;
    }

    private static CommandCompletion? Keys(CommandLine command, HashtableAst table, string word, int cursor)
    {
        bool isArguments = command.Is("Invoke-CimMethod") && command.Argument("Arguments") == table;
        bool isProperties = command.Is("New-CimInstance", "Set-CimInstance") && command.Argument("Property") == table;
        ClassData? declaration = (isArguments || isProperties) && ClassOnLine.Of(command) is { } named ? Schema.Class(named) : null;
        if (declaration is null)
        {
            return null;
        }

        IEnumerable<string> used = table.KeyValuePairs.Where(pair => pair.Item1.Extent.EndOffset != cursor).Select(pair => pair.Item1.Extent.Text.Trim('\'', '"'));
        IEnumerable<string> names = isArguments ? Parameters(declaration, command.Text("MethodName"))
            : declaration.Properties.Where(property => !command.Is("Set-CimInstance") || !property.Flags.HasFlag(CimFlags.ReadOnly)).Select(property => property.Name);
        return Result(word, names.Except(used, StringComparer.OrdinalIgnoreCase), CompletionResultType.Property, cursor);
    }

    private static IEnumerable<string> Parameters(ClassData declaration, string? methodName) =>
        declaration.Methods.FirstOrDefault(method => method.Name.Equals(methodName, StringComparison.OrdinalIgnoreCase))?.Parameters
            .Where(parameter => parameter.Qualifiers.Any(qualifier => qualifier.Name.Equals("In", StringComparison.OrdinalIgnoreCase) && qualifier.Value is true)
                || !parameter.Qualifiers.Any(qualifier => qualifier.Name.Equals("Out", StringComparison.OrdinalIgnoreCase) && qualifier.Value is true))
            .Select(parameter => parameter.Name) ?? [];

    private static IEnumerable<string>? Members(MemberExpressionAst member, VariableExpressionAst variable)
    {
        ClassOnLine? named = variable.VariablePath.UserPath is "_" or "PSItem" ? Piped(member)
            : Variables.Value(variable) is null ? ClassOnLine.OfValue(variable, null) : null;
        return named is null || named.Command.Is("Get-CimClass") || Schema.Class(named) is not { } declaration ? null : declaration.Properties.Select(property => property.Name).Concat(s_ofInstances);
    }

    /// <summary>The class of `$_`: of what is piped to the command whose script block this is.</summary>
    private static ClassOnLine? Piped(Ast inner)
    {
        for (Ast? ast = inner; ast is not null; ast = ast.Parent)
        {
            if (ast is ScriptBlockExpressionAst { Parent: CommandAst { Parent: PipelineAst pipeline } command })
            {
                return ClassOnLine.Before(command, pipeline);
            }
        }

        return null;
    }

    private static T? Innermost<T>(Ast script, int cursor)
        where T : Ast =>
        script.FindAll(ast => ast is T && ast.Extent.StartOffset < cursor && ast.Extent.EndOffset >= cursor, searchNestedScriptBlocks: true)
            .Cast<T>().OrderBy(ast => ast.Extent.EndOffset - ast.Extent.StartOffset).FirstOrDefault();

    private static CommandCompletion Result(string word, IEnumerable<string> names, CompletionResultType type, int cursor) =>
        new(new Collection<CompletionResult>(Completions.Matching(word, names, type).ToList()), -1, cursor - word.Length, word.Length);
}
