using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>What a declaration says of a value.</summary>
internal sealed record Declared(string Name, CimType Type, string? ClassName);

/// <summary>
/// Values of scripts as values of CIM: of the type that a class declares, or of the one that the .NET value has. What does not fit is an
/// ArgumentException or an OverflowException, as Microsoft's library throws them.
/// </summary>
internal static class Typing
{
    /// <param name="classOf">Finds a class by its name, for embedded instances that are given as hashtables.</param>
    public static PropertyData As(Declared declared, object? given, CimFlags flags, Func<string, ClassData?> classOf)
    {
        object? value = Unwrapped(given);
        EmbeddedValues embedded = new(declared, classOf);
        object? typed = value is null ? null
            : Types.IsArray(declared.Type) ? ArrayOf(declared, value, embedded)
            : Types.IsInstance(declared.Type) ? embedded.One(value)
            : Scalars.Convert(value, declared.Type);
        return new PropertyData { Name = declared.Name, Type = declared.Type, DeclaredClass = declared.ClassName, Value = typed, Flags = flags | (typed is null ? CimFlags.NullValue : CimFlags.None) };
    }

    /// <summary>By the .NET value alone: a CimInstance is embedded, a [ref] to one is a reference; null is taken for a string.</summary>
    public static PropertyData ByValue(string name, object? given, CimFlags flags)
    {
        object? value = Unwrapped(given);
        if (value is null)
        {
            return new PropertyData { Name = name, Type = CimType.String, Flags = flags | CimFlags.NullValue };
        }

        if (References.Read(value) is { } reference)
        {
            return new PropertyData { Name = name, Type = reference.Type, Value = reference.Value, Flags = flags };
        }

        CimType type = Types.Of(value);
        return As(new Declared(name, type, null), value, flags, _ => null);
    }

    /// <summary>True where only a class can tell what a value is: a hashtable, or a list of them.</summary>
    public static bool NeedsClass(object? given)
    {
        object? value = Unwrapped(given);
        return value is IDictionary || (value is object[] { Length: > 0 } list && list[0] is IDictionary);
    }

    /// <summary>The value without PSObjects around it and its elements.</summary>
    public static object? Unwrapped(object? value)
    {
        object? inner = value is PSObject wrapped ? wrapped.BaseObject : value;
        return inner is object[] list && list.Any(element => element is PSObject)
            ? Array.ConvertAll(list, element => element is PSObject each ? each.BaseObject : element)
            : inner;
    }

    private static Array ArrayOf(Declared declared, object value, EmbeddedValues embedded)
    {
        CimType elementType = Types.ElementOf(declared.Type);
        List<object?> elements = value is IEnumerable many and not string and not IDictionary ? many.Cast<object?>().Select(Unwrapped).ToList() : [value];
        Array array = Array.CreateInstance(Types.DotNetOf(elementType), elements.Count);
        for (int index = 0; index < elements.Count; index++)
        {
            object element = elements[index] ?? throw new ArgumentException(Texts.NoNullElements, nameof(value), new ArgumentException(Texts.NoNullElements));
            array.SetValue(Types.IsInstance(elementType) ? embedded.One(element) : Scalars.Convert(element, elementType), index);
        }

        return array;
    }
}
