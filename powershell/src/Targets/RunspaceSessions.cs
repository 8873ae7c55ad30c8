using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using Cimulator.PowerShell.Bridge;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Targets;

/// <summary>Which connection is behind a session, for the whole process; and which sessions a runspace lists.</summary>
internal sealed class RunspaceSessions
{
    private readonly ConditionalWeakTable<CimSession, BridgeOperations> _operations = [];
    private readonly ConcurrentDictionary<Guid, WeakReference<CimSession>> _byInstanceId = new();
    private readonly ConcurrentDictionary<Guid, List<CimSession>> _lists = new();

    public static Guid CurrentRunspace => Runspace.DefaultRunspace?.InstanceId ?? Guid.Empty;

    public void Tie(CimSession session, BridgeOperations operations)
    {
        _operations.AddOrUpdate(session, operations);
        _byInstanceId[session.InstanceId] = new WeakReference<CimSession>(session);
    }

    public void Add(CimSession session, BridgeOperations operations)
    {
        Tie(session, operations);
        List<CimSession> list = _lists.GetOrAdd(CurrentRunspace, ListOf);
        lock (list)
        {
            list.Add(session);
        }
    }

    public BridgeOperations? Of(CimSession session) => _operations.TryGetValue(session, out BridgeOperations? operations) ? operations : null;

    public CimSession? Find(Guid instanceId) =>
        _byInstanceId.TryGetValue(instanceId, out WeakReference<CimSession>? known) && known.TryGetTarget(out CimSession? session) ? session : null;

    public IReadOnlyList<CimSession> Current()
    {
        if (!_lists.TryGetValue(CurrentRunspace, out List<CimSession>? list))
        {
            return [];
        }

        lock (list)
        {
            return list.ToArray();
        }
    }

    /// <summary>Whichever runspace lists it.</summary>
    public BridgeOperations? Remove(CimSession session)
    {
        BridgeOperations? operations = Of(session);
        _operations.Remove(session);
        _byInstanceId.TryRemove(session.InstanceId, out _);
        foreach (List<CimSession> list in _lists.Values)
        {
            lock (list)
            {
                list.Remove(session);
            }
        }

        return operations;
    }

    /// <summary>A runspace's list ends with it; its sessions live on as long as somebody holds them.</summary>
    private List<CimSession> ListOf(Guid runspace)
    {
        if (Runspace.DefaultRunspace is { } current)
        {
            current.StateChanged += (_, change) =>
            {
                if (change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
                {
                    _lists.TryRemove(runspace, out List<CimSession>? _);
                }
            };
        }

        return [];
    }
}
