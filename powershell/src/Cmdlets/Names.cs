using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>Names as Microsoft's cmdlets take them.</summary>
internal static class Names
{
    public const string DefaultNamespace = @"root\cimv2";

    public static string NamespaceOrDefault(string? given) => string.IsNullOrEmpty(given) ? DefaultNamespace : given;

    /// <returns>The name without the blanks around it.</returns>
    /// <exception cref="ArgumentException">It is no name of a class, a property or a method.</exception>
    public static string Checked(string value, string parameter)
    {
        string name = value.Trim();
        return s_name.IsMatch(name) ? name : throw new ArgumentException(Texts.InvalidName(value, parameter));
    }

    /// <summary>The same for a list, in which `*` stands for all.</summary>
    public static string[]? Checked(string[]? values, string parameter) =>
        values is null ? null : Array.ConvertAll(values, value => value?.Trim() == "*" ? value : Checked(value ?? "", parameter));

    /// <summary>`'first' = a,'second' = b` as the verbose line puts it between its quotes; nothing stands for null.</summary>
    public static string Listed(IEnumerable<(string Name, object? Value)> parameters)
    {
        List<string> parts = [];
        foreach ((string name, object? value) in parameters)
        {
            parts.Add($"'{name}' = {value}");
        }

        return string.Join(",", parts);
    }

    private static readonly Regex s_name = new(@"^[a-zA-Z_][a-zA-Z0-9_]*\z", RegexOptions.CultureInvariant);
}
