using System.Linq;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects;

/// <summary>Instances that a libmi made beside ours.</summary>
internal static class ForeignInstances
{
    /// <summary>A copy of what the instance holds, by its public surface; it knows no class.</summary>
    internal static InstanceData Read(CimInstance instance, ObjectMaker maker) => new()
    {
        ClassName = instance.CimSystemProperties.ClassName,
        Namespace = instance.CimSystemProperties.Namespace,
        ServerName = instance.CimSystemProperties.ServerName,
        Properties = [.. instance.CimInstanceProperties.Select(property => new PropertyData
        {
            Name = property.Name,
            Type = property.CimType,
            Value = maker.ToState(property.Value),
            Flags = property.Flags,
        })],
    };
}
