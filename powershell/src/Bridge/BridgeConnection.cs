using System;
using System.Globalization;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Cimulator.PowerShell.Bridge;

/// <summary>
/// A connection of the bridge, opened there when it is first used, and again in a bridge that took another's place. It ends there with this
/// object too: a session that nobody holds any more was not removed.
/// </summary>
internal sealed class BridgeConnection(BridgeTarget target)
{
    private static int s_lastId;

    private readonly string _id = string.Create(CultureInfo.InvariantCulture, $"c{Interlocked.Increment(ref s_lastId)}");
    private readonly object _gate = new();
    private BridgeProcess? _bridge;
    private Task _opening = Task.CompletedTask;
    private volatile bool _closed;

    ~BridgeConnection() => CloseInBridge();

    public BridgeTarget Target => target;

    /// <summary>Sends a request over the connection.</summary>
    /// <exception cref="BridgeException" />
    /// <exception cref="BridgeAnswerException">The bridge refuses the target.</exception>
    /// <exception cref="OperationCanceledException" />
    public async Task<BridgeCall> CallAsync(string operation, Action<Utf8JsonWriter> members, CancellationToken cancellation)
    {
        if (_closed)
        {
            throw new BridgeException("the session was closed");
        }

        BridgeProcess bridge = await BridgeHost.GetAsync(cancellation).ConfigureAwait(false);
        await OpenIn(bridge).WaitAsync(cancellation).ConfigureAwait(false);
        return bridge.Call(operation, _id, members);
    }

    /// <summary>Closes it, without waiting for the bridge.</summary>
    public void Close()
    {
        _closed = true;
        CloseInBridge();
    }

    private void CloseInBridge()
    {
        lock (_gate)
        {
            if (_bridge is { HasFailed: false })
            {
                _ = CallForNothingAsync(_bridge, "close", null);
                _bridge = null;
            }
        }
    }

    private Task OpenIn(BridgeProcess bridge)
    {
        lock (_gate)
        {
            if (_bridge != bridge || _opening.IsFaulted)
            {
                _bridge = bridge;
                _opening = CallForNothingAsync(bridge, "open", target.Write);
            }

            return _opening;
        }
    }

    private async Task CallForNothingAsync(BridgeProcess bridge, string operation, Action<Utf8JsonWriter>? members)
    {
        await using BridgeCall call = bridge.Call(operation, _id, members);
        await foreach (BridgeLine line in call.Lines(CancellationToken.None).ConfigureAwait(false))
        {
            if (line.Kind == LineKind.Error)
            {
                throw new BridgeAnswerException(ErrorAnswer.Read(line));
            }
        }
    }
}
