using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
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
    private static readonly string[] s_localNames = ["localhost", ".", "127.0.0.1", "::1", Environment.MachineName];

    private readonly RunspaceSessions _sessions = new();
    private readonly ConcurrentDictionary<BridgeTarget, BridgeConnection> _shared = new();
    private readonly ConcurrentDictionary<(string, string, BridgeTarget), BridgeOperations> _operations = new();
    private int _dcomWarnings;

    public ICimOperations Default()
    {
        Endpoint endpoint = DefaultEndpoint() ?? throw Refused.Of(
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
        if (request.ComputerName is null && DefaultEndpoint() is null)
        {
            return Default();
        }

        string computerName = request.ComputerName ?? "localhost";
        (Endpoint? endpoint, BridgeTarget target) = Resolve(computerName, request);
        return new BridgeOperations(computerName, endpoint is null ? computerName : ServerNameOf(endpoint, computerName), new BridgeConnection(target));
    }

    public ICimOperations? Of(CimSession session) => _sessions.Of(session);

    public void Close(CimSession session) => _sessions.Remove(session)?.Close();

    public void Add(CimSession session, ICimOperations operations) => _sessions.Add(session, (BridgeOperations)operations);

    public IReadOnlyList<CimSession> Sessions() => _sessions.Current();

    public IReadOnlyList<string> KnownNames()
    {
        IEnumerable<Endpoint> seen = Endpoints.SeenBy(RunspaceSessions.CurrentRunspace);
        Endpoint? environment = Environmental();
        string[] names = (environment is null ? seen : seen.Append(environment)).SelectMany(endpoint => endpoint.ComputerNames).ToArray();
        return [.. names.Append("localhost").Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private (Endpoint? Endpoint, BridgeTarget Target) Resolve(string computerName, ConnectionRequest request)
    {
        Endpoint? endpoint = EndpointOf(computerName);
        if (endpoint is not null)
        {
            return (endpoint, TargetAt(endpoint, request));
        }

        if (NameGuard.IsClosed() && !IsLocal(computerName))
        {
            throw Refused.Of(NativeErrorCode.AccessDenied, NameGuard.Refusal(computerName, KnownNames()));
        }

        return (null, RealHost.Target(computerName, request));
    }

    /// <summary>The endpoint that a name stands for; the computer's own names stand for the default one.</summary>
    /// <exception cref="CimException">Several might be meant.</exception>
    private static Endpoint? EndpointOf(string computerName)
    {
        IReadOnlyList<Endpoint> seen = Endpoints.SeenBy(RunspaceSessions.CurrentRunspace);
        Endpoint[] named = seen.Where(endpoint => endpoint.IsNamed(computerName)).ToArray();
        if (named.Length > 0)
        {
            return TheOne(named);
        }

        return Environmental() is { } environment && environment.IsNamed(computerName) ? environment : IsLocal(computerName) ? DefaultEndpoint() : null;
    }

    private static Endpoint? DefaultEndpoint()
    {
        IReadOnlyList<Endpoint> seen = Endpoints.SeenBy(RunspaceSessions.CurrentRunspace);
        return seen.Count > 0 ? TheOne(seen) : Environmental();
    }

    /// <summary>The last that this runspace started, or the only one of the process.</summary>
    private static Endpoint TheOne(IReadOnlyList<Endpoint> candidates)
    {
        Endpoint first = candidates[0];
        return candidates.Count == 1 || first.Owner == RunspaceSessions.CurrentRunspace
            ? first
            : throw Refused.Of(
                NativeErrorCode.Failed,
                $"Several endpoints run, and none was started in this runspace: {string.Join("; ", candidates)}. Give -ComputerName or -CimSession, or start one here.");
    }

    private static Endpoint? Environmental()
    {
        try
        {
            return EnvironmentEndpoint.Find();
        }
        catch (FormatException error)
        {
            throw Refused.Of(NativeErrorCode.InvalidParameter, error.Message + ".");
        }
    }

    private static bool IsLocal(string computerName) => s_localNames.Contains(computerName.Trim('[', ']'), StringComparer.OrdinalIgnoreCase);

    /// <summary>An endpoint's own name is what its instances bear where it was called by one of the computer's.</summary>
    private static string ServerNameOf(Endpoint endpoint, string computerName) => IsLocal(computerName) ? endpoint.ServerName : computerName;

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
