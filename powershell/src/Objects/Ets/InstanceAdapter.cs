using System;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;
using Microsoft.PowerShell.Cim;

namespace Cimulator.PowerShell.Objects.Ets;

/// <summary>
/// What scripts see of an instance, read from its state and not through the library, which leaks a string with each read. Instances of
/// another library go to PowerShell's own adapter. A tag is the PropertyData, the state for CimClass, or null for PSComputerName.
/// </summary>
public sealed class InstanceAdapter : PSPropertyAdapter
{
    private const string ComputerName = "PSComputerName";
    private readonly CimInstanceAdapter _stock = new();

    public override Collection<PSAdaptedProperty> GetProperties(object baseObject)
    {
        CimInstance instance = (CimInstance)baseObject;
        if (CimObjects.Maker.StateOf(instance) is not { } data)
        {
            return _stock.GetProperties(instance);
        }

        Collection<PSAdaptedProperty> shown = [];
        lock (data.Properties)
        {
            foreach (PropertyData property in data.Properties)
            {
                shown.Add(new PSAdaptedProperty(property.Name, property));
            }
        }

        shown.Add(new PSAdaptedProperty(ComputerName, null));
        return shown;
    }

    /// <summary>
    /// A property by name. CimClass is found, though it is not listed: the library's own says null, so that PowerShell's serializer writes no
    /// class, which a reader without these tables would die of.
    /// </summary>
    public override PSAdaptedProperty? GetProperty(object baseObject, string propertyName)
    {
        CimInstance instance = (CimInstance)baseObject;
        return CimObjects.Maker.StateOf(instance) is not { } data ? _stock.GetProperty(instance, propertyName)
            : InstanceState.Find(data, propertyName) is { } property ? new PSAdaptedProperty(propertyName, property)
            : propertyName.Equals(ComputerName, StringComparison.OrdinalIgnoreCase) ? new PSAdaptedProperty(ComputerName, null)
            : propertyName.Equals(nameof(CimInstance.CimClass), StringComparison.OrdinalIgnoreCase) ? new PSAdaptedProperty(propertyName, data)
            : null;
    }

    public override Collection<string> GetTypeNameHierarchy(object baseObject)
    {
        CimInstance instance = (CimInstance)baseObject;
        return CimObjects.Maker.StateOf(instance) is { } data ? TypeNames.Of(data) : _stock.GetTypeNameHierarchy(instance);
    }

    public override string GetPropertyTypeName(PSAdaptedProperty adaptedProperty)
    {
        ArgumentNullException.ThrowIfNull(adaptedProperty);
        return adaptedProperty.Tag switch
        {
            PropertyData property => DotNetTypes.NameOf(property.Type),
            null => DotNetTypes.NameOf(CimType.String),
            InstanceData => typeof(CimClass).FullName!,
            _ => _stock.GetPropertyTypeName(adaptedProperty),
        };
    }

    public override object? GetPropertyValue(PSAdaptedProperty adaptedProperty)
    {
        ArgumentNullException.ThrowIfNull(adaptedProperty);
        return adaptedProperty.Tag switch
        {
            PropertyData property => CimObjects.Maker.ToScript(property.Value, (CimInstance)adaptedProperty.BaseObject),
            null => ((CimInstance)adaptedProperty.BaseObject).GetCimSessionComputerName(),
            InstanceData data => CimObjects.Maker.Class(ClassInstances.ClassOf(data)),
            _ => _stock.GetPropertyValue(adaptedProperty),
        };
    }

    public override bool IsGettable(PSAdaptedProperty adaptedProperty) => true;

    public override bool IsSettable(PSAdaptedProperty adaptedProperty) => adaptedProperty?.Tag switch
    {
        PropertyData property => !property.Flags.HasFlag(CimFlags.ReadOnly),
        null or InstanceData => false,
        _ => _stock.IsSettable(adaptedProperty),
    };

    public override void SetPropertyValue(PSAdaptedProperty adaptedProperty, object value)
    {
        ArgumentNullException.ThrowIfNull(adaptedProperty);
        if (!IsSettable(adaptedProperty) || adaptedProperty.Tag is not PropertyData property)
        {
            RefuseOrPassOn(adaptedProperty, value);
            return;
        }

        CimInstance instance = (CimInstance)adaptedProperty.BaseObject;
        if (CimObjects.Maker.StateOf(instance) is { } data)
        {
            InstanceState.Set(data, property, CimObjects.Maker.ToState(DotNetTypes.Convert(value, property.Type)));
        }
    }

    /// <summary>PowerShell's adapter refuses with its own words: it gets a property of that name that is read-only as well.</summary>
    private void RefuseOrPassOn(PSAdaptedProperty adaptedProperty, object value)
    {
        PSAdaptedProperty passed = adaptedProperty.Tag is null or PropertyData or InstanceData
            ? new PSAdaptedProperty(adaptedProperty.Name, CimProperty.Create(adaptedProperty.Name, null, CimType.String, CimFlags.ReadOnly))
            : adaptedProperty;
        _stock.SetPropertyValue(passed, value);
    }
}
