using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>Calls that run side by side and give what they bring in the order in which they began.</summary>
internal sealed class InOrder
{
    private const int AtOnce = 16;

    private readonly Queue<Task> _running = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Begins a call as soon as fewer than 16 run; <paramref name="call"/> awaits what it is given before it writes.</summary>
    public async Task AddAsync(Func<Task, Task> call)
    {
        if (_running.Count == AtOnce)
        {
            await _running.Dequeue();
        }

        _last = call(_last);
        _running.Enqueue(_last);
    }

    public Task EndAsync() => Task.WhenAll(_running);
}
