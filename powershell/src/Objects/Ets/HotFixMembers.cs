using System;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects.Ets;

/// <summary>
/// `InstalledOn` of Win32_QuickFixEngineering as a date. PowerShell's own type data has a script for it that asks the version of the machine it runs
/// on, and reads what a Windows before 7 answered where that is no Windows at all: nothing comes of it.
/// </summary>
public static class HotFixMembers
{
    private const string ClassName = "Win32_QuickFixEngineering";
    private const string Property = "InstalledOn";

    private static readonly MethodInfo s_getter = typeof(HotFixMembers).GetMethod(nameof(GetInstalledOn))!;

    /// <summary>Null where the instance does not say it, or no date.</summary>
    public static object? GetInstalledOn(PSObject instance)
    {
        InstanceData data = CimObjects.Maker.DataOf((CimInstance)instance.BaseObject);
        string? said = InstanceState.Find(data, Property)?.Value as string;
        return DateTime.TryParse(said, DateTimeFormatInfo.InvariantInfo, DateTimeStyles.None, out DateTime day) ? day : null;
    }

    /// <summary>Gives an instance of that class the member, which stands before the one of the type data.</summary>
    internal static void Give(CimInstance instance, InstanceData data)
    {
        if (data.ClassName.Equals(ClassName, StringComparison.OrdinalIgnoreCase))
        {
            // Unvalidated: PowerShell would refuse a name that the type data has.
            PSObject.AsPSObject(instance).Properties.Add(new PSCodeProperty(Property, s_getter), preValidated: true);
        }
    }
}
