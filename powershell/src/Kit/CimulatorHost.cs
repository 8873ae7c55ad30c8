using System.Collections.Generic;
using Cimulator.PowerShell.Targets;

namespace Cimulator.PowerShell.Kit;

/// <summary>One of the computers that an endpoint stands for: where it is. Its account is the endpoint's.</summary>
public sealed class CimulatorHost
{
    internal CimulatorHost(Endpoint host)
    {
        Name = host.HostName!;
        Url = host.Url.AbsoluteUri;
        HttpsUrl = host.HttpsUrl?.AbsoluteUri;
        ComputerName = [.. host.ComputerNames];
    }

    /// <summary>As the lab declares it.</summary>
    public string Name { get; }

    public string Url { get; }

    /// <summary>Null where HTTPS is off.</summary>
    public string? HttpsUrl { get; }

    /// <summary>All names by which it may be called.</summary>
    public IReadOnlyList<string> ComputerName { get; }

    public override string ToString() => Name;
}
