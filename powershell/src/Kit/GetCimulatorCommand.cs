using System.Management.Automation;

namespace Cimulator.PowerShell.Kit;

/// <summary>The endpoints that run: those of this runspace, or with -All those of the process.</summary>
[Cmdlet(VerbsCommon.Get, "Cimulator")]
[OutputType(typeof(CimulatorEndpoint))]
public sealed class GetCimulatorCommand : PSCmdlet
{
    /// <summary>Those of other runspaces, too.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    protected override void EndProcessing() =>
        WriteObject(All ? RunningServers.All() : RunningServers.OwnedBy(RunningServers.CurrentRunspace), enumerateCollection: true);
}
