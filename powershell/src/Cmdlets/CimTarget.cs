using System;
using System.Management.Automation;
using Cimulator.PowerShell.Model;
using Cimulator.PowerShell.Objects.Ets;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>Where one call goes. <paramref name="ComputerName"/> is null for the default endpoint, whose objects name no computer.</summary>
internal sealed record CimTarget(ICimOperations Operations, string? ComputerName, Guid SessionInstanceId)
{
    private const string PartialTypeName = "Microsoft.Management.Infrastructure.CimInstance#__PartialCIMInstance";

    /// <summary>The instance as a script gets it: it knows its computer, and a table of it shows that.</summary>
    public object Show(InstanceData data, bool partial = false, bool keysAlone = false)
    {
        ClassShape.Give(data, keysAlone);
        CimInstance instance = Instance(data);
        HotFixMembers.Give(instance, data);
        if (ComputerName is null && !partial)
        {
            return instance;
        }

        PSObject shown = PSObject.AsPSObject(instance);
        if (ComputerName is not null)
        {
            shown.Properties.Add(new PSNoteProperty("PSShowComputerName", true));
        }

        if (partial)
        {
            shown.TypeNames.Insert(0, PartialTypeName);
        }

        return shown;
    }

    public CimInstance Instance(InstanceData data)
    {
        CimInstance instance = Services.Objects.Instance(data);
        if (ComputerName is not null)
        {
            Services.Objects.Remember(instance, ComputerName, SessionInstanceId);
        }

        return instance;
    }
}
