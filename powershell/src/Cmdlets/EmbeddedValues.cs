using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>Instances as values: a CimInstance for a reference or an embedded instance, a hashtable for an embedded instance of a declared class.</summary>
internal sealed class EmbeddedValues(Declared declared, Func<string, ClassData?> classOf)
{
    /// <exception cref="ArgumentException">The value is neither, or the hashtable does not fit the class.</exception>
    public InstanceData One(object value) => value switch
    {
        CimInstance instance => Services.Objects.DataOf(instance),
        IDictionary properties when declared.Type is CimType.Instance or CimType.InstanceArray && declared.ClassName is not null => Of(properties, declared.ClassName),
        _ => throw Refused(value),
    };

    private InstanceData Of(IDictionary properties, string className)
    {
        ClassData declaration = classOf(className) ?? throw new ArgumentException(Texts.NoCimType);
        ClassProperties known = new(declaration);
        return new InstanceData
        {
            ClassName = declaration.Name,
            Namespace = declaration.Namespace,
            Properties = known.Typed(properties, classOf),
        };
    }

    private ArgumentException Refused(object value)
    {
        InvalidCastException inner = new(string.Format(CultureInfo.CurrentCulture, "A CimInstance is wanted for '{0}', not a value of type {1}.", declared.Name, value.GetType()));
        return new ArgumentException(inner.Message, nameof(value), inner);
    }
}

/// <summary>The properties of a class, for values that a script gives by name.</summary>
internal sealed class ClassProperties(ClassData declaration)
{
    private const string EmbeddedInstanceQualifier = "EmbeddedInstance";

    private readonly Dictionary<string, PropertyDeclaration> _byName = declaration.Properties.ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The given names that the class does not have.</summary>
    public List<string> Unknown(IDictionary properties) => properties.Keys.Cast<object>().Select(key => key.ToString() ?? "").Where(name => !_byName.ContainsKey(name)).ToList();

    /// <exception cref="ArgumentException">The class does not have a property, or its value does not fit.</exception>
    public List<PropertyData> Typed(IDictionary properties, Func<string, ClassData?> classOf)
    {
        if (Unknown(properties) is { Count: > 0 } unknown)
        {
            throw new ArgumentException(Texts.PropertiesNotFound(declaration.Name, string.Join(",", unknown)));
        }

        List<PropertyData> typed = [];
        foreach (DictionaryEntry given in properties)
        {
            PropertyDeclaration property = _byName[given.Key.ToString()!];
            typed.Add(Typing.As(DeclaredOf(property), given.Value, property.Flags & (CimFlags.Key | CimFlags.ReadOnly), classOf));
        }

        return typed;
    }

    public static Declared DeclaredOf(PropertyDeclaration property) =>
        new(property.Name, property.Type, property.ReferenceClassName ?? EmbeddedClassOf(property.Qualifiers));

    public static Declared DeclaredOf(ParameterDeclaration parameter) =>
        new(parameter.Name, parameter.Type, parameter.ReferenceClassName ?? EmbeddedClassOf(parameter.Qualifiers));

    private static string? EmbeddedClassOf(IReadOnlyList<QualifierData> qualifiers) =>
        qualifiers.FirstOrDefault(qualifier => qualifier.Name.Equals(EmbeddedInstanceQualifier, StringComparison.OrdinalIgnoreCase))?.Value as string;
}
