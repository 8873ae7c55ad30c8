using System;
using System.Management.Automation;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>`[ref]$instance`, or a list of such: the way to say that an instance is meant as a reference where no class tells.</summary>
internal static class References
{
    /// <returns>Null for anything else.</returns>
    public static (CimType Type, object Value)? Read(object value)
    {
        if (InstanceOf(value) is { } one)
        {
            return (CimType.Reference, Services.Objects.DataOf(one));
        }

        if (value is not object[] { Length: > 0 } list)
        {
            return null;
        }

        InstanceData[] instances = new InstanceData[list.Length];
        for (int index = 0; index < list.Length; index++)
        {
            if (InstanceOf(list[index]) is not { } instance)
            {
                return null;
            }

            instances[index] = Services.Objects.DataOf(instance);
        }

        return (CimType.ReferenceArray, instances);
    }

    private static CimInstance? InstanceOf(object? value) =>
        value is PSReference reference ? Typing.Unwrapped(reference.Value) as CimInstance : null;
}
