using System;
using System.Linq;
using System.Management.Automation;
using System.Net.Http;
using System.Text.Json;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>The calls that an endpoint received, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "CimulatorCall")]
[OutputType("Cimulator.Call")]
public sealed class GetCimulatorCallCommand : CallCommand
{
    /// <summary>So many of the last ones.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int Last { get; set; } = 1000;

    /// <summary>With the envelopes, as they were before they were sealed.</summary>
    [Parameter]
    public SwitchParameter Soap { get; set; }

    protected override void EndProcessing()
    {
        ControlAccess access = Access();
        ThrowPending(access);
        try
        {
            foreach (JsonElement call in ReceivedCalls.Find(access, PlainJson.Bytes(WriteFilterMembers), Soap, Interrupted, Last))
            {
                WriteObject(PlainJson.ReadObject(call, "Cimulator.Call"));
            }
        }
        catch (Exception error) when (error is ControlException or OperationCanceledException)
        {
            throw Translated(error, Method);
        }
    }
}

/// <summary>Forgets the calls that an endpoint received.</summary>
[Cmdlet(VerbsCommon.Clear, "CimulatorCall")]
public sealed class ClearCimulatorCallCommand : ControlCommand
{
    protected override void EndProcessing() => Ask(HttpMethod.Delete, "/v1/requests");
}

/// <summary>Waits until an endpoint has received calls; those from before count.</summary>
[Cmdlet(VerbsLifecycle.Wait, "CimulatorCall")]
[OutputType("Cimulator.Call")]
public sealed class WaitCimulatorCallCommand : CallCommand
{
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int Count { get; set; } = 1;

    [Parameter]
    [ValidateRange(0.001, 600)]
    public double TimeoutSec { get; set; } = 5;

    protected override void EndProcessing()
    {
        int passed = PassedCalls();
        JsonElement answer = Ask(HttpMethod.Post, "/v1/requests/wait", writer =>
        {
            WriteFilter(writer);
            writer.WriteNumber("count"u8, passed + Count);
            writer.WriteNumber("timeout"u8, (int)(TimeoutSec * 1000));
        });
        WriteObject(PlainJson.ReadObject(answer.GetProperty("request"), "Cimulator.Call"));
    }

    /// <summary>How many came in tests that have ended, which the endpoint counts.</summary>
    private int PassedCalls()
    {
        if (TestScopes.Find(Access()) is not { } scopes)
        {
            return 0;
        }

        return Ask(HttpMethod.Post, "/v1/requests/find", writer =>
        {
            WriteFilter(writer);
            writer.WriteNumber("limit"u8, 10_000);
        }).GetProperty("requests").EnumerateArray().Count(scopes.HasPassed);
    }
}
