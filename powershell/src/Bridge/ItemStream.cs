using System;
using System.Threading;
using System.Threading.Tasks;

namespace Cimulator.PowerShell.Bridge;

/// <summary>
/// A call whose items come as they are consumed: the bridge is never further ahead than its window, which grows for those who take many.
/// Nothing is sent before the first is asked for.
/// </summary>
internal sealed class ItemStream(Func<Task<BridgeCall>> open) : IAsyncDisposable
{
    /// <summary>The window that a stream begins with (docs/bridge.md).</summary>
    private const int FirstWindow = 256;

    /// <summary>No stream is further ahead: some MiB of usual instances.</summary>
    private const int MostAhead = 4096;

    private BridgeCall? _call;
    private System.Collections.Generic.IAsyncEnumerator<BridgeLine>? _lines;
    private int _ahead = FirstWindow;
    private int _consumed;

    /// <summary>The next line; null after the result.</summary>
    public async ValueTask<BridgeLine?> NextAsync(CancellationToken cancellation)
    {
        _call ??= await open().ConfigureAwait(false);
        _lines ??= _call.Lines(cancellation).GetAsyncEnumerator(cancellation);
        return await _lines.MoveNextAsync().ConfigureAwait(false) && _lines.Current.Kind != LineKind.Result ? _lines.Current : null;
    }

    /// <summary>An item went on.</summary>
    public void Consumed()
    {
        _ahead--;
        _consumed++;
        // Half of the window at a time, so that the bridge never waits for the next.
        if (_consumed < (_ahead + _consumed) / 2)
        {
            return;
        }

        int more = Math.Min(2 * _consumed, MostAhead - _ahead);
        _call?.AskForMore(more);
        _ahead += more;
        _consumed = 0;
    }

    public async ValueTask DisposeAsync()
    {
        if (_lines is not null)
        {
            await _lines.DisposeAsync().ConfigureAwait(false);
        }

        if (_call is not null)
        {
            await _call.DisposeAsync().ConfigureAwait(false);
        }
    }
}
