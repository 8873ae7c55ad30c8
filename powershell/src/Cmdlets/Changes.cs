using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>What Set-CimInstance changes.</summary>
internal static class Changes
{
    /// <summary>Sets the properties of <paramref name="instance"/>: what the script holds shows them, too.</summary>
    /// <exception cref="CimException">A property is read-only, or the class does not have it.</exception>
    /// <exception cref="ArgumentException">A value does not fit.</exception>
    public static void Set(InstanceData instance, CimInstance shown, IDictionary? properties, Func<string, ClassData?> classOf)
    {
        foreach (DictionaryEntry given in properties ?? new Hashtable())
        {
            string name = given.Key.ToString() ?? "";
            PropertyData? property = instance.Properties.FirstOrDefault(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                Add(instance, shown, name, given.Value);
            }
            else if (property.Flags.HasFlag(CimFlags.ReadOnly))
            {
                throw new CimException(Texts.ReadOnlyProperty(name, shown));
            }
            else
            {
                property.Value = Typing.As(DeclaredOf(property, instance), given.Value, property.Flags, classOf).Value;
                property.Flags = (property.Flags & ~(CimFlags.NotModified | CimFlags.NullValue)) | (property.Value is null ? CimFlags.NullValue : CimFlags.None);
            }
        }
    }

    /// <summary>What a script changed since the instance came, keys left out.</summary>
    public static List<PropertyData> Of(InstanceData instance) =>
        instance.Properties.Where(property => !property.Flags.HasFlag(CimFlags.NotModified) && !property.Flags.HasFlag(CimFlags.Key)).ToList();

    private static void Add(InstanceData instance, CimInstance shown, string name, object? value)
    {
        if (instance.Class?.Fetch() is not null)
        {
            throw new CimException(Texts.PropertyNotAddable(name, shown));
        }

        instance.Properties.Add(Typing.ByValue(name, value, CimFlags.None));
    }

    private static Declared DeclaredOf(PropertyData property, InstanceData instance) =>
        instance.Class?.Fetch()?.Properties.FirstOrDefault(each => each.Name.Equals(property.Name, StringComparison.OrdinalIgnoreCase)) is { } declaration
            ? ClassProperties.DeclaredOf(declaration)
            : new Declared(property.Name, property.Type, property.DeclaredClass);
}
