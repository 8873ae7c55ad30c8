using System.Linq;
using Cimulator.PowerShell.Targets;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Kit;

/// <summary>What TakeOver.ps1 asks: the rules of names are those of our own cmdlets.</summary>
public static class TakeOver
{
    /// <summary>The endpoint that a name stands for; for none (PowerShell makes an empty text of $null), that of calls without a target. Null: it is none's, and other computers may be called.</summary>
    /// <exception cref="CimException">The name is refused, or several endpoints might be meant.</exception>
    public static CimulatorEndpoint? EndpointOf(string? computerName)
    {
        Endpoint? endpoint = string.IsNullOrEmpty(computerName) ? EndpointNames.Default() : EndpointNames.Find(computerName);
        return endpoint is null ? null : RunningServers.All().FirstOrDefault(started => started.Endpoint == endpoint);
    }
}
