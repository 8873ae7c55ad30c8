using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Cimulator.PowerShell.Kit.Control;
using Cimulator.PowerShell.Targets;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Kit;

/// <summary>What Start-Cimulator and Use-CimulatorSpace return: where the endpoint is and who may sign in.</summary>
public sealed class CimulatorEndpoint
{
    internal CimulatorEndpoint(IServer server, Endpoint endpoint, PSCredential credential)
    {
        Server = server;
        Endpoint = endpoint;
        Credential = credential;
        Url = endpoint.Url.AbsoluteUri;
        HttpsUrl = endpoint.HttpsUrl?.AbsoluteUri;
        Fingerprint = endpoint.Fingerprint;
        ComputerName = [.. endpoint.ComputerNames];
        Hosts = endpoint.Hosts.Select(host => new CimulatorHost(host)).ToArray();
        ProcessId = server.ProcessId;
    }

    public string Url { get; }

    /// <summary>Null where HTTPS is off.</summary>
    public string? HttpsUrl { get; }

    /// <summary>An account that was made for this endpoint alone.</summary>
    public PSCredential Credential { get; }

    /// <summary>SHA-256 of the certificate of HTTPS.</summary>
    public string? Fingerprint { get; }

    /// <summary>The names that stand for the endpoint; the first is that of calls without a target.</summary>
    public IReadOnlyList<string> ComputerName { get; }

    /// <summary>The computers that it stands for; none where it is the only one.</summary>
    public IReadOnlyList<CimulatorHost> Hosts { get; }

    /// <summary>A session with it, for -CimSession.</summary>
    public CimSession? CimSession { get; internal set; }

    /// <summary>Sessions with computers that are not the one of <see cref="CimSession"/>, by their names.</summary>
    internal Dictionary<string, CimSession> HostSessions { get; } = [];

    /// <summary>A session with the endpoint, or with one of its computers.</summary>
    internal CimSession? SessionOf(Endpoint meant) => meant.HostName is { } name && HostSessions.TryGetValue(name, out CimSession? session) ? session : CimSession;

    public int ProcessId { get; }

    /// <summary>The name of the space that it is; null for an endpoint with a process of its own.</summary>
    public string? Space { get; internal init; }

    /// <summary>It was started with -Model: instances that the model has may be said otherwise by New-CimulatorInstance.</summary>
    internal bool HasModel { get; init; }

    internal IServer Server { get; }

    internal Endpoint Endpoint { get; }

    /// <summary>Null for an endpoint without a control API.</summary>
    internal ControlAccess? Control { get; init; }

    /// <summary>For a space, the control API of the endpoint that it is in.</summary>
    internal ControlAccess? Host { get; init; }

    public override string ToString() => Url;
}
