using System;
using System.Globalization;
using System.Management.Automation;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>Conversion of one value, as Microsoft's library does it: by IConvertible, whatever the culture.</summary>
internal static class Scalars
{
    /// <exception cref="ArgumentException">The value has no such form.</exception>
    /// <exception cref="OverflowException">The number is too large or too small.</exception>
    public static object Convert(object value, CimType type)
    {
        try
        {
            return Of(value, type, CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is FormatException or InvalidCastException)
        {
            throw new ArgumentException(error.Message, nameof(value), error);
        }
    }

    private static object Of(object value, CimType type, CultureInfo culture) => type switch
    {
        CimType.Boolean => System.Convert.ToBoolean(value, culture),
        CimType.UInt8 => System.Convert.ToByte(value, culture),
        CimType.SInt8 => System.Convert.ToSByte(value, culture),
        CimType.UInt16 => System.Convert.ToUInt16(value, culture),
        CimType.SInt16 => System.Convert.ToInt16(value, culture),
        CimType.UInt32 => System.Convert.ToUInt32(value, culture),
        CimType.SInt32 => System.Convert.ToInt32(value, culture),
        CimType.UInt64 => System.Convert.ToUInt64(value, culture),
        CimType.SInt64 => System.Convert.ToInt64(value, culture),
        CimType.Real32 => System.Convert.ToSingle(value, culture),
        CimType.Real64 => System.Convert.ToDouble(value, culture),
        CimType.Char16 => System.Convert.ToChar(value, culture),
        CimType.DateTime => DateOf(value, culture),
        CimType.String => System.Convert.ToString(value, culture) ?? "",
        _ => throw new InvalidCastException(string.Format(CultureInfo.CurrentCulture, "A value of {0} is no {1}.", value.GetType(), type)),
    };

    private static object DateOf(object value, CultureInfo culture) => value switch
    {
        TimeSpan => value,
        DateTimeOffset moment => moment.LocalDateTime,
        _ => System.Convert.ToDateTime(value, culture),
    };
}
