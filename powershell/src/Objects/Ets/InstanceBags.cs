using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects.Ets;

/// <summary>
/// Property bags `Deserialized.…CimInstance#ns/Class`. What they have lost stays lost: the types of nulls, and whether an
/// instance was a reference; which properties are keys is asked of the class.
/// </summary>
internal static class InstanceBags
{
    private const string Deserialized = "Deserialized.";

    internal static bool IsBag(PSObject bag) => bag.BaseObject is PSCustomObject && Name(bag) is not null;

    internal static InstanceData Read(PSObject bag)
    {
        (string className, string? space) = Name(bag) ?? throw new InvalidCastException("The object is no deserialized CIM instance.");
        HashSet<string> modified = Modified(bag);
        return new InstanceData
        {
            ClassName = className,
            Namespace = space,
            KeysUnknown = true,
            Properties = [.. bag.Properties.Where(IsOfInstance).Select(property => Read(property, modified.Contains(property.Name)))],
        };
    }

    private static (string ClassName, string? Namespace)? Name(PSObject bag) => bag.TypeNames
        .Where(name => name.StartsWith(Deserialized, StringComparison.OrdinalIgnoreCase))
        .Select(TypeNames.Parse)
        .FirstOrDefault(name => name is not null);

    /// <summary>Properties of the instance come back as properties; what PowerShell adds on the way comes as notes.</summary>
    private static bool IsOfInstance(PSPropertyInfo property) => property.MemberType == PSMemberTypes.Property
        && !property.Name.Equals("PSComputerName", StringComparison.OrdinalIgnoreCase);

    /// <summary>The names that PowerShell's serializer wrote down as changed.</summary>
    private static HashSet<string> Modified(PSObject bag)
    {
        object? metadata = bag.Properties["__InstanceMetadata"]?.Value;
        string? names = metadata is null ? null : PSObject.AsPSObject(metadata).Properties["Modified"]?.Value as string;
        return new HashSet<string>(names?.Split(' ') ?? [], StringComparer.OrdinalIgnoreCase);
    }

    private static PropertyData Read(PSPropertyInfo property, bool modified)
    {
        (object? value, CimType type) = Value(property.Value);
        CimFlags flags = InstanceState.FlagsFor(modified ? CimFlags.None : CimFlags.NotModified, value);
        return new PropertyData { Name = property.Name, Type = type, Value = value, Flags = flags };
    }

    private static (object? Value, CimType Type) Value(object? value)
    {
        if (value is PSObject bag && IsBag(bag))
        {
            return (Read(bag), CimType.Instance);
        }

        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            null => (null, CimType.String),
            string or byte[] => (plain, CimConverter.GetCimType(plain.GetType())),
            CimInstance instance => (CimObjects.Maker.ToState(instance), CimType.Instance),
            IEnumerable list => Array(list),
            _ when CimConverter.GetCimType(plain.GetType()) is var type and not CimType.Unknown => (plain, type),
            _ => (plain.ToString(), CimType.String),
        };
    }

    private static (object? Value, CimType Type) Array(IEnumerable list)
    {
        (object? Value, CimType Type)[] elements = list.Cast<object?>().Select(Value).ToArray();
        CimType element = elements.Select(each => each.Type).Distinct().ToArray() is [var only] ? only : CimType.String;
        System.Array values = System.Array.CreateInstance(element == CimType.Instance ? typeof(InstanceData) : DotNetTypes.Of(element), elements.Length);
        for (int index = 0; index < elements.Length; index++)
        {
            values.SetValue(element == CimType.String ? elements[index].Value?.ToString() : elements[index].Value, index);
        }

        return (values, CimTypes.ArrayOf(element));
    }
}
