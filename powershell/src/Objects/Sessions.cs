using System;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects;

/// <summary>Genuine CimSession objects, made without a constructor: the library has none that works outside Windows.</summary>
public static class Sessions
{
    private static readonly FieldInfo s_lock = Library.Field(typeof(CimSession), "_disposeThreadSafetyLock");
    private static readonly FieldInfo s_disposed = Library.Field(typeof(CimSession), "_disposed");

    /// <summary>The session as New-CimSession and Get-CimSession show it: with Id, Name, InstanceId, ComputerName and Protocol as notes.</summary>
    public static PSObject Shown(CimSession session, uint id, string name, string protocol)
    {
        ArgumentNullException.ThrowIfNull(session);
        PSObject shown = new(session);
        shown.Properties.Add(new PSNoteProperty("Id", id));
        shown.Properties.Add(new PSNoteProperty("Name", name));
        shown.Properties.Add(new PSNoteProperty("InstanceId", session.InstanceId));
        shown.Properties.Add(new PSNoteProperty("ComputerName", session.ComputerName));
        shown.Properties.Add(new PSNoteProperty("Protocol", protocol));
        return shown;
    }

    internal static CimSession New(string computerName, Guid instanceId)
    {
        CimSession session = (CimSession)RuntimeHelpers.GetUninitializedObject(typeof(CimSession));
        s_lock.SetValue(session, new object());
        Library.SetProperty(session, typeof(CimSession), nameof(CimSession.ComputerName), computerName);
        Library.SetProperty(session, typeof(CimSession), nameof(CimSession.InstanceId), instanceId);
        return session;
    }

    internal static bool IsClosed(CimSession session) => (bool)s_disposed.GetValue(session)!;
}
