using System.Management.Automation;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;
using Microsoft.Management.Infrastructure.Generic;

namespace Cimulator.PowerShell.Objects.Ets;

/// <summary>Members of CimInstance and of its properties that the types file puts before the library's.</summary>
public static class InstanceMembers
{
    /// <summary>Frees at once what the library's own Dispose leaves behind for good.</summary>
    public static void Dispose(PSObject instance) => CimObjects.Maker.Dispose((CimInstance)instance.BaseObject);

    /// <summary>The value as scripts see it: a scalar instance where the library shows an array of one.</summary>
    public static object? GetValue(PSObject property) => Place(property) is { } place
        ? CimObjects.Maker.ToScript(place.Property.Value, place.Owner)
        : ((CimProperty)property.BaseObject).Value;

    public static void SetValue(PSObject property, object? value)
    {
        if (Place(property) is { } place)
        {
            InstanceState.Set(place.Data, place.Property, CimObjects.Maker.ToState(DotNetTypes.Convert(value, place.Property.Type)));
        }
        else
        {
            ((CimProperty)property.BaseObject).Value = value is PSObject wrapped ? wrapped.BaseObject : value;
        }
    }

    public static CimType GetCimType(PSObject property) => Place(property)?.Property.Type ?? ((CimProperty)property.BaseObject).CimType;

    public static CimFlags GetFlags(PSObject property) => Place(property)?.Property.Flags ?? ((CimProperty)property.BaseObject).Flags;

    /// <summary>Whether a script changed the value; the library always says no.</summary>
    public static bool GetIsValueModified(PSObject property) => !GetFlags(property).HasFlag(CimFlags.NotModified);

    public static void SetIsValueModified(PSObject property, bool value)
    {
        if (Place(property) is { } place)
        {
            InstanceState.SetModified(place.Data, place.Property, value);
        }
        else
        {
            ((CimProperty)property.BaseObject).IsValueModified = value;
        }
    }

    /// <summary>Adds a property; the library throws for a reference.</summary>
    public static void Add(PSObject properties, CimProperty property)
    {
        if (CimObjects.Maker.OwnerOfAll(properties.BaseObject) is not { } owner || CimObjects.Maker.StateOf(owner) is not { } data)
        {
            ((CimKeyedCollection<CimProperty>)properties.BaseObject).Add(property);
            return;
        }

        AddTo(data, property);
    }

    internal static void AddTo(InstanceData data, CimProperty property)
    {
        if (!InstanceState.Add(data, New(property)))
        {
            string message = $"The instance has a property '{property.Name}' already.";
            throw CimObjects.Current.Exception(new CimErrorData(message) { NativeErrorCode = NativeErrorCode.AlreadyExists });
        }
    }

    private static PropertyData New(CimProperty property)
    {
        object? value = CimObjects.Maker.ToState(DotNetTypes.Convert(property.Value, property.CimType));
        CimFlags flags = InstanceState.FlagsFor(property.Flags & ~CimFlags.NotModified, value);
        return new PropertyData { Name = property.Name, Type = property.CimType, Value = value, Flags = flags };
    }

    private static (CimInstance Owner, InstanceData Data, PropertyData Property)? Place(PSObject property)
    {
        CimProperty read = (CimProperty)property.BaseObject;
        return CimObjects.Maker.OwnerOf(read) is { } owner
            && CimObjects.Maker.StateOf(owner) is { } data
            && InstanceState.Find(data, read.Name) is { } found ? (owner, data, found) : null;
    }
}
