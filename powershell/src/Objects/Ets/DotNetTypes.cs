using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects.Ets;

/// <summary>The .NET type of each CIM type, its name as Get-Member shows it, and how a script's value is turned into it.</summary>
internal static class DotNetTypes
{
    /// <summary>`string`, `uint[]`, or `CimInstance#DateTime` for those that PowerShell names so.</summary>
    internal static string NameOf(CimType type) => CimTypes.Element(type) is CimType.DateTime or CimType.Instance or CimType.Reference
        ? "CimInstance#" + type
        : LanguagePrimitives.ConvertTo<string>(Of(type));

    /// <summary>Null stays null; times may be DateTime, TimeSpan or what DateTime reads in the invariant culture.</summary>
    internal static object? Convert(object? value, CimType type)
    {
        if (value is null)
        {
            return null;
        }

        if (CimTypes.Element(type) != CimType.DateTime)
        {
            return LanguagePrimitives.ConvertTo(value, Of(type), CultureInfo.InvariantCulture);
        }

        object plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        return !CimTypes.IsArray(type) ? Time(plain)
            : plain is IEnumerable many and not string ? many.Cast<object>().Select(Time).ToArray()
            : new[] { Time(plain) };
    }

    internal static Type Of(CimType type) => CimTypes.IsArray(type) ? Scalar(CimTypes.Element(type)).MakeArrayType() : Scalar(type);

    private static object Time(object value)
    {
        object plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        return plain is DateTime or TimeSpan ? plain : System.Convert.ToDateTime(plain, CultureInfo.InvariantCulture);
    }

    private static Type Scalar(CimType type) => type switch
    {
        CimType.Boolean => typeof(bool),
        CimType.UInt8 => typeof(byte),
        CimType.SInt8 => typeof(sbyte),
        CimType.UInt16 => typeof(ushort),
        CimType.SInt16 => typeof(short),
        CimType.UInt32 => typeof(uint),
        CimType.SInt32 => typeof(int),
        CimType.UInt64 => typeof(ulong),
        CimType.SInt64 => typeof(long),
        CimType.Real32 => typeof(float),
        CimType.Real64 => typeof(double),
        CimType.Char16 => typeof(char),
        CimType.String => typeof(string),
        CimType.Instance or CimType.Reference => typeof(CimInstance),
        _ => typeof(object),
    };
}
