using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using Microsoft.Management.Infrastructure.CimCmdlets;

namespace Cimulator.PowerShell.Completion;

/// <summary>A command as it stands on the line, perhaps unfinished, with what is bound to its parameters.</summary>
internal sealed class CommandLine
{
    private static readonly Dictionary<string, string> s_aliases = typeof(CimBaseCommand).Assembly.GetExportedTypes()
        .Select(type => (Cmdlet: type.GetCustomAttribute<CmdletAttribute>(), Aliases: type.GetCustomAttribute<AliasAttribute>()))
        .Where(type => type.Cmdlet is not null && type.Aliases is not null)
        .SelectMany(type => type.Aliases!.AliasNames.Select(alias => (alias, name: $"{type.Cmdlet!.VerbName}-{type.Cmdlet.NounName}")))
        .Concat([("%", "ForEach-Object"), ("foreach", "ForEach-Object"), ("?", "Where-Object"), ("where", "Where-Object"), ("select", "Select-Object"), ("sort", "Sort-Object")])
        .ToDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.OrdinalIgnoreCase);

    private readonly StaticBindingResult? _bound;

    public CommandLine(CommandAst ast)
    {
        Ast = ast;
        string name = ast.GetCommandName() ?? "";
        Name = s_aliases.TryGetValue(name, out string? full) ? full : name;
        _bound = Name.Contains("-Cim", StringComparison.OrdinalIgnoreCase) ? Bound(ast) : null;
    }

    public CommandAst Ast { get; }

    /// <summary>The cmdlet's name, also where an alias stands.</summary>
    public string Name { get; }

    public bool Is(params string[] names) => names.Contains(Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>PowerShell's own binder fails on some lines that are not finished.</summary>
    private static StaticBindingResult? Bound(CommandAst ast)
    {
        try
        {
            return StaticParameterBinder.BindCommand(ast, resolve: true);
        }
        catch (Exception error) when (error is ArgumentException or RuntimeException)
        {
            return null;
        }
    }

    /// <summary>What stands for a parameter; null for nothing.</summary>
    public Ast? Argument(string parameter) => _bound?.BoundParameters.TryGetValue(parameter, out ParameterBindingResult? result) == true ? result.Value : null;

    /// <summary>The constant, or the value of the variable, that stands for a parameter.</summary>
    public object? Value(string parameter) => Argument(parameter) switch
    {
        StringConstantExpressionAst text => text.Value,
        ConstantExpressionAst constant => constant.Value,
        VariableExpressionAst variable => Variables.Value(variable),
        _ => null,
    };

    public string? Text(string parameter) => Value(parameter) as string;
}

/// <summary>Variables of the session, as they are while somebody types.</summary>
internal static class Variables
{
    public static object? Value(VariableExpressionAst variable)
    {
        try
        {
            object? value = ScriptBlock.Create($"Get-Variable -Name '{CodeGeneration.EscapeSingleQuotedStringContent(variable.VariablePath.UserPath)}' -Scope Global -ValueOnly -ErrorAction Ignore")
                .Invoke().FirstOrDefault();
            return value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        }
        catch (RuntimeException)
        {
            return null;
        }
    }
}
