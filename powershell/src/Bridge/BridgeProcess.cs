using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Cimulator.PowerShell.Bridge;

/// <summary>
/// A bridge that runs: many calls at once over its two pipes, one thread for each of them. It ends with this process, whose end closes the
/// pipes, however that comes about.
/// </summary>
internal sealed class BridgeProcess
{
    private const string Protocol = "cimulator-bridge";
    private const int Version = 1;

    /// <summary>So many calls of so many bytes fit into a pipe of any system, whether the bridge reads or not.</summary>
    private const int FewCalls = 16;
    private const int FewBytes = 1024;

    private readonly Process _process;
    private readonly string _node;
    private readonly LineReader _reader;
    private readonly ConcurrentDictionary<int, BridgeCall> _calls = new();
    private readonly Channel<ReadOnlyMemory<byte>> _requests = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly object _gate = new();
    private readonly object _stdin = new();
    private string? _failure;
    private int _lastId;

    private BridgeProcess(string node, Process process)
    {
        _node = node;
        _process = process;
        _reader = new LineReader(process.StandardOutput.BaseStream);
    }

    public int ProcessId => _process.Id;

    /// <summary>No call can be made any more.</summary>
    public bool HasFailed => Volatile.Read(ref _failure) is not null;

    /// <summary>Gets what the bridge writes to stderr, its own faults.</summary>
    public event Action<string>? Complained;

    /// <summary>Starts a bridge and reads its first line.</summary>
    /// <exception cref="BridgeException">One line that says what is wrong and, where it can, what to do.</exception>
    public static Task<BridgeProcess> StartAsync() => Task.Run(() =>
    {
        BridgeProcess bridge = Start();
        bridge.Greet();
        new Thread(bridge.ReadAll) { IsBackground = true, Name = "cimulator bridge, answers" }.Start();
        new Thread(bridge.WriteAll) { IsBackground = true, Name = "cimulator bridge, requests" }.Start();
        return bridge;
    });

    /// <exception cref="BridgeException">The bridge has ended.</exception>
    public BridgeCall Call(string operation, string connection, Action<Utf8JsonWriter>? members)
    {
        BridgeCall call = new(this, Interlocked.Increment(ref _lastId));
        ReadOnlyMemory<byte> request = BridgeRequest.Call(call.Id, operation, connection, members);
        lock (_gate)
        {
            if (_failure is not null)
            {
                throw new BridgeException(_failure);
            }

            _calls[call.Id] = call;
        }

        if (!SendAtOnce(request))
        {
            Send(request);
        }

        return call;
    }

    /// <summary>Where the bridge has ended, nothing is sent, and whoever waits for an answer was told.</summary>
    internal void Send(ReadOnlyMemory<byte> request) => _requests.Writer.TryWrite(request);

    /// <summary>
    /// Writes a short request on the thread of its call, without a change to the one that writes; false where that could wait, or where others
    /// are before it.
    /// </summary>
    private bool SendAtOnce(ReadOnlyMemory<byte> request)
    {
        if (request.Length > FewBytes || _calls.Count > FewCalls || !Monitor.TryEnter(_stdin))
        {
            return false;
        }

        try
        {
            return !_requests.Reader.TryPeek(out _) && Write(request);
        }
        finally
        {
            Monitor.Exit(_stdin);
        }
    }

    /// <summary>False where the bridge has ended, which the thread that reads sees and tells.</summary>
    private bool Write(ReadOnlyMemory<byte> request)
    {
        try
        {
            _process.StandardInput.BaseStream.Write(request.Span);
            return true;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Nobody waits for the rest of a call.</summary>
    internal void Abandon(int id)
    {
        if (_calls.TryRemove(id, out _))
        {
            Send(BridgeRequest.Cancel(id));
        }
    }

    /// <summary>Ends the bridge; calls that are open fail.</summary>
    public void Stop()
    {
        Fail("the bridge was stopped");
        try
        {
            if (!_process.WaitForExit(2_000))
            {
                _process.Kill();
            }
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended meanwhile.
        }
    }

    private static BridgeProcess Start()
    {
        try
        {
            string node = NodeProgram.Find();
            ProcessStartInfo start = ChildProgram.StartInfo(node, ["dist/bridge/main.js"]);
            return new BridgeProcess(node, Process.Start(start) ?? throw new InvalidOperationException($"{node} does not start"));
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            throw new BridgeException(error.Message, error);
        }
    }

    /// <summary>The first line names the protocol and its version.</summary>
    private void Greet()
    {
        _process.ErrorDataReceived += (_, line) => Complain(line.Data);
        _process.BeginErrorReadLine();
        byte[]? line = _reader.Read();
        if (line is null)
        {
            _process.WaitForExit();
            throw new BridgeException(NodeProgram.VersionProblem(_node) ?? Ended());
        }

        string? problem = GreetingProblem(line);
        if (problem is not null)
        {
            _process.Kill();
            throw new BridgeException(problem);
        }
    }

    private static string? GreetingProblem(byte[] line)
    {
        try
        {
            using JsonDocument greeting = JsonDocument.Parse(line);
            JsonElement root = greeting.RootElement;
            if (root.TryGetProperty("fatal", out JsonElement fatal))
            {
                return $"the bridge does not start: {fatal.GetString()}";
            }

            string protocol = root.GetProperty("protocol").GetString() ?? "";
            int version = root.GetProperty("version").GetInt32();
            return protocol == Protocol && version == Version
                ? null
                : $"the bridge speaks {protocol} {version}, and this module {Protocol} {Version}: let both come from one package";
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return $"the bridge does not say which protocol it speaks, where this module speaks {Protocol} {Version}";
        }
    }

    private void ReadAll()
    {
        try
        {
            while (_reader.Read() is { } json)
            {
                BridgeLine line = BridgeLine.Parse(json);
                if (line.Kind == LineKind.Fatal)
                {
                    Fail($"the bridge gave up: {line.Reader().GetString()}");
                }
                else if (line.IsLast ? _calls.TryRemove(line.Id, out BridgeCall? call) : _calls.TryGetValue(line.Id, out call))
                {
                    call.Receive(line);
                }
            }

            _process.WaitForExit(1_000);
            Fail(Ended());
        }
        catch (Exception error) when (error is InvalidDataException or IOException or ObjectDisposedException or JsonException)
        {
            Fail($"the bridge is not understood: {error.Message}");
            _process.Kill();
        }
    }

    private void WriteAll()
    {
        bool isOpen = true;
        while (isOpen && _requests.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            lock (_stdin)
            {
                while (isOpen && _requests.Reader.TryRead(out ReadOnlyMemory<byte> request))
                {
                    isOpen = Write(request);
                }
            }
        }

        lock (_stdin)
        {
            _process.StandardInput.BaseStream.Close();
        }
    }

    private void Fail(string reason)
    {
        lock (_gate)
        {
            if (_failure is not null)
            {
                return;
            }

            Volatile.Write(ref _failure, reason);
        }

        _requests.Writer.TryComplete();
        foreach (int id in _calls.Keys.ToArray())
        {
            if (_calls.TryRemove(id, out BridgeCall? call))
            {
                call.Fail(new BridgeException(reason));
            }
        }
    }

    /// <summary>How it ended, with the last that it said.</summary>
    private string Ended()
    {
        string how = _process.HasExited ? $"with status {_process.ExitCode}" : "its output";
        return _complaints.IsEmpty ? $"the bridge ended {how}" : $"the bridge ended {how}: {_complaints.Last()}";
    }

    private void Complain(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        _complaints.Enqueue(line);
        while (_complaints.Count > 20)
        {
            _complaints.TryDequeue(out _);
        }

        Complained?.Invoke(line);
    }
}
