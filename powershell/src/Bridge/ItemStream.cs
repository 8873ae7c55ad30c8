using System;
using System.Threading;
using System.Threading.Tasks;

namespace Cimulator.PowerShell.Bridge;

/// <summary>A call whose items come as they are consumed: the bridge is never further ahead than its window. Nothing is sent before the first is asked for.</summary>
internal sealed class ItemStream(Func<Task<BridgeCall>> open) : IAsyncDisposable
{
    /// <summary>Half the window that a stream begins with.</summary>
    private const int Portion = 128;

    private BridgeCall? _call;
    private System.Collections.Generic.IAsyncEnumerator<BridgeLine>? _lines;
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
        if (++_consumed == Portion)
        {
            _consumed = 0;
            _call?.AskForMore(Portion);
        }
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
