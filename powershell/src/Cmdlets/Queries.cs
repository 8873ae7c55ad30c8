using System;
using System.Linq;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>Queries and resource URIs as the cmdlets write and read them.</summary>
internal static class Queries
{
    private const string WmiMarker = "/wmi/";

    public static string DialectOrDefault(string? given) => string.IsNullOrEmpty(given) ? "WQL" : given;

    public static string Select(string className, string[]? properties, string? filter)
    {
        string list = properties is { Length: > 0 } ? string.Join(",", properties) : "*";
        return filter is null ? $"SELECT {list} FROM {className}" : $"SELECT {list} FROM {className} WHERE {filter}";
    }

    /// <summary>`…/wsman/1/wmi/root/cimv2/C` names a namespace and a class, `…/cim-schema/2/C` a class alone.</summary>
    public static (string? Namespace, string ClassName) ReadResourceUri(Uri resourceUri)
    {
        string text = resourceUri.OriginalString.Split('?')[0].TrimEnd('/');
        int end = text.LastIndexOf('/');
        string className = text[(end + 1)..];
        int start = text.IndexOf(WmiMarker, StringComparison.OrdinalIgnoreCase);
        string? @namespace = start >= 0 && start + WmiMarker.Length < end ? text[(start + WmiMarker.Length)..end] : null;
        return (@namespace, className);
    }
}
