using System;
using System.Linq;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects.Plain;

/// <summary>ToString as the library writes it: `Class: Caption (Key = "value")`.</summary>
internal static class PlainTexts
{
    private const int LongestValue = 40;

    internal static string Of(InstanceData data)
    {
        string? caption = InstanceState.Find(data, "Caption")?.Value as string;
        string keys = string.Join(", ", data.Properties
            .Where(property => property.Flags.HasFlag(CimFlags.Key))
            .Select(property => NameAndValue(property.Name, property.Value)));
        return data.ClassName + (string.IsNullOrEmpty(caption) ? "" : ": " + caption) + (keys.Length == 0 ? "" : $" ({keys})");
    }

    internal static string NameAndValue(string name, object? value)
    {
        if (value is null)
        {
            return name;
        }

        string text = value switch
        {
            InstanceData or Array => "...",
            string or char => $"\"{string.Concat(value.ToString()!.Select(each => IsShown(each) ? each : '?'))}\"",
            _ => value.ToString()!,
        };
        return $"{name} = {(text.Length > LongestValue ? text[..LongestValue] + "..." : text)}";
    }

    private static bool IsShown(char each) =>
        !char.IsControl(each) && (char.IsLetterOrDigit(each) || char.IsPunctuation(each) || char.IsWhiteSpace(each));
}
