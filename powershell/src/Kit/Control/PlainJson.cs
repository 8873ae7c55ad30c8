using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using Cimulator.PowerShell.Bridge;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>Values of PowerShell as the plain ones of the control API, and what it answers as objects of PowerShell.</summary>
internal static class PlainJson
{
    /// <summary>As deep as what a script gives may be.</summary>
    private const int MaxDepth = 32;

    /// <summary>The bytes of a JSON object.</summary>
    public static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>A member, unless it is null.</summary>
    public static void Member(Utf8JsonWriter writer, string name, object? value)
    {
        if (value is not null)
        {
            writer.WritePropertyName(name);
            Value(writer, value);
        }
    }

    /// <summary>
    /// A CimInstance becomes its path where it has keys, or the instance itself; a date the text that CIM has for it; hashtables and objects
    /// become objects.
    /// </summary>
    /// <exception cref="ArgumentException">It is nested too deeply, or no value.</exception>
    public static void Value(Utf8JsonWriter writer, object? given, int depth = 0)
    {
        object? value = given is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : given;
        if (depth > MaxDepth)
        {
            throw new ArgumentException($"A value is nested deeper than {MaxDepth} levels.", nameof(given));
        }

        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case SwitchParameter flag: writer.WriteBooleanValue(flag.IsPresent); break;
            case ulong or long: WriteWhole(writer, value); break;
            case byte or sbyte or ushort or short or uint or int: writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case float or double or decimal: WriteReal(writer, Convert.ToDouble(value, CultureInfo.InvariantCulture)); break;
            case char unit: writer.WriteStringValue(unit.ToString()); break;
            case Enum symbol: Value(writer, Convert.ChangeType(symbol, symbol.GetTypeCode(), CultureInfo.InvariantCulture), depth); break;
            case DateTime time: writer.WriteStringValue(CimDateTime.Format(time)); break;
            case DateTimeOffset time: writer.WriteStringValue(CimDateTime.Format(time.UtcDateTime)); break;
            case TimeSpan span: writer.WriteStringValue(CimDateTime.Format(span)); break;
            case Guid id: writer.WriteStringValue(id.ToString()); break;
            case CimInstance instance: Instance(writer, instance); break;
            case IDictionary members: Members(writer, members.Keys.Cast<object>().Select(key => (key.ToString() ?? "", members[key])), depth); break;
            case IEnumerable list: List(writer, list, depth); break;
            case PSObject custom: Members(writer, custom.Properties.Select(property => (property.Name, (object?)property.Value)), depth); break;
            default: throw new ArgumentException($"A value of type {value.GetType()} has no form in JSON.", nameof(given));
        }
    }

    /// <summary>Objects become PSCustomObjects, whole numbers int, long or decimal, lists arrays.</summary>
    public static object? Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => ReadObject(json),
        JsonValueKind.Array => json.EnumerateArray().Select(Read).ToArray(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => ReadNumber(json),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <param name="typeName">what formatting files know it by</param>
    public static PSObject ReadObject(JsonElement json, string? typeName = null)
    {
        PSObject result = new();
        foreach (JsonProperty member in json.EnumerateObject())
        {
            result.Properties.Add(new PSNoteProperty(member.Name, Read(member.Value)));
        }

        if (typeName is not null)
        {
            result.TypeNames.Insert(0, typeName);
        }

        return result;
    }

    private static object ReadNumber(JsonElement json)
    {
        if (json.TryGetInt32(out int small))
        {
            return small;
        }

        return json.TryGetInt64(out long whole) ? whole : json.GetDouble();
    }

    /// <summary>Readers of JSON keep 53 bits: what is longer is text.</summary>
    private static void WriteWhole(Utf8JsonWriter writer, object value)
    {
        decimal number = Convert.ToDecimal(value, CultureInfo.InvariantCulture);
        if (Math.Abs(number) <= 1L << 53)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void WriteReal(Utf8JsonWriter writer, double real)
    {
        if (double.IsFinite(real))
        {
            writer.WriteNumberValue(real);
        }
        else
        {
            writer.WriteStringValue(double.IsNaN(real) ? "NaN" : real > 0 ? "INF" : "-INF");
        }
    }

    private static void Instance(Utf8JsonWriter writer, CimInstance instance)
    {
        InstanceData data = Services.Objects.DataOf(instance);
        bool isStored = data.Properties.Exists(property => property.Flags.HasFlag(CimFlags.Key));
        writer.WriteStartObject();
        writer.WriteString("kind"u8, isStored ? "path" : "instance");
        if (data.Namespace is not null)
        {
            writer.WriteString("namespace"u8, data.Namespace);
        }

        writer.WriteString("class"u8, data.ClassName);
        IEnumerable<PropertyData> told = isStored ? data.Properties.Where(property => property.Flags.HasFlag(CimFlags.Key)) : data.Properties;
        ValueWriter.Elements(writer, isStored ? "keys" : "properties", told);
        writer.WriteEndObject();
    }

    private static void Members(Utf8JsonWriter writer, IEnumerable<(string Name, object? Value)> members, int depth)
    {
        writer.WriteStartObject();
        foreach ((string name, object? value) in members)
        {
            writer.WritePropertyName(name);
            Value(writer, value, depth + 1);
        }

        writer.WriteEndObject();
    }

    private static void List(Utf8JsonWriter writer, IEnumerable list, int depth)
    {
        writer.WriteStartArray();
        foreach (object? element in list)
        {
            Value(writer, element, depth + 1);
        }

        writer.WriteEndArray();
    }
}
