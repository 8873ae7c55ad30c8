using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Cimulator.PowerShell.Bridge;

namespace Cimulator.PowerShell.Kit;

/// <summary>
/// A `cimulator serve` that is a child of this process. It ends when its stdin does, and so with this process, however that ends.
/// </summary>
internal sealed class ServerProcess : IServer
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _complaints = new();

    private ServerProcess(Process process) => _process = process;

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts it, and waits until it listens.</summary>
    /// <param name="arguments">of `serve`, beside those about the account and the life of the child</param>
    /// <exception cref="InvalidOperationException">One line that says why it does not start.</exception>
    /// <exception cref="OperationCanceledException" />
    public static async Task<(ServerProcess Server, ReadyLine Ready)> StartAsync(string user, string password, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        string node = NodeProgram.Find();
        // A test begins anew each time; `arguments` may say otherwise.
        string[] all = ["dist/cli/main.js", "serve", "--state", "none", "--ready-json", "--exit-on-stdin-end", "--user", user, "--password-stdin", .. arguments];
        ServerProcess server;
        try
        {
            server = new ServerProcess(Process.Start(ChildProgram.StartInfo(node, all))!);
        }
        catch (Win32Exception error)
        {
            throw new InvalidOperationException(error.Message, error);
        }

        try
        {
            return (server, await server.ReadyAsync(node, password, cancellation).ConfigureAwait(false));
        }
        catch
        {
            server.Kill();
            throw;
        }
    }

    /// <summary>Ends it as SIGTERM would, and at once if that takes too long.</summary>
    public void Stop()
    {
        try
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(s_patience))
            {
                _process.Kill();
                _process.WaitForExit(s_patience);
            }
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or System.IO.IOException)
        {
            // It has ended meanwhile.
        }
    }

    private async Task<ReadyLine> ReadyAsync(string node, string password, CancellationToken cancellation)
    {
        _process.ErrorDataReceived += (_, line) => Complain(line.Data);
        _process.BeginErrorReadLine();
        try
        {
            await _process.StandardInput.WriteLineAsync(password.AsMemory(), cancellation).ConfigureAwait(false);
            await _process.StandardInput.FlushAsync(cancellation).ConfigureAwait(false);
        }
        catch (System.IO.IOException)
        {
            // It has ended, which is seen below.
        }

        string? line = await _process.StandardOutput.ReadLineAsync(cancellation).ConfigureAwait(false);
        if (line is not null)
        {
            return ReadyLine.Parse(line);
        }

        await _process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        throw new InvalidOperationException(NodeProgram.VersionProblem(node) ?? $"the endpoint does not start: {(_complaints.IsEmpty ? $"status {_process.ExitCode}" : string.Join(' ', _complaints))}");
    }

    private void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended meanwhile.
        }
    }

    private void Complain(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        _complaints.Enqueue(line.Trim());
        while (_complaints.Count > 20)
        {
            _complaints.TryDequeue(out string? _);
        }
    }
}
