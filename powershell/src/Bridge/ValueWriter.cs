using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Bridge;

/// <summary>Writes values, paths and instances as docs/json.md has them.</summary>
internal static class ValueWriter
{
    /// <summary>`"path":{…}`: the keys of an instance.</summary>
    public static void Path(Utf8JsonWriter writer, string member, InstanceData path)
    {
        writer.WritePropertyName(member);
        PathObject(writer, path);
    }

    /// <summary>`"properties":{NAME:{"type","value"}}` under the name of the member.</summary>
    public static void Elements(Utf8JsonWriter writer, string member, IEnumerable<PropertyData> elements)
    {
        writer.WriteStartObject(member);
        foreach (PropertyData element in elements)
        {
            writer.WritePropertyName(element.Name);
            Element(writer, element);
        }

        writer.WriteEndObject();
    }

    /// <summary>Without type where that is unknown: then the class decides.</summary>
    private static void Element(Utf8JsonWriter writer, PropertyData element)
    {
        writer.WriteStartObject();
        if (element.Type != CimType.Unknown)
        {
            writer.WriteString("type"u8, JsonTypes.NameOf(element.Type));
            if (JsonTypes.IsArray(element.Type))
            {
                writer.WriteBoolean("array"u8, true);
            }
        }

        if (element.DeclaredClass is not null)
        {
            writer.WriteString("class"u8, element.DeclaredClass);
        }

        writer.WritePropertyName("value"u8);
        Value(writer, element.Value, JsonTypes.ElementOf(element.Type) == CimType.Reference);
        writer.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter writer, object? value, bool isReference)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case byte or sbyte or ushort or short or uint or int: writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case ulong or long: writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
            case float real when float.IsFinite(real) && real != 0: writer.WriteNumberValue(real); break;
            case float real: Real(writer, real); break;
            case double real: Real(writer, real); break;
            case char unit: writer.WriteStringValue(unit.ToString()); break;
            case DateTime time: writer.WriteStringValue(CimDateTime.Format(time)); break;
            case TimeSpan span: writer.WriteStringValue(CimDateTime.Format(span)); break;
            case InstanceData data when isReference: PathObject(writer, data); break;
            case InstanceData data: InstanceObject(writer, data); break;
            case Array array: List(writer, array, isReference); break;
            default: throw new ArgumentException($"a value of type {value.GetType()} has no form in CIM", nameof(value));
        }
    }

    private static void List(Utf8JsonWriter writer, Array array, bool isReference)
    {
        writer.WriteStartArray();
        foreach (object? element in array)
        {
            Value(writer, element, isReference);
        }

        writer.WriteEndArray();
    }

    private static void Real(Utf8JsonWriter writer, double real)
    {
        if (!double.IsFinite(real))
        {
            writer.WriteStringValue(double.IsNaN(real) ? "NaN" : real > 0 ? "INF" : "-INF");
        }
        else if (real == 0 && double.IsNegative(real))
        {
            writer.WriteStringValue("-0");
        }
        else
        {
            writer.WriteNumberValue(real);
        }
    }

    private static void PathObject(Utf8JsonWriter writer, InstanceData data)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "path"u8);
        Head(writer, data);
        Elements(writer, "keys", data.Properties.Where(property => property.Flags.HasFlag(CimFlags.Key)));
        writer.WriteEndObject();
    }

    private static void InstanceObject(Utf8JsonWriter writer, InstanceData data)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "instance"u8);
        Head(writer, data);
        Elements(writer, "properties", data.Properties);
        writer.WriteEndObject();
    }

    private static void Head(Utf8JsonWriter writer, InstanceData data)
    {
        if (data.Namespace is not null)
        {
            writer.WriteString("namespace"u8, data.Namespace);
        }

        writer.WriteString("class"u8, data.ClassName);
    }
}
