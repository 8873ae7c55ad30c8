using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Cimulator.PowerShell.Model;

namespace Cimulator.PowerShell.Objects.Tables;

/// <summary>Which part of a class a qualifier set or a parameter set shows; it lies in the 24 bytes that the caller owns.</summary>
internal enum Part
{
    Class,
    Property,
    Method,
    Parameter,
}

/// <summary>The caller's 24 bytes: two words that are ours, then the address of the table (offset 16).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CallersSet
{
    /// <summary>The part in the lowest eight bits, the index of its property or method in the next 28, of its parameter in the highest 28.</summary>
    internal ulong Place;
    internal nint Declaration;
    internal nint Table;

    internal static ulong PlaceOf(Part part, uint index = 0, uint parameter = 0) => (ulong)part | ((ulong)index << 8) | ((ulong)parameter << 36);
}

/// <summary>MI_QualifierSetFT: three slots.</summary>
internal static unsafe class QualifierSetTable
{
    internal static readonly string[] Names = ["GetQualifierCount", "GetQualifierAt", "GetQualifier"];

    private static readonly nint s_address = Slot.Table(
        (nint)(delegate* unmanaged<CallersSet*, uint*, MiResult>)&GetQualifierCount,
        (nint)(delegate* unmanaged<CallersSet*, uint, nint*, uint*, uint*, byte*, MiResult>)&GetQualifierAt,
        (nint)(delegate* unmanaged<CallersSet*, byte*, uint*, uint*, byte*, uint*, MiResult>)&GetQualifier);

    private delegate MiResult Work(IReadOnlyList<QualifierData> qualifiers);

    internal static void Fill(CallersSet* set, nint declaration, ulong place)
    {
        if (set is not null)
        {
            *set = new CallersSet { Place = place, Declaration = declaration, Table = s_address };
        }
    }

    [UnmanagedCallersOnly]
    private static MiResult GetQualifierCount(CallersSet* self, uint* count) => On(self, qualifiers =>
    {
        *count = (uint)qualifiers.Count;
        return MiResult.Ok;
    });

    [UnmanagedCallersOnly]
    private static MiResult GetQualifierAt(CallersSet* self, uint index, nint* name, uint* type, uint* flags, byte* value) => On(self, qualifiers =>
    {
        if (index >= qualifiers.Count)
        {
            return MiResult.NotFound;
        }

        *name = HandedOut.Text(qualifiers[(int)index].Name);
        return Show(qualifiers[(int)index], type, flags, value);
    });

    [UnmanagedCallersOnly]
    private static MiResult GetQualifier(CallersSet* self, byte* name, uint* type, uint* flags, byte* value, uint* index) => On(self, qualifiers =>
    {
        string? wanted = Slot.Text(name);
        for (int at = 0; at < qualifiers.Count; at++)
        {
            if (string.Equals(qualifiers[at].Name, wanted, StringComparison.OrdinalIgnoreCase))
            {
                *index = (uint)at;
                return Show(qualifiers[at], type, flags, value);
            }
        }

        return MiResult.NotFound;
    });

    private static MiResult Show(QualifierData qualifier, uint* type, uint* flags, byte* value)
    {
        *type = CimTypes.ToNative(qualifier.Type);
        *flags = CimTypes.ToNative(InstanceState.FlagsFor(qualifier.Flags, qualifier.Value));
        if (qualifier.Value is not null)
        {
            NativeValue.Write(value, qualifier.Type, qualifier.Value);
        }

        return MiResult.Ok;
    }

    private static MiResult On(CallersSet* self, Work work)
    {
        try
        {
            return Live.TryGet(self->Declaration, out ClassData? data) ? work(Qualifiers(data, self->Place)) : MiResult.InvalidParameter;
        }
        catch (Exception fault)
        {
            return Slot.Failed(fault);
        }
    }

    private static IReadOnlyList<QualifierData> Qualifiers(ClassData data, ulong place)
    {
        int index = (int)((place >> 8) & 0xFFFFFFF);
        return (Part)(place & 0xFF) switch
        {
            Part.Property => data.Properties[index].Qualifiers,
            Part.Method => data.Methods[index].Qualifiers,
            Part.Parameter => data.Methods[index].Parameters[(int)(place >> 36)].Qualifiers,
            _ => data.Qualifiers,
        };
    }
}
