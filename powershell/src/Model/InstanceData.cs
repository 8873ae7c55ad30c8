using System.Collections.Generic;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Model;

/// <summary>
/// A property of an instance. <see cref="Value"/> has the form that CimProperty.Value has: bool, the integers, float, double, char, string,
/// DateTime or TimeSpan, arrays of these; for references and embedded instances <see cref="InstanceData"/> or an array of it; null for NULL.
/// </summary>
public sealed class PropertyData
{
    public required string Name { get; init; }

    public required CimType Type { get; set; }

    public object? Value { get; set; }

    /// <summary>Key, ReadOnly, NotModified, NullValue as the property has them now.</summary>
    public CimFlags Flags { get; set; }

    /// <summary>The class that a reference or an embedded instance is declared with, where it is known.</summary>
    public string? DeclaredClass { get; init; }
}

/// <summary>An instance as the module keeps it; what a genuine CimInstance shows is read from here.</summary>
public sealed class InstanceData
{
    public required string ClassName { get; init; }

    /// <summary>With forward slashes, as the server or the script named it.</summary>
    public string? Namespace { get; set; }

    /// <summary>What CimSystemProperties.ServerName shows: the computer that the instance came from.</summary>
    public string? ServerName { get; set; }

    /// <summary>In the order of the server or of the script; names compare without case.</summary>
    public List<PropertyData> Properties { get; init; } = [];

    /// <summary>True for one that came out of CLIXML, which does not say which properties are keys: the class is asked when it is needed.</summary>
    public bool KeysUnknown { get; set; }

    /// <summary>Where the declaration comes from when it is first asked for; null for an instance without class.</summary>
    public IClassSource? Class { get; set; }
}

/// <summary>Fetches a class when it is first asked for, and remembers it.</summary>
public interface IClassSource
{
    /// <summary>The declaration, from memory or from the server; null where the server has none or does not answer.</summary>
    ClassData? Fetch();

    /// <summary>The declaration if it was fetched before; sends nothing.</summary>
    ClassData? Known { get; }
}
