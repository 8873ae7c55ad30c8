using System;
using System.Runtime.InteropServices;
using Cimulator.PowerShell.Model;

namespace Cimulator.PowerShell.Objects.Tables;

/// <summary>MI_ClassFT: fourteen slots, in the order of mi.h.</summary>
internal static unsafe class ClassTable
{
    internal static readonly string[] Names =
    [
        "GetClassName", "GetNameSpace", "GetServerName", "GetElementCount", "GetElement", "GetElementAt", "GetClassQualifierSet",
        "GetMethodCount", "GetMethodAt", "GetMethod", "GetParentClassName", "GetParentClass", "Delete", "Clone",
    ];

    internal static readonly nint Address = Slot.Table(
        (nint)(delegate* unmanaged<nint, nint*, MiResult>)&GetClassName,
        (nint)(delegate* unmanaged<nint, nint*, MiResult>)&GetNamespace,
        (nint)(delegate* unmanaged<nint, nint*, MiResult>)&GetServerName,
        (nint)(delegate* unmanaged<nint, uint*, MiResult>)&GetElementCount,
        (nint)(delegate* unmanaged<nint, byte*, byte*, byte*, uint*, nint*, CallersSet*, uint*, uint*, MiResult>)&GetElement,
        (nint)(delegate* unmanaged<nint, uint, nint*, byte*, byte*, uint*, nint*, CallersSet*, uint*, MiResult>)&GetElementAt,
        (nint)(delegate* unmanaged<nint, CallersSet*, MiResult>)&GetClassQualifierSet,
        (nint)(delegate* unmanaged<nint, uint*, MiResult>)&GetMethodCount,
        (nint)(delegate* unmanaged<nint, uint, nint*, CallersSet*, CallersSet*, MiResult>)&GetMethodAt,
        (nint)(delegate* unmanaged<nint, byte*, CallersSet*, CallersSet*, uint*, MiResult>)&GetMethod,
        (nint)(delegate* unmanaged<nint, nint*, MiResult>)&GetParentClassName,
        (nint)(delegate* unmanaged<nint, nint*, MiResult>)&GetParentClass,
        (nint)(delegate* unmanaged<nint, MiResult>)&Delete,
        (nint)(delegate* unmanaged<nint, nint*, MiResult>)&Clone);

    private delegate MiResult Work(ClassData data);

    [UnmanagedCallersOnly]
    private static MiResult GetClassName(nint self, nint* text) => Text(self, text, static data => data.Name);

    [UnmanagedCallersOnly]
    private static MiResult GetNamespace(nint self, nint* text) => Text(self, text, static data => data.Namespace);

    [UnmanagedCallersOnly]
    private static MiResult GetServerName(nint self, nint* text) => Text(self, text, static data => data.ServerName);

    [UnmanagedCallersOnly]
    private static MiResult GetElementCount(nint self, uint* count) => On(self, data => Ok(*count = (uint)data.Properties.Count));

    [UnmanagedCallersOnly]
    private static MiResult GetElement(
        nint self, byte* name, byte* value, byte* exists, uint* type, nint* referenceClass, CallersSet* qualifiers, uint* flags, uint* index) =>
        On(self, data =>
        {
            string? wanted = Slot.Text(name);
            for (int at = 0; at < data.Properties.Count; at++)
            {
                if (string.Equals(data.Properties[at].Name, wanted, StringComparison.OrdinalIgnoreCase))
                {
                    *index = (uint)at;
                    return Show(self, data.Properties[at], at, value, exists, type, referenceClass, qualifiers, flags);
                }
            }

            return MiResult.NoSuchProperty;
        });

    [UnmanagedCallersOnly]
    private static MiResult GetElementAt(
        nint self, uint index, nint* name, byte* value, byte* exists, uint* type, nint* referenceClass, CallersSet* qualifiers, uint* flags) =>
        On(self, data =>
        {
            if (index >= data.Properties.Count)
            {
                return MiResult.NoSuchProperty;
            }

            PropertyDeclaration property = data.Properties[(int)index];
            *name = HandedOut.Text(property.Name);
            return Show(self, property, (int)index, value, exists, type, referenceClass, qualifiers, flags);
        });

    [UnmanagedCallersOnly]
    private static MiResult GetClassQualifierSet(nint self, CallersSet* qualifiers) => On(self, _ =>
    {
        QualifierSetTable.Fill(qualifiers, self, CallersSet.PlaceOf(Part.Class));
        return MiResult.Ok;
    });

    [UnmanagedCallersOnly]
    private static MiResult GetMethodCount(nint self, uint* count) => On(self, data => Ok(*count = (uint)data.Methods.Count));

    [UnmanagedCallersOnly]
    private static MiResult GetMethodAt(nint self, uint index, nint* name, CallersSet* qualifiers, CallersSet* parameters) => On(self, data =>
    {
        if (index >= data.Methods.Count)
        {
            return MiResult.MethodNotFound;
        }

        *name = HandedOut.Text(data.Methods[(int)index].Name);
        return Show(self, index, qualifiers, parameters);
    });

    [UnmanagedCallersOnly]
    private static MiResult GetMethod(nint self, byte* name, CallersSet* qualifiers, CallersSet* parameters, uint* index) => On(self, data =>
    {
        string? wanted = Slot.Text(name);
        for (uint at = 0; at < data.Methods.Count; at++)
        {
            if (string.Equals(data.Methods[(int)at].Name, wanted, StringComparison.OrdinalIgnoreCase))
            {
                *index = at;
                return Show(self, at, qualifiers, parameters);
            }
        }

        return MiResult.MethodNotFound;
    });

    [UnmanagedCallersOnly]
    private static MiResult GetParentClassName(nint self, nint* text) => On(self, data =>
    {
        *text = HandedOut.Text(data.SuperClassName);
        return data.SuperClassName is null ? MiResult.InvalidSuperClass : MiResult.Ok;
    });

    /// <summary>The superclass, fetched now where it was not before. MI has no other code for none: a server that does not answer looks so, too.</summary>
    [UnmanagedCallersOnly]
    private static MiResult GetParentClass(nint self, nint* parent) => On(self, data =>
    {
        if (data.SuperClass?.Fetch() is not { } superclass)
        {
            return MiResult.InvalidSuperClass;
        }

        *parent = Live.Lasting(superclass);
        return MiResult.Ok;
    });

    /// <summary>A class is given back when its handle is collected, never here: collections of its parts may still read it.</summary>
    [UnmanagedCallersOnly]
    private static MiResult Delete(nint self) => MiResult.Ok;

    [UnmanagedCallersOnly]
    private static MiResult Clone(nint self, nint* made) => On(self, data => Ok(*made = Live.Lasting(data)));

    private static MiResult Show(
        nint self, PropertyDeclaration property, int at, byte* value, byte* exists, uint* type, nint* referenceClass, CallersSet* qualifiers, uint* flags)
    {
        object? shown = CimTypes.IsInstance(property.Type) ? null : property.Value;
        *exists = shown is null ? (byte)0 : (byte)1;
        *type = CimTypes.ToNative(property.Type);
        *referenceClass = HandedOut.Text(property.ReferenceClassName);
        *flags = CimTypes.ToNative(InstanceState.FlagsFor(property.Flags, shown));
        QualifierSetTable.Fill(qualifiers, self, CallersSet.PlaceOf(Part.Property, (uint)at));
        if (shown is not null)
        {
            NativeValue.Write(value, property.Type, shown);
        }

        return MiResult.Ok;
    }

    private static MiResult Show(nint self, uint index, CallersSet* qualifiers, CallersSet* parameters)
    {
        QualifierSetTable.Fill(qualifiers, self, CallersSet.PlaceOf(Part.Method, index));
        ParameterSetTable.Fill(parameters, self, index);
        return MiResult.Ok;
    }

    private static MiResult Text(nint self, nint* text, Func<ClassData, string?> of) => On(self, data => Ok(*text = HandedOut.Text(of(data))));

    private static MiResult Ok(long _) => MiResult.Ok;

    private static MiResult On(nint self, Work work)
    {
        try
        {
            return Live.TryGet(self, out ClassData? data) ? work(data) : MiResult.InvalidParameter;
        }
        catch (Exception fault)
        {
            return Slot.Failed(fault);
        }
    }
}
