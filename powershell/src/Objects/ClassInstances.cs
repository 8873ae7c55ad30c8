using System.Linq;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects;

/// <summary>Instances made from a declaration, as `New-CimInstance -ClientOnly -CimClass` makes them.</summary>
internal static class ClassInstances
{
    private const CimFlags Kept = CimFlags.Property | CimFlags.Key | CimFlags.ReadOnly;

    /// <summary>Every property with its default; none counts as modified.</summary>
    internal static InstanceData New(ClassData declaration) => new()
    {
        ClassName = declaration.Name,
        Namespace = declaration.Namespace,
        ServerName = declaration.ServerName,
        Class = new FixedClass(declaration),
        Properties = [.. declaration.Properties.Select(New)],
    };

    private static PropertyData New(PropertyDeclaration property) => new()
    {
        Name = property.Name,
        Type = property.Type,
        Value = Copies.OfValue(property.Value),
        Flags = InstanceState.FlagsFor(property.Flags & Kept, property.Value) | CimFlags.NotModified,
        DeclaredClass = property.ReferenceClassName,
    };
}

/// <summary>The source of a declaration that is at hand.</summary>
internal sealed record FixedClass(ClassData Declaration) : IClassSource
{
    public ClassData? Known => Declaration;

    public ClassData? Fetch() => Declaration;
}
