using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Cimulator.PowerShell.Bridge;

/// <summary>
/// One call, from its request to its last line. Left before that (cancelled, or its reader stopped), it is cancelled in the bridge, which
/// releases what is open on the server.
/// </summary>
internal sealed class BridgeCall(BridgeProcess bridge, int id) : IAsyncDisposable
{
    private readonly Channel<BridgeLine> _lines = Channel.CreateUnbounded<BridgeLine>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = false });
    private volatile bool _ended;
    private ManualResetEventSlim? _arrived;

    public int Id => id;

    /// <summary>The lines as they come, the last of them a result or an error.</summary>
    /// <exception cref="BridgeException">The bridge ended before the call did.</exception>
    /// <exception cref="OperationCanceledException" />
    public async IAsyncEnumerable<BridgeLine> Lines([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            BridgeLine line = await NextAsync(cancellation).ConfigureAwait(false);
            yield return line;
            if (line.IsLast)
            {
                yield break;
            }
        }
    }

    /// <summary>The next line.</summary>
    /// <exception cref="BridgeException">The bridge ended before the call did.</exception>
    /// <exception cref="OperationCanceledException" />
    public async ValueTask<BridgeLine> NextAsync(CancellationToken cancellation)
    {
        try
        {
            return await _lines.Reader.ReadAsync(cancellation).ConfigureAwait(false);
        }
        catch (ChannelClosedException error)
        {
            throw error.InnerException ?? new BridgeException("the bridge ended");
        }
    }

    /// <summary>The same for a thread that has nothing else to do.</summary>
    public BridgeLine Wait(CancellationToken cancellation)
    {
        ManualResetEventSlim arrived = Interlocked.CompareExchange(ref _arrived, new ManualResetEventSlim(false, spinCount: 0), null) ?? _arrived!;
        while (true)
        {
            arrived.Reset();
            if (_lines.Reader.TryRead(out BridgeLine line))
            {
                return line;
            }

            if (_lines.Reader.Completion.IsCompleted)
            {
                throw _lines.Reader.Completion.Exception?.InnerException ?? new BridgeException("the bridge ended");
            }

            arrived.Wait(cancellation);
        }
    }

    /// <summary>Lets the bridge send further items.</summary>
    public void AskForMore(int items) => bridge.Send(BridgeRequest.More(id, items));

    /// <summary>Called by the thread that reads.</summary>
    internal void Receive(BridgeLine line)
    {
        _ended |= line.IsLast;
        _lines.Writer.TryWrite(line);
        Wake();
    }

    internal void Fail(Exception error)
    {
        _ended = true;
        _lines.Writer.TryComplete(error);
        Wake();
    }

    public ValueTask DisposeAsync()
    {
        if (!_ended)
        {
            bridge.Abandon(id);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>After what was written: who waits looks for it only after it has said that it waits.</summary>
    private void Wake()
    {
        Interlocked.MemoryBarrier();
        Volatile.Read(ref _arrived)?.Set();
    }
}
