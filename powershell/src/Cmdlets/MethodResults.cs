using System;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using Cimulator.PowerShell.Model;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>What Invoke-CimMethod writes: the out parameters, ReturnValue and PSComputerName under the type names of CimMethodResult.</summary>
public static class MethodResults
{
    private const string TypeName = "Microsoft.Management.Infrastructure.CimMethodResult";

    private static readonly ConditionalWeakTable<PSObject, string> s_reasons = new();

    /// <summary>Why Cimulator returned what it did; null for another server, and where the value tells all.</summary>
    public static string? ReasonOf(PSObject result) => result is not null && s_reasons.TryGetValue(result, out string? reason) ? reason : null;

    internal static PSObject Of(MethodResult result, string className, string methodName, CimTarget target)
    {
        PSObject shown = new();
        shown.TypeNames.Insert(0, TypeName);
        shown.TypeNames.Insert(0, $"{TypeName}#{className}#{methodName}");
        foreach (PropertyData output in result.Outputs)
        {
            shown.Properties.Add(new PSNoteProperty(output.Name, Shown(output.Value, target)));
        }

        shown.Properties.Add(new PSNoteProperty("ReturnValue", Shown(result.ReturnValue?.Value, target)));
        shown.Properties.Add(new PSNoteProperty("PSComputerName", target.ComputerName));
        shown.Methods.Add(new PSScriptMethod("GetCimulatorReason", ScriptBlock.Create($"[{typeof(MethodResults).FullName}]::{nameof(ReasonOf)}($this)")));
        if (result.Reason is not null)
        {
            s_reasons.Add(shown, result.Reason);
        }

        return shown;
    }

    private static object? Shown(object? value, CimTarget target) => value switch
    {
        InstanceData one => target.Instance(one),
        InstanceData[] many => Array.ConvertAll(many, target.Instance),
        _ => value,
    };
}
