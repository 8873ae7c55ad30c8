using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Bridge;

/// <summary>Reads values of known type; references and embedded instances by the reader of instances.</summary>
internal static class ValueReader
{
    private delegate T ElementReader<T>(ref Utf8JsonReader reader);

    /// <summary>The value at the reader, in the form of <see cref="PropertyData.Value"/>; null for NULL.</summary>
    public static object? Read(ref Utf8JsonReader reader, CimType type, InstanceReader instances)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        return JsonTypes.IsArray(type) ? Array(ref reader, JsonTypes.ElementOf(type), instances) : Scalar(ref reader, type, instances);
    }

    private static object Scalar(ref Utf8JsonReader reader, CimType type, InstanceReader instances) => type switch
    {
        CimType.String => reader.GetString()!,
        CimType.Boolean => reader.GetBoolean(),
        CimType.UInt8 => reader.GetByte(),
        CimType.SInt8 => reader.GetSByte(),
        CimType.UInt16 => reader.GetUInt16(),
        CimType.SInt16 => reader.GetInt16(),
        CimType.UInt32 => reader.GetUInt32(),
        CimType.SInt32 => reader.GetInt32(),
        CimType.UInt64 => UInt64(ref reader),
        CimType.SInt64 => Int64(ref reader),
        CimType.Real32 => Single(ref reader),
        CimType.Real64 => Double(ref reader),
        CimType.Char16 => Char(ref reader),
        CimType.DateTime => CimDateTime.Parse(reader.GetString()!),
        CimType.Reference or CimType.Instance => instances.ReadObject(ref reader),
        _ => throw new InvalidDataException($"a value of type {type} cannot be read"),
    };

    private static Array Array(ref Utf8JsonReader reader, CimType type, InstanceReader instances) => type switch
    {
        CimType.String => List(ref reader, (ref Utf8JsonReader at) => at.GetString()!),
        CimType.Boolean => List(ref reader, (ref Utf8JsonReader at) => at.GetBoolean()),
        CimType.UInt8 => List(ref reader, (ref Utf8JsonReader at) => at.GetByte()),
        CimType.SInt8 => List(ref reader, (ref Utf8JsonReader at) => at.GetSByte()),
        CimType.UInt16 => List(ref reader, (ref Utf8JsonReader at) => at.GetUInt16()),
        CimType.SInt16 => List(ref reader, (ref Utf8JsonReader at) => at.GetInt16()),
        CimType.UInt32 => List(ref reader, (ref Utf8JsonReader at) => at.GetUInt32()),
        CimType.SInt32 => List(ref reader, (ref Utf8JsonReader at) => at.GetInt32()),
        CimType.UInt64 => List(ref reader, UInt64),
        CimType.SInt64 => List(ref reader, Int64),
        CimType.Real32 => List(ref reader, Single),
        CimType.Real64 => List(ref reader, Double),
        CimType.Char16 => List(ref reader, Char),
        CimType.DateTime => List(ref reader, (ref Utf8JsonReader at) => CimDateTime.Parse(at.GetString()!)),
        CimType.Reference or CimType.Instance => List(ref reader, (ref Utf8JsonReader at) => instances.ReadObject(ref at)),
        _ => throw new InvalidDataException($"an array of type {type} cannot be read"),
    };

    /// <summary>An element that is NULL has the default of its type: MI's arrays have no NULL in them.</summary>
    private static T[] List<T>(ref Utf8JsonReader reader, ElementReader<T> read)
    {
        List<T> list = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(reader.TokenType == JsonTokenType.Null ? default! : read(ref reader));
        }

        return [.. list];
    }

    private static ulong UInt64(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? ulong.Parse(reader.GetString()!, NumberStyles.None, CultureInfo.InvariantCulture) : reader.GetUInt64();

    private static long Int64(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? long.Parse(reader.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : reader.GetInt64();

    private static float Single(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? (float)Special(reader.GetString()!) : reader.GetSingle();

    private static double Double(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? Special(reader.GetString()!) : reader.GetDouble();

    private static double Special(string text) => text switch
    {
        "NaN" => double.NaN,
        "INF" => double.PositiveInfinity,
        "-INF" => double.NegativeInfinity,
        "-0" => -0.0,
        _ => throw new InvalidDataException($"'{text}' is no real number"),
    };

    private static char Char(ref Utf8JsonReader reader) => reader.GetString() is { Length: 1 } text ? text[0] : throw new InvalidDataException("a char16 is one UTF-16 unit");
}
