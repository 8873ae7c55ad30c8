using System;
using System.Runtime.InteropServices;
using Cimulator.PowerShell.Model;

namespace Cimulator.PowerShell.Objects.Tables;

/// <summary>MI_ParameterSetFT: four slots.</summary>
internal static unsafe class ParameterSetTable
{
    internal static readonly string[] Names = ["GetMethodReturnType", "GetParameterCount", "GetParameterAt", "GetParameter"];

    private static readonly nint s_address = Slot.Table(
        (nint)(delegate* unmanaged<CallersSet*, uint*, CallersSet*, MiResult>)&GetMethodReturnType,
        (nint)(delegate* unmanaged<CallersSet*, uint*, MiResult>)&GetParameterCount,
        (nint)(delegate* unmanaged<CallersSet*, uint, nint*, uint*, nint*, CallersSet*, MiResult>)&GetParameterAt,
        (nint)(delegate* unmanaged<CallersSet*, byte*, uint*, nint*, CallersSet*, uint*, MiResult>)&GetParameter);

    private delegate MiResult Work(MethodDeclaration method, uint index);

    internal static void Fill(CallersSet* set, nint declaration, uint method)
    {
        if (set is not null)
        {
            *set = new CallersSet { Place = CallersSet.PlaceOf(Part.Method, method), Declaration = declaration, Table = s_address };
        }
    }

    [UnmanagedCallersOnly]
    private static MiResult GetMethodReturnType(CallersSet* self, uint* type, CallersSet* qualifiers) => On(self, (method, index) =>
    {
        *type = CimTypes.ToNative(method.ReturnType);
        QualifierSetTable.Fill(qualifiers, self->Declaration, CallersSet.PlaceOf(Part.Method, index));
        return MiResult.Ok;
    });

    [UnmanagedCallersOnly]
    private static MiResult GetParameterCount(CallersSet* self, uint* count) => On(self, (method, _) =>
    {
        *count = (uint)method.Parameters.Count;
        return MiResult.Ok;
    });

    [UnmanagedCallersOnly]
    private static MiResult GetParameterAt(CallersSet* self, uint at, nint* name, uint* type, nint* referenceClass, CallersSet* qualifiers) =>
        On(self, (method, index) =>
        {
            if (at >= method.Parameters.Count)
            {
                return MiResult.NoSuchProperty;
            }

            *name = HandedOut.Text(method.Parameters[(int)at].Name);
            return Show(self, method.Parameters[(int)at], CallersSet.PlaceOf(Part.Parameter, index, at), type, referenceClass, qualifiers);
        });

    [UnmanagedCallersOnly]
    private static MiResult GetParameter(CallersSet* self, byte* name, uint* type, nint* referenceClass, CallersSet* qualifiers, uint* at) =>
        On(self, (method, index) =>
        {
            string? wanted = Slot.Text(name);
            for (uint found = 0; found < method.Parameters.Count; found++)
            {
                if (string.Equals(method.Parameters[(int)found].Name, wanted, StringComparison.OrdinalIgnoreCase))
                {
                    *at = found;
                    ulong place = CallersSet.PlaceOf(Part.Parameter, index, found);
                    return Show(self, method.Parameters[(int)found], place, type, referenceClass, qualifiers);
                }
            }

            return MiResult.NoSuchProperty;
        });

    private static MiResult Show(CallersSet* self, ParameterDeclaration parameter, ulong place, uint* type, nint* referenceClass, CallersSet* qualifiers)
    {
        *type = CimTypes.ToNative(parameter.Type);
        *referenceClass = HandedOut.Text(parameter.ReferenceClassName);
        QualifierSetTable.Fill(qualifiers, self->Declaration, place);
        return MiResult.Ok;
    }

    private static MiResult On(CallersSet* self, Work work)
    {
        try
        {
            uint index = (uint)((self->Place >> 8) & 0xFFFFFFF);
            return Live.TryGet(self->Declaration, out ClassData? data) && index < data.Methods.Count
                ? work(data.Methods[(int)index], index)
                : MiResult.InvalidParameter;
        }
        catch (Exception fault)
        {
            return Slot.Failed(fault);
        }
    }
}
