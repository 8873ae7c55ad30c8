using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects;

/// <summary>How the types of CIM relate to one another, and to MI_Type, whose numbers are lower by one.</summary>
internal static class CimTypes
{
    private const int ArrayDistance = CimType.BooleanArray - CimType.Boolean;

    internal static bool IsArray(CimType type) => type >= CimType.BooleanArray;

    internal static bool IsInstance(CimType type) => Element(type) is CimType.Instance or CimType.Reference;

    internal static CimType Element(CimType type) => IsArray(type) ? type - ArrayDistance : type;

    internal static CimType ArrayOf(CimType element) => element + ArrayDistance;

    internal static uint ToNative(CimType type) => (uint)type - 1;

    /// <summary>CimType.Unknown for a number that is none of the 32.</summary>
    internal static CimType FromNative(uint type) => type < 32 ? (CimType)(type + 1) : CimType.Unknown;

    internal static uint ToNative(CimFlags flags) => unchecked((uint)(long)flags);

    internal static CimFlags FromNative(int flags) => (CimFlags)flags;
}
