using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using Cimulator.PowerShell.Bridge;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;
using Microsoft.Management.Infrastructure.Options;

namespace Cimulator.PowerShell.Targets;

/// <summary>Where calls go, by the rules of docs/powershell.md.</summary>
public sealed class TargetTable : ITargets
{
    private readonly RunspaceSessions _sessions = new();
    private readonly ConcurrentDictionary<BridgeTarget, BridgeConnection> _shared = new();
    private readonly ConcurrentDictionary<(string, string, BridgeTarget), BridgeOperations> _operations = new();
    private int _dcomWarnings;

    public ICimOperations Default()
    {
        Endpoint endpoint = EndpointNames.Default() ?? throw Refused.Of(
            NativeErrorCode.NotFound,
            "There is no endpoint to call: start one with Start-Cimulator, let $env:CIMULATOR_URL name one, or give -ComputerName or -CimSession.");
        return Shared(endpoint.ServerName, endpoint.ServerName, endpoint.Target(endpoint.Url));
    }

    public ICimOperations Named(string computerName)
    {
        (Endpoint? endpoint, BridgeTarget target) = Resolve(computerName, new ConnectionRequest { ComputerName = computerName });
        return Shared(computerName, endpoint is null ? computerName : ServerNameOf(endpoint, computerName), target);
    }

    public ICimOperations Open(ConnectionRequest request)
    {
        if (request.ComputerName is null && EndpointNames.Default() is null)
        {
            return Default();
        }

        string computerName = request.ComputerName ?? "localhost";
        (Endpoint? endpoint, BridgeTarget target) = Resolve(computerName, request);
        return new BridgeOperations(computerName, endpoint is null ? computerName : ServerNameOf(endpoint, computerName), new BridgeConnection(target));
    }

    public ICimOperations? Of(CimSession session) => _sessions.Of(session);

    public void Close(CimSession session) => _sessions.Remove(session)?.Close();

    public void Tie(CimSession session, ICimOperations operations) => _sessions.Tie(session, (BridgeOperations)operations);

    public void Add(CimSession session, ICimOperations operations) => _sessions.Add(session, (BridgeOperations)operations);

    public CimSession? Find(Guid instanceId) => _sessions.Find(instanceId);

    public IReadOnlyList<CimSession> Sessions() => _sessions.Current();

    public IReadOnlyList<string> KnownNames() => EndpointNames.Known();

    /// <summary>How many connections calls without a session have.</summary>
    public int SharedConnections => _shared.Count;

    /// <summary>Closes what calls without a session had open to an endpoint that ends.</summary>
    public void Forget(Endpoint endpoint)
    {
        foreach ((string, string, BridgeTarget Target) key in _operations.Keys)
        {
            if (endpoint.ListenerAt((uint)new Uri(key.Target.Url).Port) is not null && key.Target.User == endpoint.User && key.Target.Password == endpoint.Password)
            {
                _operations.TryRemove(key, out _);
                if (_shared.TryRemove(key.Target, out BridgeConnection? connection))
                {
                    connection.Close();
                }
            }
        }
    }

    private (Endpoint? Endpoint, BridgeTarget Target) Resolve(string computerName, ConnectionRequest request)
    {
        Endpoint? endpoint = EndpointNames.Find(computerName);
        return (endpoint, endpoint is null ? RealHost.Target(computerName, request) : TargetAt(endpoint, request));
    }

    /// <summary>An endpoint's own name is what its instances bear where it was called by one of the computer's.</summary>
    private static string ServerNameOf(Endpoint endpoint, string computerName) => EndpointNames.IsLocal(computerName) ? endpoint.ServerName : computerName;

    /// <summary>
    /// A connection to an endpoint: it brings URL, certificate and account. A port that is given is minded, and one that is not the
    /// endpoint's own never gets its account.
    /// </summary>
    private BridgeTarget TargetAt(Endpoint endpoint, ConnectionRequest request)
    {
        CimulatorSessionOptions options = EndpointOptions(request);
        Uri? listener = request.Port is { } port ? endpoint.ListenerAt(port) : options.UseSsl || request.CertificateThumbprint is not null ? endpoint.HttpsUrl ?? endpoint.Url : endpoint.Url;
        if (listener is null)
        {
            return RealHost.Target(endpoint.Url.IdnHost, request with { SessionOption = options });
        }

        string? authentication = request.Authentication is null or "Default" ? null : RealHost.AuthenticationOf(request.Authentication);
        BridgeTarget target = request.CertificateThumbprint is not null
            ? RealHost.ByCertificate(listener, request.CertificateThumbprint) with { Fingerprint256 = endpoint.Fingerprint }
            : endpoint.Target(listener, authentication);
        if (request.Credential is not null && request.Credential != PSCredential.Empty && request.CertificateThumbprint is null)
        {
            target = RealHost.WithAccount(target with { Authentication = authentication ?? (endpoint.Authentication is "basic" ? "basic" : "negotiate") }, request.Credential);
        }

        bool isVouchedFor = endpoint.Fingerprint is null;
        return RealHost.WithOptions(target, request, options) with
        {
            SkipCACheck = isVouchedFor && !options.CertCACheck,
            SkipCNCheck = isVouchedFor && !options.CertCNCheck,
            SkipRevocationCheck = isVouchedFor && !options.CertRevocationCheck,
        };
    }

    /// <summary>DCOM is taken for WSMan at an endpoint, as scripts ask for it that know nothing of one.</summary>
    private CimulatorSessionOptions EndpointOptions(ConnectionRequest request)
    {
        if (request.SessionOption is not DComSessionOptions)
        {
            return RealHost.OptionsOf(request);
        }

        if (Interlocked.Increment(ref _dcomWarnings) == 1)
        {
            request.Warn?.Invoke("Cimulator speaks no DCOM: WSMan is used in its place.");
        }

        return new CimulatorSessionOptions { Culture = (request.SessionOption as CimulatorDcomOptions)?.Culture, UICulture = (request.SessionOption as CimulatorDcomOptions)?.UICulture };
    }

    /// <summary>Calls by name, one after another, share a connection, as they would share a session.</summary>
    private BridgeOperations Shared(string computerName, string serverName, BridgeTarget target) =>
        _operations.GetOrAdd((computerName, serverName, target), key => new BridgeOperations(key.Item1, key.Item2, _shared.GetOrAdd(key.Item3, static one => new BridgeConnection(one))));
}
