using System;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using Cimulator.PowerShell.Cmdlets;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Completion;

/// <summary>A class that a line speaks of, and the command that says where it is to be found.</summary>
internal sealed record ClassOnLine(string Namespace, string ClassName, CommandLine Command)
{
    private static readonly Regex s_from = new(@"\bFROM\s+(\w+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Of a command: by its class, its query, its instance, or what is piped to it.</summary>
    public static ClassOnLine? Of(CommandLine command)
    {
        string @namespace = Names.NamespaceOrDefault(command.Text("Namespace"));
        string? className = command.Text("ClassName") ?? (command.Text("Query") is { } query && s_from.Match(query) is { Success: true } match ? match.Groups[1].Value : null);
        if (className is not null)
        {
            return new ClassOnLine(@namespace, className, command);
        }

        return command.Argument("InputObject") is { } instance ? OfValue(instance, command)
            : command.Argument("CimClass") is { } declaration ? OfValue(declaration, command)
            : command.Ast.Parent is PipelineAst pipeline ? Before(command.Ast, pipeline) : null;
    }

    /// <summary>Of what comes to an element through the pipeline: from the nearest command before it that brings CIM objects.</summary>
    public static ClassOnLine? Before(CommandBaseAst element, PipelineAst pipeline)
    {
        for (int index = pipeline.PipelineElements.IndexOf(element) - 1; index >= 0; index--)
        {
            if (pipeline.PipelineElements[index] is CommandExpressionAst expression)
            {
                return OfValue(expression.Expression, null);
            }

            CommandLine command = new((CommandAst)pipeline.PipelineElements[index]);
            if (command.Is("Get-CimAssociatedInstance"))
            {
                return command.Text("ResultClassName") is { } result ? new ClassOnLine(Names.NamespaceOrDefault(command.Text("Namespace") ?? Of(command)?.Namespace), result, command) : null;
            }

            if (command.Is("Get-CimInstance", "New-CimInstance", "Set-CimInstance", "Get-CimClass"))
            {
                return Of(command);
            }

            if (!command.Is("Where-Object", "Select-Object", "Sort-Object"))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Of a variable or a command in parentheses.</summary>
    public static ClassOnLine? OfValue(Ast value, CommandLine? command)
    {
        switch (value)
        {
            case ParenExpressionAst { Pipeline: PipelineAst pipeline }:
                return Last(pipeline);
            case VariableExpressionAst variable when Variables.Value(variable) is CimInstance instance:
                return new ClassOnLine(Names.NamespaceOrDefault(instance.CimSystemProperties.Namespace), instance.CimSystemProperties.ClassName, command ?? Nothing(value));
            case VariableExpressionAst variable when Variables.Value(variable) is CimClass declaration:
                return new ClassOnLine(Names.NamespaceOrDefault(declaration.CimSystemProperties.Namespace), declaration.CimSystemProperties.ClassName, command ?? Nothing(value));
            case VariableExpressionAst variable:
                return Assigned(variable);
            default:
                return null;
        }
    }

    /// <summary>By the last assignment above, where the script did not run yet.</summary>
    private static ClassOnLine? Assigned(VariableExpressionAst variable)
    {
        Ast root = variable;
        while (root.Parent is not null)
        {
            root = root.Parent;
        }

        AssignmentStatementAst? assignment = root.FindAll(ast => ast is AssignmentStatementAst { Left: VariableExpressionAst left } assigned
                && left.VariablePath.UserPath.Equals(variable.VariablePath.UserPath, StringComparison.OrdinalIgnoreCase)
                && assigned.Extent.EndOffset <= variable.Extent.StartOffset, searchNestedScriptBlocks: true)
            .Cast<AssignmentStatementAst>().LastOrDefault();
        return assignment?.Right is PipelineAst pipeline ? Last(pipeline) : null;
    }

    private static ClassOnLine? Last(PipelineAst pipeline) => pipeline.PipelineElements[^1] switch
    {
        CommandAst ast when new CommandLine(ast) is var command => command.Is("Where-Object", "Select-Object", "Sort-Object") ? Before(ast, pipeline) : Of(command),
        CommandExpressionAst expression => OfValue(expression.Expression, null),
        _ => null,
    };

    /// <summary>No command says where: the default endpoint is asked.</summary>
    private static CommandLine Nothing(Ast value) => new(new CommandAst(value.Extent, [new StringConstantExpressionAst(value.Extent, "", StringConstantType.BareWord)], TokenKind.Unknown, []));
}
