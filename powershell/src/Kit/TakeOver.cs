using System.Linq;
using System.Management.Automation;
using Cimulator.PowerShell.Targets;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Kit;

/// <summary>What TakeOver.ps1 asks: the rules of names are those of our own cmdlets.</summary>
public static class TakeOver
{
    /// <summary>The endpoint that a name stands for; for none (PowerShell makes an empty text of $null), that of calls without a target. Null: it is none's, and other computers may be called.</summary>
    /// <exception cref="CimException">The name is refused, or several endpoints might be meant.</exception>
    public static TakeOverTarget? EndpointOf(string? computerName)
    {
        Endpoint? endpoint = string.IsNullOrEmpty(computerName) ? EndpointNames.Default() : EndpointNames.Find(computerName);
        CimulatorEndpoint? started = RunningServers.All().FirstOrDefault(one => one.Endpoint == endpoint || one.Endpoint.Hosts.Contains(endpoint));
        return endpoint is null || started is null ? null : new TakeOverTarget(started, endpoint);
    }
}

/// <summary>An endpoint, or one of the computers that it stands for, as TakeOver.ps1 sends calls there.</summary>
public sealed class TakeOverTarget
{
    internal TakeOverTarget(CimulatorEndpoint started, Endpoint meant)
    {
        CimSession = started.SessionOf(meant);
        HttpsUrl = meant.HttpsUrl?.AbsoluteUri;
        Credential = started.Credential;
    }

    public CimSession? CimSession { get; }

    public string? HttpsUrl { get; }

    public PSCredential Credential { get; }

    public override string ToString() => HttpsUrl ?? "";
}
