using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Bridge;

/// <summary>
/// Reads instances and paths straight from the bytes. One reader is for one stream and one thread at a time: it keeps the names of the
/// properties that it saw, since the instances of a stream mostly have the same ones.
/// </summary>
/// <param name="serverName">the computer that instances come from</param>
/// <param name="classOf">where the declaration of a class of a namespace comes from</param>
internal sealed class InstanceReader(string? serverName, Func<string, string, IClassSource?> classOf)
{
    private readonly List<string> _propertyNames = [];
    private readonly List<string> _keyNames = [];
    private string _namespace = "";
    private string _className = "";
    private IClassSource? _class;

    /// <summary>An instance or a path; the reader is at its beginning.</summary>
    public InstanceData ReadObject(ref Utf8JsonReader reader)
    {
        string? @namespace = null, className = null, host = null;
        List<PropertyData>? properties = null;
        InstanceData? path = null;
        bool isPath = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Member(ref reader, "kind"u8))
            {
                isPath = reader.ValueTextEquals("path"u8);
            }
            else if (Member(ref reader, "namespace"u8))
            {
                @namespace = Same(ref reader, _namespace);
            }
            else if (Member(ref reader, "class"u8) || Member(ref reader, "name"u8))
            {
                className = Same(ref reader, _className);
            }
            else if (Member(ref reader, "host"u8))
            {
                host = reader.GetString();
            }
            else if (Member(ref reader, "path"u8))
            {
                path = ReadObject(ref reader);
            }
            else if (Member(ref reader, "properties"u8))
            {
                properties = ReadElements(ref reader, _propertyNames);
            }
            else if (Member(ref reader, "keys"u8))
            {
                properties = ReadElements(ref reader, _keyNames);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        InstanceData data = new()
        {
            ClassName = className ?? throw new InvalidDataException("an object names no class"),
            Namespace = @namespace ?? path?.Namespace,
            ServerName = isPath ? host ?? serverName : serverName,
            Properties = properties ?? path?.Properties ?? [],
        };
        MarkKeys(data, isPath ? data : path);
        data.Class = isPath || data.Namespace is null ? null : ClassOf(data.Namespace, data.ClassName);
        return data;
    }

    /// <summary>`{NAME:{"type","value"}}`; the reader is at its beginning.</summary>
    public List<PropertyData> ReadElements(ref Utf8JsonReader reader) => ReadElements(ref reader, []);


    /// <summary>`{"type","value"}`, in any order; the reader is at its beginning.</summary>
    public PropertyData ReadElement(ref Utf8JsonReader reader, string name)
    {
        CimType type = CimType.Unknown;
        bool isArray = false;
        string? declaredClass = null;
        object? value = null;
        bool isLater = false;
        Utf8JsonReader later = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Member(ref reader, "type"u8))
            {
                type = JsonTypes.Read(ref reader);
            }
            else if (Member(ref reader, "array"u8))
            {
                isArray = reader.GetBoolean();
            }
            else if (Member(ref reader, "class"u8))
            {
                declaredClass = reader.GetString();
            }
            else if (reader.ValueTextEquals("value"u8))
            {
                reader.Read();
                if (type != CimType.Unknown && (isArray || reader.TokenType != JsonTokenType.StartArray))
                {
                    value = ValueReader.Read(ref reader, isArray ? JsonTypes.ArrayOf(type) : type, this);
                }
                else
                {
                    later = reader;
                    isLater = true;
                    reader.Skip();
                }
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        type = isArray ? JsonTypes.ArrayOf(type) : type;
        if (isLater)
        {
            value = ValueReader.Read(ref later, type, this);
        }

        return new PropertyData
        {
            Name = name,
            Type = type,
            Value = value,
            Flags = CimFlags.Property | CimFlags.NotModified | (value is null ? CimFlags.NullValue : CimFlags.None),
            DeclaredClass = declaredClass,
        };
    }

    /// <summary>Where the name is the member's, the reader goes on to its value.</summary>
    private static bool Member(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();

    private static string Same(ref Utf8JsonReader reader, string last) => reader.ValueTextEquals(last) ? last : reader.GetString()!;

    private static void MarkKeys(InstanceData data, InstanceData? path)
    {
        if (path is null)
        {
            return;
        }

        foreach (PropertyData key in path.Properties)
        {
            if (data.Properties.Find(property => string.Equals(property.Name, key.Name, StringComparison.OrdinalIgnoreCase)) is { } property)
            {
                property.Flags |= CimFlags.Key;
            }
        }
    }

    private List<PropertyData> ReadElements(ref Utf8JsonReader reader, List<string> names)
    {
        List<PropertyData> elements = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = NameAt(ref reader, names, elements.Count);
            reader.Read();
            elements.Add(ReadElement(ref reader, name));
        }

        return elements;
    }

    private static string NameAt(ref Utf8JsonReader reader, List<string> names, int index)
    {
        if (index < names.Count && reader.ValueTextEquals(names[index]))
        {
            return names[index];
        }

        string name = reader.GetString()!;
        if (index < names.Count)
        {
            names[index] = name;
        }
        else
        {
            names.Add(name);
        }

        return name;
    }

    private IClassSource? ClassOf(string @namespace, string className)
    {
        if (_class is null || _namespace != @namespace || _className != className)
        {
            (_namespace, _className, _class) = (@namespace, className, classOf(@namespace, className));
        }

        return _class;
    }
}
