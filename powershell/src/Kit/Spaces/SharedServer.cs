using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace Cimulator.PowerShell.Kit.Spaces;

/// <summary>
/// A server of which nobody has anything but spaces: files of tests that run side by side, each with -Isolate, need one process for all of
/// them that start the same classes and instances. It stays for a while behind the last, for the next file.
/// </summary>
internal sealed class SharedServer : IDisposable
{
    private static readonly TimeSpan s_linger = TimeSpan.FromSeconds(15);
    private static readonly object s_gate = new();
    private static readonly Dictionary<string, SharedServer> s_servers = new(StringComparer.Ordinal);

    private readonly string _key;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task<(ServerProcess Server, ReadyLine Ready)> _starting;
    private readonly Timer _timer;
    private int _users;

    private SharedServer(string key, IReadOnlyList<string> arguments)
    {
        _key = key;
        _timer = new Timer(_ => EndIfIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        string password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _starting = Task.Run(() => ServerProcess.StartAsync("cimulator", password, arguments, _ended.Token));
    }

    /// <summary>The one that was started with the same arguments, or a new one. Whoever gets it gives it back by <see cref="Leave"/>.</summary>
    /// <param name="arguments">of `serve`</param>
    /// <exception cref="InvalidOperationException">One line that says why it does not start.</exception>
    /// <exception cref="FormatException">It says something else than where it listens.</exception>
    /// <exception cref="OperationCanceledException" />
    public static (SharedServer Server, ReadyLine Ready) Enter(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        SharedServer server;
        string key = string.Join('\n', arguments);
        lock (s_gate)
        {
            if (!s_servers.TryGetValue(key, out server!) || server.IsGone)
            {
                server = s_servers[key] = new SharedServer(key, arguments);
            }

            server._users++;
            server._timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        try
        {
            return (server, server._starting.WaitAsync(cancellation).GetAwaiter().GetResult().Ready);
        }
        catch
        {
            server.Leave();
            throw;
        }
    }

    /// <summary>Ends those that nobody uses.</summary>
    public static void EndIdle()
    {
        SharedServer[] all;
        lock (s_gate)
        {
            all = [.. s_servers.Values];
        }

        foreach (SharedServer server in all)
        {
            server.EndIfIdle();
        }
    }

    public void Leave()
    {
        lock (s_gate)
        {
            if (--_users > 0)
            {
                return;
            }

            if (_starting.IsCompletedSuccessfully && !_ended.IsCancellationRequested)
            {
                _timer.Change(s_linger, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        EndIfIdle();
    }

    public void Dispose()
    {
        _timer.Dispose();
        _ended.Cancel();
    }

    private bool IsGone => _starting.IsFaulted || _starting.IsCanceled || (_starting.IsCompletedSuccessfully && _starting.Result.Server.HasExited);

    private void EndIfIdle()
    {
        lock (s_gate)
        {
            if (_users > 0)
            {
                return;
            }

            if (s_servers.TryGetValue(_key, out SharedServer? current) && current == this)
            {
                s_servers.Remove(_key);
            }

            Dispose();
        }

        if (_starting.IsCompletedSuccessfully)
        {
            Stop(_starting.Result);
        }
        else
        {
            // One that is ready at this very moment minds no cancellation any more.
            _ = _starting.ContinueWith(started => Stop(started.Result), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        }
    }

    private static void Stop((ServerProcess Server, ReadyLine Ready) started)
    {
        if (started.Ready.Control is { } control)
        {
            SpaceStream.Forget(control);
            Control.ControlClient.Forget(control);
        }

        started.Server.Stop();
    }
}
