using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Cimulator.PowerShell.Kit.Control;

namespace Cimulator.PowerShell.Kit.Spaces;

/// <summary>
/// By what an endpoint knows that this process lives: a stream of events. The spaces that were opened here end with it, however this process
/// ends.
/// </summary>
internal sealed class SpaceStream : IDisposable
{
    private static readonly ConcurrentDictionary<ControlAccess, Lazy<SpaceStream>> s_streams = new();

    private readonly ControlAccess _access;
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource<string> _id = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SpaceStream(ControlAccess access)
    {
        _access = access;
        _ = ListenAsync();
    }

    /// <summary>The id of the stream with an endpoint, which is opened where there is none.</summary>
    /// <exception cref="ControlException" />
    /// <exception cref="OperationCanceledException" />
    public static string IdOf(ControlAccess access, CancellationToken cancellation)
    {
        SpaceStream stream = s_streams.GetOrAdd(access, one => new Lazy<SpaceStream>(() => new SpaceStream(one))).Value;
        try
        {
            return stream._id.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellation).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            throw new ControlException(0, "The endpoint opens no stream for spaces within a minute.");
        }
    }

    /// <summary>Ends that with an endpoint, and its spaces with it.</summary>
    public static void Forget(ControlAccess access)
    {
        if (s_streams.TryRemove(access, out Lazy<SpaceStream>? stream))
        {
            stream.Value.Dispose();
        }
    }

    /// <summary>Ends all.</summary>
    public static void ForgetAll()
    {
        foreach (ControlAccess access in s_streams.Keys)
        {
            Forget(access);
        }
    }

    public void Dispose() => _end.Cancel();

    private async Task ListenAsync()
    {
        try
        {
            await ControlClient.Of(_access).ListenAsync("/v1/spaces/stream", OnEvent, _end.Token).ConfigureAwait(false);
            _id.TrySetException(new ControlException(0, "The stream of spaces ended."));
        }
        catch (Exception error) when (error is ControlException or OperationCanceledException or JsonException or ObjectDisposedException)
        {
            _id.TrySetException(error);
        }
        finally
        {
            // Whoever opens a space hears of it; that nobody does must not end the process.
            _ = _id.Task.Exception;
            if (s_streams.TryGetValue(_access, out Lazy<SpaceStream>? current) && current.IsValueCreated && current.Value == this)
            {
                s_streams.TryRemove(new KeyValuePair<ControlAccess, Lazy<SpaceStream>>(_access, current));
            }
        }
    }

    private void OnEvent(string name, JsonElement data)
    {
        if (name == "hello")
        {
            _id.TrySetResult(data.GetProperty("stream").GetString()!);
        }
    }
}
