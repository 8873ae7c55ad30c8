using System;
using System.Collections.Generic;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>Finds the targets of a call. The names and the default belong to the runspace, so this runs on the pipeline's thread.</summary>
internal static class CimTargets
{
    /// <summary>
    /// Sessions if there are any, else computers (an empty name is none), else where <paramref name="instance"/> came from, else the default endpoint. What cannot be
    /// a target is told to <paramref name="refused"/>, and the others are used.
    /// </summary>
    /// <exception cref="ObjectDisposedException">A session was removed.</exception>
    public static List<CimTarget> Of(CimSession[]? sessions, string[]? computerNames, CimInstance? instance, Action<CimException, string?> refused)
    {
        List<CimTarget> targets = [];
        if (sessions is { Length: > 0 })
        {
            foreach (CimSession session in sessions)
            {
                targets.Add(OfSession(session));
            }

            return targets;
        }

        foreach (string? computerName in computerNames is { Length: > 0 } ? computerNames : [null!])
        {
            try
            {
                targets.Add(!string.IsNullOrEmpty(computerName) ? Named(computerName) : instance is not null ? OfInstance(instance) : Default());
            }
            catch (CimException error)
            {
                refused(error, computerName);
            }
        }

        return targets;
    }

    public static CimTarget OfSession(CimSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        ICimOperations? operations = Services.Objects.IsClosed(session) ? null : Services.Targets.Of(session);
        return operations is null
            ? throw new ObjectDisposedException(session.ToString())
            : new CimTarget(operations, session.ComputerName, session.InstanceId);
    }

    private static CimTarget Default() => new(Services.Targets.Default(), null, Guid.Empty);

    private static CimTarget Named(string computerName) => new(Services.Targets.Named(computerName), computerName, Guid.NewGuid());

    private static CimTarget OfInstance(CimInstance instance)
    {
        CimSession? session = Services.Targets.Find(instance.GetCimSessionInstanceId());
        if (session is not null && !Services.Objects.IsClosed(session) && Services.Targets.Of(session) is not null)
        {
            return OfSession(session);
        }

        string? computerName = instance.GetCimSessionComputerName();
        return string.IsNullOrEmpty(computerName) ? Default() : Named(computerName);
    }
}
