using System;
using System.Collections.Generic;
using System.Management.Automation.Runspaces;
using Cimulator.PowerShell.Bridge;
using Cimulator.PowerShell.Kit.Spaces;
using Cimulator.PowerShell.Model;
using Cimulator.PowerShell.Targets;

namespace Cimulator.PowerShell.Kit;

/// <summary>What Cimulator.psm1 tells of itself. A process may have the module in several runspaces.</summary>
public static class ModuleLife
{
    private static readonly HashSet<Guid> s_runspaces = [];

    static ModuleLife() => Services.Targets = new TargetTable();

    /// <param name="folder">where the module lies</param>
    public static void Imported(string folder)
    {
        Package.SetModuleFolder(folder);
        ModulePath.Add(folder);
        if (Runspace.DefaultRunspace is not { } runspace)
        {
            return;
        }

        lock (s_runspaces)
        {
            if (!s_runspaces.Add(runspace.InstanceId))
            {
                return;
            }
        }

        Guid id = runspace.InstanceId;
        runspace.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
            {
                Left(id);
            }
        };
    }

    /// <summary>Ends what this runspace started; with the last runspace that has the module, the bridge.</summary>
    public static void Removed() => Left(RunningServers.CurrentRunspace);

    private static void Left(Guid runspace)
    {
        RunningServers.StopAll(RunningServers.OwnedBy(runspace));
        bool isLast;
        lock (s_runspaces)
        {
            isLast = s_runspaces.Remove(runspace) && s_runspaces.Count == 0;
        }

        if (isLast)
        {
            SpaceStream.ForgetAll();
            SharedServer.EndIdle();
            BridgeHost.Stop();
            ModulePath.Restore();
        }
    }
}
