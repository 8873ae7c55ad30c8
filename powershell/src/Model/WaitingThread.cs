using System;

namespace Cimulator.PowerShell.Model;

/// <summary>
/// Tells whether this thread has nothing to do but wait for what it calls: the answer is waited for on it then, which costs a change of
/// threads less than coming back to it.
/// </summary>
internal static class WaitingThread
{
    [ThreadStatic]
    private static bool s_isCurrent;

    public static bool IsCurrent => s_isCurrent;

    /// <summary>Begins work whose calls are waited for until it first awaits something else.</summary>
    public static T Begin<T>(Func<T> work)
    {
        s_isCurrent = true;
        try
        {
            return work();
        }
        finally
        {
            s_isCurrent = false;
        }
    }
}
