using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using Cimulator.PowerShell.Kit.Control;
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

    /// <summary>Ends an endpoint; one that ended before is passed over.</summary>
    public static void Stop(CimulatorEndpoint endpoint)
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
            ControlClient.Forget(control);
        }

        endpoint.Server.Stop();
    }

    public static void StopAll(IEnumerable<CimulatorEndpoint> endpoints)
    {
        foreach (CimulatorEndpoint endpoint in endpoints)
        {
            Stop(endpoint);
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
