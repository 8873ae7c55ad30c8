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

    /// <summary>
    /// The class of an instance. Where nobody declared one, as of what a reference names or of one that a script made, it is made of the instance
    /// itself, as the genuine library does: no instance is without.
    /// </summary>
    internal static ClassData ClassOf(InstanceData data) => data.Class?.Fetch() ?? new ClassData
    {
        Name = data.ClassName,
        Namespace = data.Namespace,
        ServerName = data.ServerName,
        Properties = [.. data.Properties.Select(Declared)],
    };

    private static PropertyDeclaration Declared(PropertyData property) => new()
    {
        Name = property.Name,
        Type = property.Type,
        Flags = (property.Flags & Kept) | CimFlags.Property | CimFlags.NullValue,
        ReferenceClassName = property.DeclaredClass,
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
