using System;
using System.Collections.Generic;
using System.Management.Automation;
using Cimulator.PowerShell.Kit.Control;

namespace Cimulator.PowerShell.Kit.Spaces;

/// <summary>Opens a space in a running endpoint, and makes it the default of this runspace: until it is stopped, or while a script block runs.</summary>
[Cmdlet(VerbsOther.Use, "CimulatorSpace")]
[OutputType(typeof(CimulatorEndpoint))]
public sealed class UseCimulatorSpaceCommand : OpeningCommand
{
    /// <summary>Runs in the space, which is closed behind it; what it writes is what the command writes.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    public ScriptBlock? ScriptBlock { get; set; }

    /// <summary>What the control API calls the space; without it, the endpoint makes a name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>An object of Start-Cimulator, or another space of the same process.</summary>
    [Parameter]
    [ValidateNotNull]
    public CimulatorEndpoint? Endpoint { get; set; }

    protected override void EndProcessing()
    {
        bool isHeard = JoinPester();
        CimulatorEndpoint space = Open();
        Complete(space, isHeard);
        if (ScriptBlock is null)
        {
            WriteObject(space);
            return;
        }

        try
        {
            Run(ScriptBlock);
        }
        finally
        {
            RunningServers.Stop(space);
        }
    }

    private CimulatorEndpoint Open()
    {
        IReadOnlyList<CimulatorEndpoint> seen = RunningServers.Seen();
        CimulatorEndpoint? given = Endpoint ?? (seen.Count > 0 ? seen[^1] : null);
        ControlAccess? host = given is null ? ControlAccess.FromEnvironment() : given.Host ?? given.Control;
        if (host is null)
        {
            string message = given is null
                ? "No endpoint runs here whose process could have a space: start one with Start-Cimulator, or set CIMULATOR_CONTROL_URL and CIMULATOR_CONTROL_TOKEN."
                : $"The endpoint at {given.Url} has no control API.";
            ThrowTerminatingError(new ErrorRecord(new InvalidOperationException(message), "NoControl", ErrorCategory.ResourceUnavailable, given));
        }

        Space wish = new(host!) { Name = Name, ComputerNames = given?.Endpoint.ComputerNames ?? [], AllowsOthers = given?.Endpoint.AllowsOthers ?? false, Authentication = given?.Endpoint.Authentication ?? "negotiate", HasModel = given?.HasModel ?? false };
        try
        {
            return wish.Open(Interrupted);
        }
        catch (ControlException error)
        {
            ThrowTerminatingError(ControlCommand.RecordOf(error, Name));
            throw;
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>In a scope of its own, below that of the caller; what it writes goes on at once.</summary>
    private void Run(ScriptBlock script)
    {
        using SteppablePipeline pipeline = ScriptBlock.Create("param($script) & $script").GetSteppablePipeline(CommandOrigin.Internal, [script]);
        pipeline.Begin(this);
        pipeline.Process();
        pipeline.End();
    }
}
