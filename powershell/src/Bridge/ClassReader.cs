using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Bridge;

/// <summary>Reads class declarations.</summary>
/// <param name="serverName">the computer that they come from</param>
/// <param name="classOf">where the declaration of a superclass comes from</param>
internal sealed class ClassReader(string? serverName, Func<string, string, IClassSource?> classOf)
{
    private readonly InstanceReader _instances = new(serverName, classOf);

    public ClassData Read(ref Utf8JsonReader reader)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        JsonElement json = document.RootElement;
        string? @namespace = Text(json, "namespace");
        string? superclass = Text(json, "superclass");
        return new ClassData
        {
            Name = Text(json, "name") ?? throw new InvalidDataException("a class has no name"),
            Namespace = @namespace,
            ServerName = serverName,
            SuperClassName = superclass,
            Derivation = json.TryGetProperty("derivation", out JsonElement names) ? names.EnumerateArray().Select(name => name.GetString()!).ToArray() : [],
            Qualifiers = Qualifiers(json),
            Properties = Members(json, "properties", Property),
            Methods = Members(json, "methods", Method),
            SuperClass = superclass is null || @namespace is null ? null : classOf(@namespace, superclass),
        };
    }

    private PropertyDeclaration Property(string name, JsonElement json)
    {
        CimType type = TypeOf(json);
        QualifierData[] qualifiers = Qualifiers(json);
        object? value = json.TryGetProperty("value", out JsonElement given) ? Value(given, type) : null;
        return new PropertyDeclaration
        {
            Name = name,
            Type = type,
            Value = value,
            Flags = CimFlags.Property
                | (Is(qualifiers, "key") ? CimFlags.Key : CimFlags.None)
                | (Is(qualifiers, "read") && !Is(qualifiers, "write") ? CimFlags.ReadOnly : CimFlags.None)
                | (value is null ? CimFlags.NullValue : CimFlags.None),
            ReferenceClassName = Text(json, "class"),
            Qualifiers = qualifiers,
        };
    }

    private MethodDeclaration Method(string name, JsonElement json) => new()
    {
        Name = name,
        ReturnType = TypeOf(json),
        Parameters = Members(json, "parameters", Parameter),
        Qualifiers = Qualifiers(json),
    };

    private ParameterDeclaration Parameter(string name, JsonElement json) => new()
    {
        Name = name,
        Type = TypeOf(json),
        ReferenceClassName = Text(json, "class"),
        Qualifiers = Qualifiers(json),
    };

    private QualifierData[] Qualifiers(JsonElement owner) => Members(owner, "qualifiers", Qualifier);

    private QualifierData Qualifier(string name, JsonElement json)
    {
        CimType type = TypeOf(json);
        string[] flavors = json.TryGetProperty("flavors", out JsonElement given) ? given.EnumerateArray().Select(flavor => flavor.GetString()!).ToArray() : [];
        CimFlags flags = (flavors.Contains("DisableOverride") ? CimFlags.DisableOverride : CimFlags.EnableOverride)
            | (flavors.Contains("Restricted") ? CimFlags.Restricted : CimFlags.ToSubclass)
            | (flavors.Contains("Translatable") ? CimFlags.Translatable : CimFlags.None);
        return new QualifierData(name, type, json.TryGetProperty("value", out JsonElement value) ? Value(value, type) : null, flags);
    }

    private object? Value(JsonElement json, CimType type)
    {
        Utf8JsonReader reader = new(System.Text.Encoding.UTF8.GetBytes(json.GetRawText()));
        reader.Read();
        return ValueReader.Read(ref reader, type, _instances);
    }

    private static T[] Members<T>(JsonElement owner, string member, Func<string, JsonElement, T> read) =>
        owner.TryGetProperty(member, out JsonElement json) ? json.EnumerateObject().Select(one => read(one.Name, one.Value)).ToArray() : [];

    private static CimType TypeOf(JsonElement json)
    {
        Utf8JsonReader reader = new(System.Text.Encoding.UTF8.GetBytes(json.GetProperty("type").GetRawText()));
        reader.Read();
        CimType type = JsonTypes.Read(ref reader);
        return json.TryGetProperty("array", out JsonElement array) && array.GetBoolean() ? JsonTypes.ArrayOf(type) : type;
    }

    private static bool Is(QualifierData[] qualifiers, string name) =>
        qualifiers.Any(qualifier => string.Equals(qualifier.Name, name, StringComparison.OrdinalIgnoreCase) && qualifier.Value is true);

    private static string? Text(JsonElement json, string member) => json.TryGetProperty(member, out JsonElement text) ? text.GetString() : null;
}
