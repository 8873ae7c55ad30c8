using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>The data of instances that scripts make.</summary>
internal static class NewInstances
{
    /// <summary>Of a class that is only named: the types are those of the values, the keys those that the script names.</summary>
    /// <exception cref="ArgumentException">A value has no type in CIM; NULL is such a one where no class is at hand.</exception>
    public static InstanceData Named(string className, string @namespace, string[]? keys, IDictionary? properties)
    {
        InstanceData instance = new() { ClassName = className, Namespace = @namespace };
        foreach (DictionaryEntry property in properties ?? new Hashtable())
        {
            string name = property.Key.ToString()?.Trim() ?? "";
            CimFlags flags = keys?.Contains(name, StringComparer.OrdinalIgnoreCase) == true ? CimFlags.Key : CimFlags.None;
            instance.Properties.Add(Typing.Unwrapped(property.Value) switch
            {
                null => throw new ArgumentException(Texts.NoCimType),
                PSReference reference => Typing.As(new Declared(name, CimType.Reference, null), reference.Value, flags, _ => null),
                object value => Typing.ByValue(name, value, flags),
            });
        }

        return instance;
    }

    /// <summary>Of a class that is at hand: all its properties, with their defaults where the script says nothing.</summary>
    /// <exception cref="ArgumentException">A value does not fit.</exception>
    public static InstanceData OfClass(ClassData declaration, IDictionary? properties, Func<string, ClassData?> classOf)
    {
        Dictionary<string, PropertyData> given = properties is null ? []
            : new ClassProperties(declaration).Typed(properties, classOf).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        return new InstanceData
        {
            ClassName = declaration.Name,
            Namespace = declaration.Namespace,
            ServerName = declaration.ServerName,
            Class = new KnownClass(declaration),
            Properties = declaration.Properties.Select(property => given.TryGetValue(property.Name, out PropertyData? value) ? Shown(value) : Default(property)).ToList(),
        };
    }

    /// <summary>What goes to the server: what the script gave, and defaults that are not NULL.</summary>
    public static InstanceData Sent(InstanceData instance) => new()
    {
        ClassName = instance.ClassName,
        Namespace = instance.Namespace,
        Class = instance.Class,
        Properties = instance.Properties.Where(property => property.Value is not null || !property.Flags.HasFlag(CimFlags.NotModified)).ToList(),
    };

    /// <summary>What the server's answer to Create names: the class and the keys.</summary>
    public static InstanceData Keys(InstanceData instance) => new()
    {
        ClassName = instance.ClassName,
        Namespace = instance.Namespace,
        Properties = instance.Properties.Where(property => property.Flags.HasFlag(CimFlags.Key)).ToList(),
    };

    private static PropertyData Shown(PropertyData given)
    {
        given.Flags |= CimFlags.Property;
        return given;
    }

    private static PropertyData Default(PropertyDeclaration property) => new()
    {
        Name = property.Name,
        Type = property.Type,
        DeclaredClass = ClassProperties.DeclaredOf(property).ClassName,
        Value = property.Value,
        Flags = (property.Flags & (CimFlags.Key | CimFlags.ReadOnly)) | CimFlags.Property | CimFlags.NotModified | (property.Value is null ? CimFlags.NullValue : CimFlags.None),
    };

    private sealed class KnownClass(ClassData declaration) : IClassSource
    {
        public ClassData Known => declaration;

        public ClassData Fetch() => declaration;
    }
}
