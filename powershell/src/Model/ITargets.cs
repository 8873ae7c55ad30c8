using System;
using System.Collections.Generic;
using System.Management.Automation;
using Microsoft.Management.Infrastructure;
using Microsoft.Management.Infrastructure.Options;

namespace Cimulator.PowerShell.Model;

/// <summary>
/// What New-CimSession was told of a connection. A null member was not given; -Port and -Credential given explicitly are minded even
/// where a name of an endpoint brings its own.
/// </summary>
public sealed record ConnectionRequest
{
    public string? ComputerName { get; init; }

    public PSCredential? Credential { get; init; }

    /// <summary>Microsoft's PasswordAuthenticationMechanism by its name; null for none given.</summary>
    public string? Authentication { get; init; }

    public string? CertificateThumbprint { get; init; }

    public uint? Port { get; init; }

    public uint? OperationTimeoutSec { get; init; }

    public CimSessionOptions? SessionOption { get; init; }

    /// <summary>Writes a warning: of DCOM options at an endpoint, once a process.</summary>
    public Action<string>? Warn { get; init; }
}

/// <summary>
/// Where calls go: the default endpoint of a runspace, names of endpoints, real hosts. Throws a CimException for a name that is refused
/// while an endpoint runs, and a CimException that tells what to do where there is no default endpoint.
/// </summary>
public interface ITargets
{
    /// <summary>The target of a call with neither -ComputerName nor -CimSession.</summary>
    ICimOperations Default();

    /// <summary>A temporary connection to a name given by -ComputerName.</summary>
    ICimOperations Named(string computerName);

    /// <summary>A connection that lives as long as its session.</summary>
    ICimOperations Open(ConnectionRequest request);

    /// <summary>The operations behind a session, of any runspace of the process; null for one that was not made here.</summary>
    ICimOperations? Of(CimSession session);

    /// <summary>Closes the connection of a session that is removed.</summary>
    void Close(CimSession session);

    /// <summary>Ties a session object to its connection; Get-CimSession does not list it.</summary>
    void Tie(CimSession session, ICimOperations operations);

    /// <summary>Ties a session object to its connection, and lists it for this runspace.</summary>
    void Add(CimSession session, ICimOperations operations);

    /// <summary>An open session of any runspace of the process, listed or not; null for one that is gone.</summary>
    CimSession? Find(Guid instanceId);

    /// <summary>The sessions of this runspace, in the order of their ids.</summary>
    IReadOnlyList<CimSession> Sessions();

    /// <summary>Names that tab completion and error messages show.</summary>
    IReadOnlyList<string> KnownNames();
}
