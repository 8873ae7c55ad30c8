using System;
using System.Management.Automation;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects.Ets;

/// <summary>Makes an instance out of the property bag that CLIXML and jobs leave of one, so that it binds to [CimInstance] again.</summary>
public sealed class InstanceConverter : PSTypeConverter
{
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        sourceValue is PSObject bag && InstanceBags.IsBag(bag);

    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        PSObject bag = (PSObject)sourceValue;
        CimInstance instance = CimObjects.Maker.Instance(InstanceBags.Read(bag));
        if (bag.Properties["PSComputerName"]?.Value?.ToString() is { Length: > 0 } computerName)
        {
            CimObjects.Maker.Remember(instance, computerName, Guid.Empty);
        }

        return instance;
    }

    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new NotSupportedException("A CIM instance is converted into nothing else.");
}
