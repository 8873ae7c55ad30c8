using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Targets;

/// <summary>Which endpoint a computer name means in this runspace, and whether it may mean a real computer.</summary>
internal static class EndpointNames
{
    private static readonly string[] s_localNames = ["localhost", ".", "127.0.0.1", "::1", Environment.MachineName];

    /// <summary>The names that stand for endpoints here.</summary>
    public static IReadOnlyList<string> Known()
    {
        IEnumerable<Endpoint> seen = Endpoints.SeenBy(RunspaceSessions.CurrentRunspace);
        Endpoint? environment = Environmental();
        string[] names = (environment is null ? seen : seen.Append(environment)).SelectMany(endpoint => endpoint.ComputerNames).ToArray();
        return [.. names.Append("localhost").Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The endpoint that a name stands for; the computer's own names stand for the default one.</summary>
    /// <returns>null for a name that may be a real computer</returns>
    /// <exception cref="CimException">The name is refused, or several endpoints might be meant.</exception>
    public static Endpoint? Find(string computerName)
    {
        IReadOnlyList<Endpoint> seen = Endpoints.SeenBy(RunspaceSessions.CurrentRunspace);
        Endpoint[] named = seen.Where(endpoint => endpoint.IsNamed(computerName)).ToArray();
        if (named.Length > 0)
        {
            Endpoint endpoint = TheOne(named);
            return endpoint.HostOf(computerName) ?? endpoint;
        }

        if (IsLocal(computerName))
        {
            return Default();
        }

        if (Environmental() is { } environment && environment.IsNamed(computerName))
        {
            return environment;
        }

        return NameGuard.IsClosed() ? throw Refused.UnknownName(NameGuard.Refusal(computerName, Known())) : null;
    }

    public static Endpoint? Default()
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

    public static bool IsLocal(string computerName) => s_localNames.Contains(computerName.Trim('[', ']'), StringComparer.OrdinalIgnoreCase);

    /// <summary>The one of the environment; one on another computer only where other computers may be called.</summary>
    private static Endpoint? Environmental()
    {
        try
        {
            return EnvironmentEndpoint.Find() is { } endpoint && (endpoint.Url.IsLoopback || !NameGuard.IsClosed()) ? endpoint : null;
        }
        catch (FormatException error)
        {
            throw Refused.Of(NativeErrorCode.InvalidParameter, error.Message + ".");
        }
    }
}
