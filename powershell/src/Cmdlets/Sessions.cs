using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>A session as New-CimSession and Get-CimSession show it.</summary>
internal sealed record NamedSession(uint Id, string Name, CimSession Session)
{
    private const string Protocol = "WSMAN";

    /// <summary>What -WhatIf says of it.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "CimSession id = {0}, name = {1}, ComputerName = {2}, instance id = {3}", Id, Name, Session.ComputerName, Session.InstanceId);

    /// <summary>The session with the properties that scripts read from it.</summary>
    public PSObject Shown()
    {
        PSObject shown = PSObject.AsPSObject(Session);
        if (shown.Properties[nameof(Id)] is null)
        {
            shown.Properties.Add(new PSNoteProperty(nameof(Id), Id));
            shown.Properties.Add(new PSNoteProperty(nameof(Name), Name));
            shown.Properties.Add(new PSNoteProperty("InstanceId", Session.InstanceId));
            shown.Properties.Add(new PSNoteProperty("ComputerName", Session.ComputerName));
            shown.Properties.Add(new PSNoteProperty(nameof(Protocol), Protocol));
        }

        return shown;
    }
}

/// <summary>The sessions of a runspace with their ids and names. The ids count up in each runspace.</summary>
internal sealed class Sessions
{
    private static readonly ConditionalWeakTable<Runspace, Sessions> s_ofRunspaces = new();

    private readonly List<NamedSession> _known = [];
    private uint _lastId;

    /// <summary>Of the runspace that runs on this thread.</summary>
    public static Sessions Current => s_ofRunspaces.GetOrCreateValue(Runspace.DefaultRunspace);

    public NamedSession Add(CimSession session, string? name)
    {
        _lastId++;
        NamedSession named = new(_lastId, string.IsNullOrEmpty(name) ? $"CimSession{_lastId}" : name, session);
        _known.Add(named);
        return named;
    }

    /// <summary>Those that are open, in the order of their ids.</summary>
    public IReadOnlyList<NamedSession> Open()
    {
        IReadOnlyList<CimSession> open = Services.Targets.Sessions();
        _known.RemoveAll(each => Services.Objects.IsClosed(each.Session) || !open.Contains(each.Session));

        // A copy: whoever removes sessions as they come changes the list.
        return [.. _known];
    }

    public static void Close(CimSession session)
    {
        Services.Targets.Close(session);
        session.Dispose();
    }
}
