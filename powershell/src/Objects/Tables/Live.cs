using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Cimulator.PowerShell.Model;

namespace Cimulator.PowerShell.Objects.Tables;

/// <summary>
/// Which address stands for which data. The block at an address holds nothing but its function table, and no address is read before it was
/// found here: the library may come with one that was freed, or that is another's.
/// </summary>
internal static class Live
{
    private static readonly ConcurrentDictionary<nint, InstanceData> s_instances = new();
    private static readonly ConcurrentDictionary<nint, ClassData> s_classes = new();
    private static readonly ConditionalWeakTable<ClassData, object> s_lasting = [];
    private static readonly Blocks s_instanceBlocks = new(InstanceTable.Address);
    private static readonly Blocks s_classBlocks = new(ClassTable.Address);

    /// <summary>How many instances the library holds at present.</summary>
    internal static int InstanceCount => s_instances.Count;

    internal static int ClassCount => s_classes.Count;

    internal static nint Add(InstanceData data)
    {
        nint address = s_instanceBlocks.Take();
        s_instances[address] = data;
        return address;
    }

    internal static nint Add(ClassData data)
    {
        nint address = s_classBlocks.Take();
        s_classes[address] = data;
        return address;
    }

    /// <summary>The address of a class that nobody gives back: one for each declaration, kept for good.</summary>
    internal static nint Lasting(ClassData data) => (nint)s_lasting.GetValue(data, static of => Add(of));

    internal static bool TryGet(nint address, [NotNullWhen(true)] out InstanceData? data) => s_instances.TryGetValue(address, out data);

    internal static bool TryGet(nint address, [NotNullWhen(true)] out ClassData? data) => s_classes.TryGetValue(address, out data);

    /// <summary>Frees an instance; an address that is not known, or no longer, is let be.</summary>
    internal static void Remove(nint address)
    {
        if (s_instances.TryRemove(address, out _))
        {
            s_instanceBlocks.Return(address);
        }
    }

    internal static void RemoveClass(nint address)
    {
        if (s_classes.TryRemove(address, out _))
        {
            s_classBlocks.Return(address);
        }
    }
}
