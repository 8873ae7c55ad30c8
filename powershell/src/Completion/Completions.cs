using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Cimulator.PowerShell.Completion;

/// <summary>Names as results.</summary>
internal static class Completions
{
    /// <summary>Those that begin with a word, which may have wildcards and a quote before it, in the order of the alphabet.</summary>
    public static IEnumerable<CompletionResult> Matching(string word, IEnumerable<string> names, CompletionResultType type = CompletionResultType.ParameterValue)
    {
        WildcardPattern pattern = new($"{word.Trim('\'', '"')}*", WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        return names.Where(pattern.IsMatch).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)
            .Select(name => new CompletionResult(Quoted(name), name, type, name));
    }

    private static string Quoted(string name) => name.Any(char.IsWhiteSpace) ? $"'{name.Replace("'", "''", StringComparison.Ordinal)}'" : name;
}
