using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Cimulator.PowerShell.Bridge;

/// <summary>The bridge of this process: started at the first call, and again at the first one after it ended.</summary>
public static class BridgeHost
{
    private static readonly object s_gate = new();
    private static Task<BridgeProcess>? s_bridge;

    /// <summary>The process id of the bridge that runs; null while none does.</summary>
    public static int? ProcessId
    {
        get
        {
            lock (s_gate)
            {
                return s_bridge is { IsCompletedSuccessfully: true, Result.HasFailed: false } ? s_bridge.Result.ProcessId : null;
            }
        }
    }

    /// <exception cref="BridgeException">It does not start.</exception>
    /// <exception cref="OperationCanceledException" />
    internal static Task<BridgeProcess> GetAsync(CancellationToken cancellation)
    {
        lock (s_gate)
        {
            bool isUsable = s_bridge is { IsCompleted: false } or { IsCompletedSuccessfully: true, Result.HasFailed: false };
            if (!isUsable)
            {
                s_bridge = BridgeProcess.StartAsync();
            }

            return s_bridge!.WaitAsync(cancellation);
        }
    }

    /// <summary>Ends the bridge, as when the module is removed; the next call starts another.</summary>
    public static void Stop()
    {
        Task<BridgeProcess>? bridge;
        lock (s_gate)
        {
            (bridge, s_bridge) = (s_bridge, null);
        }

        try
        {
            bridge?.GetAwaiter().GetResult().Stop();
        }
        catch (BridgeException)
        {
            // It never ran.
        }
    }
}
