using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace Cimulator.PowerShell.Kit;

/// <summary>Ends endpoints: those that are given, or all that this runspace started.</summary>
[Cmdlet(VerbsLifecycle.Stop, "Cimulator")]
public sealed class StopCimulatorCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public CimulatorEndpoint[]? InputObject { get; set; }

    private bool _wasGiven;

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            _wasGiven = true;
            Stop(InputObject);
        }
    }

    protected override void EndProcessing()
    {
        // An empty pipe stops nothing.
        if (!_wasGiven && !MyInvocation.ExpectingInput)
        {
            Stop(RunningServers.OwnedBy(RunningServers.CurrentRunspace));
        }

        if (OperatingSystem.IsWindows() && RunningServers.OwnedBy(RunningServers.CurrentRunspace).Count == 0)
        {
            InvokeCommand.InvokeScript("& (Get-Module -Name Cimulator) { Disable-TakeOver }");
        }
    }

    private void Stop(IReadOnlyList<CimulatorEndpoint> endpoints)
    {
        foreach (CimulatorEndpoint endpoint in endpoints)
        {
            WriteVerbose($"Stopping the endpoint at {endpoint.Url}.");
        }

        RunningServers.StopAll(endpoints);
    }
}
