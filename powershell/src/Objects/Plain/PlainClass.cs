using System.Collections.Generic;
using System.Linq;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects.Plain;

/// <summary>A qualifier, with the members of CimQualifier.</summary>
public sealed record PlainQualifier(string Name, object? Value, CimType CimType, CimFlags Flags)
{
    public override string ToString() => Name;

    internal static NamedList<PlainQualifier> List(IEnumerable<QualifierData> qualifiers) => new(
        qualifiers.Select(each => new PlainQualifier(each.Name, each.Value, each.Type, each.Flags)), each => each.Name);
}

/// <summary>A declared property, with the members of CimPropertyDeclaration.</summary>
public sealed record PlainPropertyDeclaration(string Name, object? Value, CimType CimType, CimFlags Flags)
{
    public NamedList<PlainQualifier> Qualifiers { get; private init; } = PlainQualifier.List([]);

    public string? ReferenceClassName { get; private init; }

    public override string ToString() => Name;

    internal static NamedList<PlainPropertyDeclaration> List(IEnumerable<PropertyDeclaration> properties) => new(
        properties.Select(each => new PlainPropertyDeclaration(each.Name, each.Value, each.Type, InstanceState.FlagsFor(each.Flags, each.Value))
        {
            Qualifiers = PlainQualifier.List(each.Qualifiers),
            ReferenceClassName = each.ReferenceClassName,
        }),
        each => each.Name);
}

/// <summary>A declared parameter, with the members of CimMethodParameterDeclaration.</summary>
public sealed record PlainParameterDeclaration(string Name, CimType CimType, string? ReferenceClassName)
{
    public NamedList<PlainQualifier> Qualifiers { get; private init; } = PlainQualifier.List([]);

    public override string ToString() => Name;

    internal static NamedList<PlainParameterDeclaration> List(IEnumerable<ParameterDeclaration> parameters) => new(
        parameters.Select(each => new PlainParameterDeclaration(each.Name, each.Type, each.ReferenceClassName)
        {
            Qualifiers = PlainQualifier.List(each.Qualifiers),
        }),
        each => each.Name);
}

/// <summary>A declared method, with the members of CimMethodDeclaration.</summary>
public sealed record PlainMethodDeclaration(string Name, CimType ReturnType, NamedList<PlainParameterDeclaration> Parameters)
{
    public NamedList<PlainQualifier> Qualifiers { get; private init; } = PlainQualifier.List([]);

    public override string ToString() => Name;

    internal static NamedList<PlainMethodDeclaration> List(IEnumerable<MethodDeclaration> methods) => new(
        methods.Select(each => new PlainMethodDeclaration(each.Name, each.ReturnType, PlainParameterDeclaration.List(each.Parameters))
        {
            Qualifiers = PlainQualifier.List(each.Qualifiers),
        }),
        each => each.Name);
}
