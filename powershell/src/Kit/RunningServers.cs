using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using Cimulator.PowerShell.Kit.Control;
using Cimulator.PowerShell.Kit.Spaces;
using Cimulator.PowerShell.Model;
using Cimulator.PowerShell.Targets;

namespace Cimulator.PowerShell.Kit;

/// <summary>The endpoints of this process. Those that a runspace started end with it (<see cref="ModuleLife"/>).</summary>
internal static class RunningServers
{
    private static readonly object s_gate = new();
    private static readonly List<CimulatorEndpoint> s_running = [];

    public static Guid CurrentRunspace => Runspace.DefaultRunspace?.InstanceId ?? Guid.Empty;

    public static void Add(CimulatorEndpoint endpoint)
    {
        lock (s_gate)
        {
            s_running.Add(endpoint);
        }

        Endpoints.Add(endpoint.Endpoint);
    }

    /// <summary>All of the process that run, as they were started.</summary>
    public static IReadOnlyList<CimulatorEndpoint> All()
    {
        lock (s_gate)
        {
            return s_running.ToArray();
        }
    }

    public static IReadOnlyList<CimulatorEndpoint> OwnedBy(Guid runspace) => All().Where(endpoint => endpoint.Endpoint.Owner == runspace).ToArray();

    /// <summary>Those that a cmdlet of this runspace may mean, the one that it means by itself last: by the rules of <see cref="Endpoints.SeenBy"/>.</summary>
    public static IReadOnlyList<CimulatorEndpoint> Seen()
    {
        IReadOnlyList<CimulatorEndpoint> own = OwnedBy(CurrentRunspace);
        IReadOnlyList<CimulatorEndpoint> all = own.Count > 0 ? own : All();
        CimulatorEndpoint[] whole = all.Where(endpoint => endpoint.Space is null).ToArray();
        return own.Count > 0 || whole.Length == 0 ? all : whole;
    }

    /// <summary>Ends an endpoint, and the spaces in it; one that ended before is passed over.</summary>
    public static void Stop(CimulatorEndpoint endpoint)
    {
        foreach (CimulatorEndpoint space in All().Where(one => one.Host is not null && one.Host == endpoint.Control).ToArray())
        {
            (space.Server as SpaceServer)?.Abandon();
            Remove(space);
        }

        Remove(endpoint);
        endpoint.Server.Stop();
    }

    /// <summary>The last opened first.</summary>
    public static void StopAll(IEnumerable<CimulatorEndpoint> endpoints)
    {
        foreach (CimulatorEndpoint endpoint in endpoints.Reverse())
        {
            Stop(endpoint);
        }
    }

    private static void Remove(CimulatorEndpoint endpoint)
    {
        lock (s_gate)
        {
            s_running.Remove(endpoint);
        }

        Endpoints.Remove(endpoint.Endpoint);
        CloseConnections(endpoint);
        if (endpoint.Control is { } control)
        {
            TestScopes.Forget(control);
            MethodStream.Forget(control);
            SpaceStream.Forget(control);
            ControlClient.Forget(control);
        }
    }

    private static void CloseConnections(CimulatorEndpoint endpoint)
    {
        if (!OperatingSystem.IsWindows())
        {
            (Services.Targets as TargetTable)?.Forget(endpoint.Endpoint);
        }

        if (endpoint.CimSession is { } session)
        {
            if (!OperatingSystem.IsWindows())
            {
                Services.Targets.Close(session);
            }

            session.Dispose();
        }
    }
}
