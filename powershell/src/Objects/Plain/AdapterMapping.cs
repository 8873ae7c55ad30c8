using System.Collections;
using System.Management.Automation;
using System.Reflection;
using Cimulator.PowerShell.Objects.Ets;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects.Plain;

/// <summary>
/// Makes our adapter that of CimInstance for the whole process: where PowerShell looks without the types file of a runspace it would take its
/// own, which asks the library, and in the fallback the library has nothing to say.
/// </summary>
internal static class AdapterMapping
{
    private const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Static;

    /// <summary>False where this PowerShell has no such mapping; members of an instance are then found by its PSObject alone.</summary>
    internal static bool Install()
    {
        MethodInfo? create = typeof(PSObject).GetMethod("CreateThirdPartyAdapterSet", Hidden, [typeof(System.Type), typeof(PSPropertyAdapter)]);
        object? adapters = create?.Invoke(null, [typeof(CimInstance), new InstanceAdapter()]);
        if (adapters is null || typeof(PSObject).GetField("s_adapterMapping", Hidden)?.GetValue(null) is not IDictionary mapping)
        {
            return false;
        }

        mapping[typeof(CimInstance)] = adapters;
        return true;
    }
}
