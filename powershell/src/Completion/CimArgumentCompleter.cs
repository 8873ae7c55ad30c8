using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using Cimulator.PowerShell.Cmdlets;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Completion;

/// <summary>Completes the arguments of the CIM cmdlets from what the endpoint on the line, or the default one, knows.</summary>
public sealed class CimArgumentCompleter : IArgumentCompleter
{
    private const string Root = "root";

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        CommandLine command = new(commandAst);
        string word = wordToComplete ?? "";
        return parameterName switch
        {
            "Namespace" => Namespaces(command, word),
            "ClassName" => Completions.Matching(word, Classes(command).Select(each => each.Name)),
            "ResultClassName" => Completions.Matching(word, Classes(command).Where(each => !IsAssociation(each)).Select(each => each.Name)),
            "Association" => Completions.Matching(word, Classes(command).Where(IsAssociation).Select(each => each.Name)),
            "MethodName" => Completions.Matching(word, Methods(command)),
            "Property" or "PropertyName" => Completions.Matching(word, Properties(command).Except(Listed(command), StringComparer.OrdinalIgnoreCase)),
            "QualifierName" => Completions.Matching(word, Classes(command).SelectMany(each => each.Qualifiers).Select(qualifier => qualifier.Name)),
            "ComputerName" => Completions.Matching(word, Computers(command)),
            "Name" => Completions.Matching(word, Open().Select(session => session.Name)),
            "Id" => Completions.Matching(word, Open().Select(session => session.Id.ToString(CultureInfo.InvariantCulture))),
            "InstanceId" => Completions.Matching(word, Open().Select(session => session.Session.InstanceId.ToString())),
            _ => [],
        };
    }

    private static IReadOnlyList<ClassData> Classes(CommandLine command) =>
        Schema.Classes(command, Names.NamespaceOrDefault(command.Text("Namespace") ?? ClassOnLine.Of(command)?.Namespace));

    /// <summary>One level below what is typed: `root/cimv2/` gives its children, `root/ci` the children of root that begin so.</summary>
    private static IEnumerable<CompletionResult> Namespaces(CommandLine command, string word)
    {
        string typed = word.Trim('\'', '"');
        int end = typed.LastIndexOfAny(['/', '\\']);
        string parent = end < 0 ? Root : typed[..end];
        string separator = end < 0 ? "/" : typed[end].ToString();
        string pattern = end < 0 && !Root.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? $"{Root}/{typed}" : typed;
        return Completions.Matching(pattern, Schema.Namespaces(command, parent).Select(name => $"{parent}{separator}{name}"));
    }

    /// <summary>With a class named, its static methods; with an instance, those of instances.</summary>
    private static IEnumerable<string> Methods(CommandLine command)
    {
        if (command.Is("Get-CimClass"))
        {
            return Classes(command).SelectMany(each => each.Methods).Select(method => method.Name);
        }

        bool wantsStatic = command.Argument("ClassName") is not null || command.Argument("CimClass") is not null;
        ClassData? declaration = ClassOnLine.Of(command) is { } named ? Schema.Class(named) : null;
        return declaration?.Methods.Where(method => IsStatic(method) == wantsStatic).Select(method => method.Name) ?? [];
    }

    private static IEnumerable<string> Properties(CommandLine command) =>
        command.Is("New-CimInstance", "Set-CimInstance") || ClassOnLine.Of(command) is not { } named ? []
            : Schema.Class(named)?.Properties.Select(property => property.Name) ?? [];

    private static IEnumerable<string> Listed(CommandLine command) =>
        command.Argument("Property")?.FindAll(ast => ast is StringConstantExpressionAst, false).Cast<StringConstantExpressionAst>().Select(name => name.Value) ?? [];

    private static IEnumerable<string> Computers(CommandLine command) => command.Is("Get-CimSession", "Remove-CimSession")
        ? Open().Select(session => session.Session.ComputerName)
        : Services.Targets.KnownNames();

    private static IReadOnlyList<NamedSession> Open() => Sessions.Current.Open();

    private static bool IsAssociation(ClassData declaration) => IsTrue(declaration.Qualifiers, "Association");

    private static bool IsStatic(MethodDeclaration method) => IsTrue(method.Qualifiers, "Static");

    private static bool IsTrue(IReadOnlyList<QualifierData> qualifiers, string name) =>
        qualifiers.Any(qualifier => qualifier.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && qualifier.Value is true);
}
