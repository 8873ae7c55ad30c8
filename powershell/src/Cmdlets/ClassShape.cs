using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>
/// The properties of a class in their order. A server may send them in another, and leave out what is NULL or was not asked for; objects show
/// all of them, as their class has them.
/// </summary>
internal sealed class ClassShape
{
    private static readonly ConditionalWeakTable<ClassData, ClassShape> s_shapes = new();

    /// <summary>Classes that were not to be had: the next of many instances does not ask again.</summary>
    private static readonly ConditionalWeakTable<IClassSource, string> s_unknown = new();

    private readonly Dictionary<string, int> _positions = new(StringComparer.OrdinalIgnoreCase);
    private readonly PropertyDeclaration[] _declarations;

    private ClassShape(ClassData declaration)
    {
        _declarations = declaration.Properties.ToArray();
        for (int position = 0; position < _declarations.Length; position++)
        {
            _positions[_declarations[position].Name] = position;
        }
    }

    /// <param name="data">An instance; one whose class is not to be had stays as it is.</param>
    /// <param name="keysAlone">True where nothing but keys was asked for: what a query brought besides goes, as -KeyOnly says.</param>
    public static void Give(InstanceData data, bool keysAlone)
    {
        if (data.Class is null || s_unknown.TryGetValue(data.Class, out _))
        {
            return;
        }

        if (data.Class.Fetch() is { } declaration)
        {
            s_shapes.GetValue(declaration, known => new ClassShape(known)).Arrange(data.Properties, keysAlone);
        }
        else
        {
            s_unknown.AddOrUpdate(data.Class, data.ClassName);
        }
    }

    private void Arrange(List<PropertyData> properties, bool keysAlone)
    {
        PropertyData?[] ordered = new PropertyData?[_declarations.Length];
        List<PropertyData> others = [];
        foreach (PropertyData property in properties)
        {
            if (_positions.TryGetValue(property.Name, out int position) && ordered[position] is null)
            {
                property.Flags |= FlagsOf(_declarations[position]);
                ordered[position] = property;
            }
            else
            {
                others.Add(property);
            }
        }

        properties.Clear();
        for (int position = 0; position < ordered.Length; position++)
        {
            if (ordered[position] is { } property)
            {
                properties.Add(property);
            }
            else if (!keysAlone)
            {
                properties.Add(Absent(_declarations[position]));
            }
        }

        properties.AddRange(others);
        if (keysAlone && properties.Exists(IsKey))
        {
            properties.RemoveAll(property => !IsKey(property));
        }
    }

    private static bool IsKey(PropertyData property) => property.Flags.HasFlag(CimFlags.Key);

    /// <summary>A key that did not come is no key: the server says which ones it needs.</summary>
    private static PropertyData Absent(PropertyDeclaration declaration) => new()
    {
        Name = declaration.Name,
        Type = declaration.Type,
        DeclaredClass = ClassProperties.DeclaredOf(declaration).ClassName,
        Flags = (FlagsOf(declaration) & ~CimFlags.Key) | CimFlags.Property | CimFlags.NotModified | CimFlags.NullValue,
    };

    private static CimFlags FlagsOf(PropertyDeclaration declaration) => declaration.Flags & (CimFlags.Key | CimFlags.ReadOnly);
}
