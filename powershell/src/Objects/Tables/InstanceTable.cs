using System;
using System.Runtime.InteropServices;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects.Tables;

/// <summary>MI_InstanceFT: eighteen slots, in the order of mi.h.</summary>
internal static unsafe class InstanceTable
{
    internal static readonly string[] Names =
    [
        "Clone", "Destruct", "Delete", "IsA", "GetClassName", "SetNameSpace", "GetNameSpace", "GetElementCount", "AddElement", "SetElement",
        "SetElementAt", "GetElement", "GetElementAt", "ClearElement", "ClearElementAt", "GetServerName", "SetServerName", "GetClass",
    ];

    internal static readonly nint Address = Slot.Table(
        (nint)(delegate* unmanaged<nint, nint*, MiResult>)&Clone,
        (nint)(delegate* unmanaged<nint, MiResult>)&Delete,
        (nint)(delegate* unmanaged<nint, MiResult>)&Delete,
        (nint)(delegate* unmanaged<nint, nint, byte*, MiResult>)&IsA,
        (nint)(delegate* unmanaged<nint, nint*, MiResult>)&GetClassName,
        (nint)(delegate* unmanaged<nint, byte*, MiResult>)&SetNamespace,
        (nint)(delegate* unmanaged<nint, nint*, MiResult>)&GetNamespace,
        (nint)(delegate* unmanaged<nint, uint*, MiResult>)&GetElementCount,
        (nint)(delegate* unmanaged<nint, byte*, byte*, uint, int, MiResult>)&AddElement,
        (nint)(delegate* unmanaged<nint, byte*, byte*, uint, int, MiResult>)&SetElement,
        (nint)(delegate* unmanaged<nint, uint, byte*, uint, int, MiResult>)&SetElementAt,
        (nint)(delegate* unmanaged<nint, byte*, byte*, uint*, uint*, uint*, MiResult>)&GetElement,
        (nint)(delegate* unmanaged<nint, uint, nint*, byte*, uint*, uint*, MiResult>)&GetElementAt,
        (nint)(delegate* unmanaged<nint, byte*, MiResult>)&ClearElement,
        (nint)(delegate* unmanaged<nint, uint, MiResult>)&ClearElementAt,
        (nint)(delegate* unmanaged<nint, nint*, MiResult>)&GetServerName,
        (nint)(delegate* unmanaged<nint, byte*, MiResult>)&SetServerName,
        (nint)(delegate* unmanaged<nint, nint*, MiResult>)&GetClass);

    private delegate MiResult Work(InstanceData data);

    [UnmanagedCallersOnly]
    private static MiResult Clone(nint self, nint* made) => On(self, data =>
    {
        *made = Live.Add(Copies.Of(data));
        return MiResult.Ok;
    });

    [UnmanagedCallersOnly]
    private static MiResult Delete(nint self)
    {
        Live.Remove(self);
        return MiResult.Ok;
    }

    [UnmanagedCallersOnly]
    private static MiResult IsA(nint self, nint declaration, byte* answer) => MiResult.NotSupported;

    [UnmanagedCallersOnly]
    private static MiResult GetClassName(nint self, nint* text) => Text(self, text, static data => data.ClassName);

    [UnmanagedCallersOnly]
    private static MiResult SetNamespace(nint self, byte* text) => SetText(self, text, static (data, value) => data.Namespace = value);

    [UnmanagedCallersOnly]
    private static MiResult GetNamespace(nint self, nint* text) => Text(self, text, static data => data.Namespace);

    [UnmanagedCallersOnly]
    private static MiResult GetServerName(nint self, nint* text) => Text(self, text, static data => data.ServerName);

    [UnmanagedCallersOnly]
    private static MiResult SetServerName(nint self, byte* text) => SetText(self, text, static (data, value) => data.ServerName = value);

    [UnmanagedCallersOnly]
    private static MiResult GetElementCount(nint self, uint* count) => On(self, data =>
    {
        *count = (uint)data.Properties.Count;
        return MiResult.Ok;
    });

    /// <summary>What is added counts as modified, though every CimProperty.Create says otherwise.</summary>
    [UnmanagedCallersOnly]
    private static MiResult AddElement(nint self, byte* name, byte* value, uint type, int flags) => On(self, data =>
    {
        CimType cimType = CimTypes.FromNative(type);
        if (Slot.Text(name) is not { Length: > 0 } text || cimType == CimType.Unknown)
        {
            return MiResult.InvalidParameter;
        }

        object? read = Value(value, cimType, flags);
        CimFlags kept = InstanceState.FlagsFor(CimTypes.FromNative(flags) & ~CimFlags.NotModified, read);
        PropertyData property = new() { Name = text, Type = cimType, Value = read, Flags = kept };
        return InstanceState.Add(data, property) ? MiResult.Ok : MiResult.AlreadyExists;
    });

    [UnmanagedCallersOnly]
    private static MiResult SetElement(nint self, byte* name, byte* value, uint type, int flags) =>
        On(self, data => Set(data, InstanceState.Find(data, Slot.Text(name) ?? ""), value, type, flags));

    [UnmanagedCallersOnly]
    private static MiResult SetElementAt(nint self, uint index, byte* value, uint type, int flags) =>
        On(self, data => Set(data, InstanceState.At(data, (int)index), value, type, flags));

    /// <summary>Tells index, type and flags. It hands no value out: the library drops what it is given, so nobody would free an instance.</summary>
    [UnmanagedCallersOnly]
    private static MiResult GetElement(nint self, byte* name, byte* value, uint* type, uint* flags, uint* index) => On(self, data =>
    {
        int at = InstanceState.IndexOf(data, Slot.Text(name) ?? "");
        if (InstanceState.At(data, at) is not { } property)
        {
            return MiResult.NoSuchProperty;
        }

        *type = CimTypes.ToNative(Shown(property.Type, property.Value));
        *flags = CimTypes.ToNative(property.Flags);
        *index = (uint)at;
        return MiResult.Ok;
    });

    [UnmanagedCallersOnly]
    private static MiResult GetElementAt(nint self, uint index, nint* name, byte* value, uint* type, uint* flags) => On(self, data =>
    {
        lock (data.Properties)
        {
            if (InstanceState.At(data, (int)index) is not { } property)
            {
                return MiResult.NoSuchProperty;
            }

            CimType shown = Shown(property.Type, property.Value);
            *name = HandedOut.Text(property.Name);
            *type = CimTypes.ToNative(shown);
            *flags = CimTypes.ToNative(InstanceState.FlagsFor(property.Flags, property.Value));
            if (property.Value is not null)
            {
                NativeValue.Write(value, shown, shown == property.Type ? property.Value : new[] { (InstanceData)property.Value });
            }

            return MiResult.Ok;
        }
    });

    [UnmanagedCallersOnly]
    private static MiResult ClearElement(nint self, byte* name) => On(self, data => Clear(data, InstanceState.Find(data, Slot.Text(name) ?? "")));

    [UnmanagedCallersOnly]
    private static MiResult ClearElementAt(nint self, uint index) => On(self, data => Clear(data, InstanceState.At(data, (int)index)));

    /// <summary>No class: PowerShell's serializer would write it, and a reader without these tables dies of it (scripts get CimClass from the adapter).</summary>
    [UnmanagedCallersOnly]
    private static MiResult GetClass(nint self, nint* declaration) => MiResult.NotFound;

    /// <summary>The library throws NotImplementedException for a scalar instance or reference: it is shown an array of one.</summary>
    private static CimType Shown(CimType type, object? value) =>
        value is not null && type is CimType.Instance or CimType.Reference ? CimTypes.ArrayOf(type) : type;

    private static MiResult Set(InstanceData data, PropertyData? property, byte* value, uint type, int flags)
    {
        if (property is null)
        {
            return MiResult.NoSuchProperty;
        }

        CimType given = CimTypes.FromNative(type);
        bool same = given == property.Type || (CimTypes.IsInstance(given) && CimTypes.IsInstance(property.Type));
        object? read = same ? Value(value, given, flags) : null;
        if (same && read is InstanceData[] many && !CimTypes.IsArray(property.Type))
        {
            read = many is [InstanceData one] ? one : null;
            same = many.Length == 1;
        }
        else if (same && read is InstanceData single && CimTypes.IsArray(property.Type))
        {
            read = new[] { single };
        }

        if (!same)
        {
            return MiResult.TypeMismatch;
        }

        InstanceState.Set(data, property, read, CimTypes.FromNative(flags).HasFlag(CimFlags.NotModified));
        return MiResult.Ok;
    }

    private static MiResult Clear(InstanceData data, PropertyData? property)
    {
        if (property is null)
        {
            return MiResult.NoSuchProperty;
        }

        InstanceState.Set(data, property, null);
        return MiResult.Ok;
    }

    private static object? Value(byte* value, CimType type, int flags) =>
        value is null || CimTypes.FromNative(flags).HasFlag(CimFlags.NullValue) ? null : NativeValue.Read(value, type);

    private static MiResult Text(nint self, nint* text, Func<InstanceData, string?> of)
    {
        *text = Live.TryGet(self, out InstanceData? data) ? HandedOut.Text(of(data)) : 0;
        return data is null ? MiResult.InvalidParameter : MiResult.Ok;
    }

    private static MiResult SetText(nint self, byte* text, Action<InstanceData, string?> set) => On(self, data =>
    {
        set(data, Slot.Text(text));
        return MiResult.Ok;
    });

    private static MiResult On(nint self, Work work)
    {
        try
        {
            return Live.TryGet(self, out InstanceData? data) ? work(data) : MiResult.InvalidParameter;
        }
        catch (Exception fault)
        {
            return Slot.Failed(fault);
        }
    }
}
