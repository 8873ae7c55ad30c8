using System;
using System.Runtime.InteropServices;

namespace Cimulator.PowerShell.Objects.Tables;

/// <summary>What every slot of a function table keeps to: no exception leaves it, and a table is never freed.</summary>
internal static unsafe class Slot
{
    /// <summary>The last exception that a slot caught in this process; the library shows nothing but FAILED.</summary>
    internal static Exception? LastFault { get; private set; }

    internal static MiResult Failed(Exception fault)
    {
        LastFault = fault;
        return MiResult.Failed;
    }

    internal static nint Table(params nint[] slots)
    {
        nint* table = (nint*)NativeMemory.Alloc((nuint)(slots.Length * sizeof(nint)));
        slots.CopyTo(new Span<nint>(table, slots.Length));
        return (nint)table;
    }

    internal static string? Text(byte* utf8) => Marshal.PtrToStringUTF8((nint)utf8);
}
