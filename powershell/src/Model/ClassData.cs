using System.Collections.Generic;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Model;

/// <summary>A qualifier of a class, a property, a method or a parameter.</summary>
public sealed record QualifierData(string Name, CimType Type, object? Value, CimFlags Flags);

/// <summary>The declaration of a property.</summary>
public sealed class PropertyDeclaration
{
    public required string Name { get; init; }

    public required CimType Type { get; init; }

    /// <summary>The default value; null for none.</summary>
    public object? Value { get; init; }

    /// <summary>Property, Key, ReadOnly and NullValue as MI gives them for declarations.</summary>
    public CimFlags Flags { get; init; }

    public string? ReferenceClassName { get; init; }

    public IReadOnlyList<QualifierData> Qualifiers { get; init; } = [];
}

/// <summary>The declaration of a parameter; whether it goes in or out stands in its qualifiers.</summary>
public sealed class ParameterDeclaration
{
    public required string Name { get; init; }

    public required CimType Type { get; init; }

    public string? ReferenceClassName { get; init; }

    public IReadOnlyList<QualifierData> Qualifiers { get; init; } = [];
}

/// <summary>The declaration of a method.</summary>
public sealed class MethodDeclaration
{
    public required string Name { get; init; }

    public required CimType ReturnType { get; init; }

    public IReadOnlyList<ParameterDeclaration> Parameters { get; init; } = [];

    public IReadOnlyList<QualifierData> Qualifiers { get; init; } = [];
}

/// <summary>A class with what it inherits.</summary>
public sealed class ClassData
{
    public required string Name { get; init; }

    public string? Namespace { get; init; }

    public string? ServerName { get; init; }

    public string? SuperClassName { get; init; }

    /// <summary>The superclasses, the nearest first.</summary>
    public IReadOnlyList<string> Derivation { get; init; } = [];

    public IReadOnlyList<QualifierData> Qualifiers { get; init; } = [];

    public IReadOnlyList<PropertyDeclaration> Properties { get; init; } = [];

    public IReadOnlyList<MethodDeclaration> Methods { get; init; } = [];

    /// <summary>How CimSuperClass is found when a script asks for it; null where that is not possible.</summary>
    public IClassSource? SuperClass { get; set; }
}
