using System;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects;

/// <summary>The changes that the library, the adapter and the members of the types file make to an instance, all behind one lock.</summary>
internal static class InstanceState
{
    /// <summary>The index of a property, whose name compares without case; -1 for none.</summary>
    internal static int IndexOf(InstanceData data, string name)
    {
        lock (data.Properties)
        {
            return data.Properties.FindIndex(property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase));
        }
    }

    internal static PropertyData? At(InstanceData data, int index)
    {
        lock (data.Properties)
        {
            return index >= 0 && index < data.Properties.Count ? data.Properties[index] : null;
        }
    }

    internal static PropertyData? Find(InstanceData data, string name)
    {
        lock (data.Properties)
        {
            return At(data, IndexOf(data, name));
        }
    }

    /// <summary>False where there is a property of that name.</summary>
    internal static bool Add(InstanceData data, PropertyData property)
    {
        lock (data.Properties)
        {
            if (IndexOf(data, property.Name) >= 0)
            {
                return false;
            }

            data.Properties.Add(property);
            return true;
        }
    }

    /// <summary>Sets a value in the form of <see cref="PropertyData.Value"/>; the property counts as modified unless said otherwise.</summary>
    internal static void Set(InstanceData data, PropertyData property, object? value, bool notModified = false)
    {
        lock (data.Properties)
        {
            property.Value = value;
            property.Flags = FlagsFor(property.Flags & ~CimFlags.NotModified, value) | (notModified ? CimFlags.NotModified : CimFlags.None);
        }
    }

    internal static void SetModified(InstanceData data, PropertyData property, bool modified)
    {
        lock (data.Properties)
        {
            property.Flags = modified ? property.Flags & ~CimFlags.NotModified : property.Flags | CimFlags.NotModified;
        }
    }

    internal static CimFlags FlagsFor(CimFlags flags, object? value) =>
        value is null ? flags | CimFlags.NullValue : flags & ~CimFlags.NullValue;
}
