using System;
using System.Linq;
using Cimulator.PowerShell.Model;

namespace Cimulator.PowerShell.Objects;

/// <summary>Copies that share nothing with the original but the source of its class.</summary>
internal static class Copies
{
    internal static InstanceData Of(InstanceData data)
    {
        lock (data.Properties)
        {
            return new InstanceData
            {
                ClassName = data.ClassName,
                Namespace = data.Namespace,
                ServerName = data.ServerName,
                Class = data.Class,
                Properties = [.. data.Properties.Select(Of)],
            };
        }
    }

    internal static PropertyData Of(PropertyData property) => new()
    {
        Name = property.Name,
        Type = property.Type,
        Value = OfValue(property.Value),
        Flags = property.Flags,
        DeclaredClass = property.DeclaredClass,
    };

    internal static object? OfValue(object? value) => value switch
    {
        InstanceData one => Of(one),
        InstanceData?[] many => many.Select(each => each is null ? null : Of(each)).ToArray(),
        Array array => array.Clone(),
        _ => value,
    };
}
