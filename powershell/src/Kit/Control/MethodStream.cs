using System;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>
/// The methods of an endpoint that this process answers: one stream of events, over which the calls come. It ends with the endpoint, or with
/// this process; then the methods are the model's again.
/// </summary>
internal sealed class MethodStream : IDisposable
{
    private static readonly ConcurrentDictionary<ControlAccess, MethodStream> s_streams = new();

    private readonly ControlClient _client;
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource<string> _id = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, ScriptMethod> _methods = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ErrorRecord> _errors = new();

    private MethodStream(ControlAccess access)
    {
        _client = ControlClient.Of(access);
        _ = ListenAsync();
    }

    public static MethodStream Of(ControlAccess access) => s_streams.GetOrAdd(access, one => new MethodStream(one));

    /// <summary>The stream of an endpoint; null where no method of it is answered here.</summary>
    public static MethodStream? Find(ControlAccess access) => s_streams.TryGetValue(access, out MethodStream? stream) ? stream : null;

    public static void Forget(ControlAccess access)
    {
        if (s_streams.TryRemove(access, out MethodStream? stream))
        {
            stream.Dispose();
        }
    }

    /// <summary>Registers a method.</summary>
    /// <param name="body">writes the members of the registration but the stream</param>
    /// <returns>what the endpoint says of it</returns>
    /// <exception cref="ControlException" />
    /// <exception cref="OperationCanceledException" />
    public JsonElement Add(ScriptMethod method, Action<Utf8JsonWriter> body, CancellationToken cancellation)
    {
        string stream = _id.Task.WaitAsync(TimeSpan.FromSeconds(10), cancellation).GetAwaiter().GetResult();
        byte[] bytes = PlainJson.Bytes(writer =>
        {
            writer.WriteString("stream"u8, stream);
            body(writer);
        });
        JsonElement added = _client.Send(HttpMethod.Post, "/v1/methods", bytes, cancellation);
        _methods[added.GetProperty("id").GetString()!] = method;
        return added;
    }

    /// <summary>What a script threw since this was asked last; null for nothing.</summary>
    public ErrorRecord? TakeError() => _errors.TryDequeue(out ErrorRecord? error) ? error : null;

    public void Dispose()
    {
        _end.Cancel();
        foreach (ScriptMethod method in _methods.Values)
        {
            method.Dispose();
        }
    }

    private async Task ListenAsync()
    {
        try
        {
            await _client.ListenAsync("/v1/calls/stream", OnEvent, _end.Token).ConfigureAwait(false);
            _id.TrySetException(new ControlException(0, "The stream of calls ended."));
        }
        catch (Exception error) when (error is ControlException or OperationCanceledException or JsonException)
        {
            _id.TrySetException(error);
            // Whoever adds a method hears of it; that nobody does must not end the process.
            _ = _id.Task.Exception;
        }
    }

    private void OnEvent(string name, JsonElement data)
    {
        switch (name)
        {
            case "hello":
                _id.TrySetResult(data.GetProperty("stream").GetString()!);
                break;
            case "call":
                _ = AnswerAsync(data);
                break;
            case "cancelled":
                if (_calls.TryGetValue(data.GetProperty("id").GetString()!, out CancellationTokenSource? call))
                {
                    call.Cancel();
                }

                break;
        }
    }

    private async Task AnswerAsync(JsonElement call)
    {
        string id = call.GetProperty("id").GetString()!;
        if (!_methods.TryGetValue(call.GetProperty("method").GetProperty("id").GetString()!, out ScriptMethod? method))
        {
            return;
        }

        using CancellationTokenSource cancellation = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        _calls[id] = cancellation;
        try
        {
            (byte[] answer, ErrorRecord? error) = await Task.Run(() => method.AnswerAsync(call, cancellation.Token)).ConfigureAwait(false);
            Note(error);
            await _client.SendAsync(HttpMethod.Post, $"/v1/calls/{id}", answer, _end.Token).ConfigureAwait(false);
        }
        catch (ControlException error)
        {
            // An answer that the declaration does not allow, or that comes too late: the call is told all the same.
            string message = $"{error.Message}{method.Place(1)}";
            Note(new ErrorRecord(new RuntimeException(message, error), "AnswerRefused", ErrorCategory.InvalidResult, method.Name));
            await FailAsync(id, message).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits any more.
        }
        finally
        {
            _calls.TryRemove(id, out _);
        }
    }

    private async Task FailAsync(string id, string message)
    {
        byte[] body = PlainJson.Bytes(writer =>
        {
            writer.WriteStartObject("error"u8);
            writer.WriteString("message"u8, message);
            writer.WriteEndObject();
        });
        try
        {
            await _client.SendAsync(HttpMethod.Post, $"/v1/calls/{id}", body, _end.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ControlException or OperationCanceledException)
        {
            // It is over.
        }
    }

    private void Note(ErrorRecord? error)
    {
        if (error is not null)
        {
            _errors.Enqueue(error);
        }
    }
}
