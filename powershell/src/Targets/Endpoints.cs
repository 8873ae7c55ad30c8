using System;
using System.Collections.Generic;
using System.Linq;

namespace Cimulator.PowerShell.Targets;

/// <summary>The endpoints that run because this process started them. Each belongs to a runspace; the last one that a runspace started is its default.</summary>
public static class Endpoints
{
    private static readonly object s_gate = new();
    private static readonly List<Endpoint> s_running = [];

    /// <summary>One was to be started and does not run: what a script calls next may be meant for it, and not for a real computer of the name.</summary>
    public static bool IsMissed { get; private set; }

    public static void Add(Endpoint endpoint)
    {
        lock (s_gate)
        {
            s_running.Add(endpoint);
            IsMissed = false;
            NameGuard.Mark(s_running);
        }
    }

    /// <summary>An endpoint that was to guard its names did not start.</summary>
    public static void Missed()
    {
        lock (s_gate)
        {
            IsMissed = true;
            NameGuard.Mark(s_running);
        }
    }

    public static void Remove(Endpoint endpoint)
    {
        lock (s_gate)
        {
            s_running.Remove(endpoint);
            NameGuard.Mark(s_running);
        }
    }

    /// <summary>All of the process, as they were started.</summary>
    public static IReadOnlyList<Endpoint> Running()
    {
        lock (s_gate)
        {
            return s_running.ToArray();
        }
    }

    /// <summary>
    /// Those that names and calls of a runspace may mean, the default first: its own, or where it started none, those of the process. Spaces
    /// are others' own, unless there is nothing else.
    /// </summary>
    public static IReadOnlyList<Endpoint> SeenBy(Guid runspace)
    {
        IReadOnlyList<Endpoint> running = Running();
        Endpoint[] own = running.Where(endpoint => endpoint.Owner == runspace).Reverse().ToArray();
        Endpoint[] whole = running.Where(endpoint => !endpoint.IsSpace).ToArray();
        return own.Length > 0 ? own : whole.Length > 0 ? whole : running;
    }
}
