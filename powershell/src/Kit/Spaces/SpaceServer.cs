using System;
using System.Net.Http;
using System.Threading;
using Cimulator.PowerShell.Kit.Control;

namespace Cimulator.PowerShell.Kit.Spaces;

/// <summary>A space in the process of an endpoint.</summary>
internal sealed class SpaceServer : IServer
{
    private readonly ControlAccess _host;
    private readonly string _name;
    private readonly Action? _left;
    private int _hasEnded;

    /// <param name="host">the control API of the endpoint that it is in</param>
    /// <param name="left">told when the space is closed</param>
    public SpaceServer(ControlAccess host, string name, int processId, Action? left)
    {
        _host = host;
        _name = name;
        ProcessId = processId;
        _left = left;
    }

    public int ProcessId { get; }

    public void Stop()
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) == 1)
        {
            return;
        }

        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(15));
        try
        {
            ControlClient.Of(_host).Send(HttpMethod.Delete, $"/v1/spaces/{Uri.EscapeDataString(_name)}", null, patience.Token);
        }
        catch (Exception error) when (error is ControlException or OperationCanceledException)
        {
            // It has ended meanwhile, or its endpoint has.
        }
        finally
        {
            _left?.Invoke();
        }
    }

    /// <summary>Its endpoint ends, and the space with it.</summary>
    public void Abandon() => Interlocked.Exchange(ref _hasEnded, 1);
}
