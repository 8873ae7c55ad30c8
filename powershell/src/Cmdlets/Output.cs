using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>
/// The way from the operations, which run side by side on any thread, to the pipeline's one thread. It is bounded: an enumeration waits
/// while the pipeline is busy.
/// </summary>
internal sealed class Output(bool verbose, CancellationToken cancellation)
{
    private const int Bound = 256;

    private readonly Channel<object> _items = Channel.CreateBounded<object>(new BoundedChannelOptions(Bound) { SingleReader = true });
    private readonly ConcurrentQueue<VerboseLine> _late = new();
    private readonly int _pipeline = Environment.CurrentManagedThreadId;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>True where somebody reads the verbose lines.</summary>
    public bool IsVerbose => verbose;

    public ValueTask WriteAsync(object item) => _items.Writer.WriteAsync(item, Cancellation);

    public ValueTask ErrorAsync(CimException error, object? source, CimTarget target) => WriteAsync(ErrorRecords.Of(error, source, target.ComputerName));

    /// <summary>A line for -Verbose, from any thread; where the way is full it comes at the end.</summary>
    public void Verbose(string text)
    {
        VerboseLine line = new(text);
        if (verbose && !_items.Writer.TryWrite(line))
        {
            _late.Enqueue(line);
        }
    }

    /// <summary>Does what only the pipeline's thread may, ShouldProcess above all.</summary>
    public async Task<T> OnPipelineAsync<T>(Func<T> work)
    {
        if (Environment.CurrentManagedThreadId == _pipeline)
        {
            return work();
        }

        PipelineWork<T> waiting = new(work);
        await using CancellationTokenRegistration registration = Cancellation.Register(() => waiting.Done.TrySetCanceled(Cancellation));
        await WriteAsync(waiting);
        return await waiting.Done.Task;
    }

    /// <summary>One operation with its verbose lines; a CimException becomes an error of the target.</summary>
    public async Task RunAsync(CimTarget target, Operation operation, Func<Task> body)
    {
        if (verbose)
        {
            await WriteAsync(new VerboseLine(operation.Start));
        }

        try
        {
            await body();
        }
        catch (CimException error) when (!Cancellation.IsCancellationRequested)
        {
            await ErrorAsync(error, operation.ErrorSource, target);
        }

        if (verbose)
        {
            await WriteAsync(new VerboseLine(operation.Completed));
        }
    }

    public void CompleteWhen(Task all) =>
        all.ContinueWith(done => _items.Writer.TryComplete(done.Exception?.InnerException), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>Everything that comes, until all operations have ended; on the pipeline's thread.</summary>
    public IEnumerable<object> Items()
    {
        while (Wait())
        {
            while (_items.Reader.TryRead(out object? item))
            {
                yield return item;
            }
        }

        while (_late.TryDequeue(out VerboseLine? line))
        {
            yield return line;
        }
    }

    private bool Wait()
    {
        try
        {
            return _items.Reader.WaitToReadAsync(Cancellation).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }
}

internal sealed record VerboseLine(string Text);

internal abstract class PipelineWork
{
    public abstract void Run();
}

internal sealed class PipelineWork<T>(Func<T> work) : PipelineWork
{
    public TaskCompletionSource<T> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override void Run() => Done.TrySetResult(work());
}
