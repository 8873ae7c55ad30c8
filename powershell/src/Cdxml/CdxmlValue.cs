using System;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Security;
using Cimulator.PowerShell.Bridge;

namespace Cimulator.PowerShell.Cdxml;

/// <summary>Values of cdxml parameters: what they are in CIM, and how WQL writes them.</summary>
internal static class CdxmlValue
{
    /// <summary>
    /// A parameter's value as one that CIM has: enumerations by their number, switches as booleans, secrets and addresses as text, arrays
    /// element by element.
    /// </summary>
    internal static object? FromParameter(object? given)
    {
        object? value = given is PSObject wrapped ? wrapped.BaseObject : given;
        return value switch
        {
            null => null,
            Enum one => Convert.ChangeType(one, Enum.GetUnderlyingType(one.GetType()), CultureInfo.InvariantCulture),
            SwitchParameter one => one.IsPresent,
            SecureString one => new NetworkCredential(string.Empty, one).Password,
            Uri or Guid or IPAddress or Version => value.ToString(),
            Array { Rank: 1 } several => FromArray(several),
            _ => value,
        };
    }

    /// <summary>The literal of WQL; null for what it has none for: intervals, instances.</summary>
    internal static string? WqlLiteral(object? value) => value switch
    {
        null => "NULL",
        string text => Quote(text),
        char one => Quote(one.ToString()),
        bool truth => truth ? "TRUE" : "FALSE",
        DateTime time => Quote(CimDateTime.Format(time)),
        sbyte or byte or short or ushort or int or uint or long or ulong => Convert.ToString(value, CultureInfo.InvariantCulture),
        float or double or decimal => Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        _ => null,
    };

    private static Array FromArray(Array several)
    {
        var values = new object?[several.Length];
        for (int index = 0; index < several.Length; index++) values[index] = FromParameter(several.GetValue(index));
        Type? element = values.Length == 0 ? several.GetType().GetElementType() : values[0]?.GetType();
        if (element is null || element.IsEnum || Array.Exists(values, one => one?.GetType() != element)) return values;
        Array typed = Array.CreateInstance(element, values.Length);
        Array.Copy(values, typed, values.Length);
        return typed;
    }

    private static string Quote(string text) =>
        "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";
}
