using System;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Cimulator.PowerShell.Cmdlets;

namespace Cimulator.PowerShell.Cdxml;

/// <summary>
/// The operations of one cmdlet that run side by side, no more than the throttle limit at a time. What they find is written by the
/// pipeline's own thread, which alone may: it takes what is ready whenever the cmdlet gets a record, and waits for the rest at the end.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "operations still post when the pipeline is gone")]
internal sealed class CdxmlRun(CdxmlClass cdxmlClass, int throttleLimit) : ICdxmlOutput
{
    /// <summary>Results that wait for a slow pipeline; the operations wait then, too.</summary>
    private const int MostWaiting = 512;

    private readonly CancellationTokenSource _cancelled = new();
    private readonly BlockingCollection<Action<Cmdlet>> _ready = new(MostWaiting);
    private int _running;

    internal CdxmlClass Class { get; } = cdxmlClass;

    internal int ThrottleLimit { get; } = throttleLimit;

    internal CancellationToken Cancellation => _cancelled.Token;

    public void WriteObject(object value) => Post(cmdlet => cmdlet.WriteObject(value));

    public void WriteError(ErrorRecord error) => Post(cmdlet => cmdlet.WriteError(error));

    public void WriteVerbose(string text) => Post(cmdlet => cmdlet.WriteVerbose(text));

    public void Foreground(Action action) => Post(_ => action());

    internal void Cancel() => _cancelled.Cancel();

    /// <summary>Starts an operation; where as many run as may, the pipeline writes results meanwhile.</summary>
    internal void Start(Cmdlet cmdlet, CimTarget target, Func<CdxmlWorker, Task> work)
    {
        OnPipeline(() =>
        {
            while (Volatile.Read(ref _running) >= ThrottleLimit) WriteOne(cmdlet);
            Interlocked.Increment(ref _running);
            Task.Run(() => WorkAsync(target, work), CancellationToken.None);
            while (_ready.TryTake(out Action<Cmdlet>? action)) action(cmdlet);
        });
    }

    /// <summary>Writes what is still to come, to the last; operations that follow from it included.</summary>
    internal void Finish(Cmdlet cmdlet) => OnPipeline(() =>
    {
        while (Volatile.Read(ref _running) > 0 || _ready.Count > 0) WriteOne(cmdlet);
    });

    /// <summary>Where the pipeline ends before its time (Ctrl+C, Select-Object -First), nobody takes what is still to come: all is cancelled.</summary>
    private void OnPipeline(Action work)
    {
        try
        {
            work();
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch
        {
            Cancel();
            throw;
        }
    }

    private async Task WorkAsync(CimTarget target, Func<CdxmlWorker, Task> work)
    {
        try
        {
            await work(new CdxmlWorker(Class, target, this, Cancellation)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Post(cmdlet => cmdlet.WriteError(CdxmlError.FromException(exception, target.ComputerName)));
        }

        // In its place among the results: when it is taken, all of this operation were.
        Post(_ => Interlocked.Decrement(ref _running));
    }

    private void WriteOne(Cmdlet cmdlet) => _ready.Take(Cancellation)(cmdlet);

    private void Post(Action<Cmdlet> action)
    {
        if (!Cancellation.IsCancellationRequested) _ready.Add(action, Cancellation);
    }
}
