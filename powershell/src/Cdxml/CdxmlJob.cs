using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Cimulator.PowerShell.Cmdlets;

namespace Cimulator.PowerShell.Cdxml;

/// <summary>What -AsJob returns: a job with a child for each operation. It has finished when the cmdlet got its last record and all children have.</summary>
internal sealed class CdxmlJob : Job
{
    private readonly CdxmlRun _run;
    private readonly SemaphoreSlim _free;
    private readonly object _lock = new();
    private int _open = 1;
    private bool _failed;

    internal CdxmlJob(string command, CdxmlRun run)
        : base(command, $"CIMJob{NextId()}")
    {
        _run = run;
        _free = new SemaphoreSlim(run.ThrottleLimit);
        PSJobTypeName = "CimJob";
        SetJobState(JobState.Running);
    }

    public override string Location => string.Join(", ", ChildJobs.Select(child => child.Location).Distinct());

    public override string StatusMessage => string.Empty;

    public override bool HasMoreData => ChildJobs.Any(child => child.HasMoreData);

    public override void StopJob()
    {
        _run.Cancel();
        foreach (Job child in ChildJobs) child.StopJob();
        SetState(JobState.Stopped);
    }

    internal void Start(CimTarget target, Func<CdxmlWorker, Task> work)
    {
        var child = new CdxmlChildJob(Command, target.ComputerName ?? "localhost");
        ChildJobs.Add(child);
        Interlocked.Increment(ref _open);
        Task.Run(() => WorkAsync(child, target, work), CancellationToken.None);
    }

    /// <summary>No further operation comes but those that follow from others.</summary>
    internal void Seal() => Finish(failed: false);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _run.Cancel();
        base.Dispose(disposing);
    }

    private static int s_lastId;

    private static int NextId() => Interlocked.Increment(ref s_lastId);

    private async Task WorkAsync(CdxmlChildJob child, CimTarget target, Func<CdxmlWorker, Task> work)
    {
        bool failed = false;
        try
        {
            await _free.WaitAsync(_run.Cancellation).ConfigureAwait(false);
            try
            {
                child.Begin();
                await work(new CdxmlWorker(_run.Class, target, child, _run.Cancellation)).ConfigureAwait(false);
            }
            finally
            {
                _free.Release();
            }
        }
        catch (OperationCanceledException) when (_run.Cancellation.IsCancellationRequested)
        {
            child.StopJob();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            failed = true;
            child.WriteError(CdxmlError.FromException(exception, target.ComputerName));
        }

        child.End(failed);
        Finish(failed);
    }

    private void Finish(bool failed)
    {
        if (failed) _failed = true;
        if (Interlocked.Decrement(ref _open) == 0) SetState(_failed ? JobState.Failed : JobState.Completed);
    }

    private void SetState(JobState state)
    {
        lock (_lock)
        {
            if (JobStateInfo.State == JobState.Running) SetJobState(state);
        }
    }
}

/// <summary>One operation of a job.</summary>
internal sealed class CdxmlChildJob(string command, string computerName) : Job(command, null), ICdxmlOutput
{
    private readonly object _lock = new();

    public override string Location => computerName;

    public override string StatusMessage => string.Empty;

    public override bool HasMoreData => Output.Count > 0 || Error.Count > 0 || Verbose.Count > 0;

    public override void StopJob() => SetState(JobState.Stopped);

    public void WriteObject(object value) => Output.Add(PSObject.AsPSObject(value));

    public void WriteError(ErrorRecord error) => Error.Add(error);

    public void WriteVerbose(string text) => Verbose.Add(new VerboseRecord(text));

    /// <summary>A job has no pipeline, and asks nothing.</summary>
    public void Foreground(Action action) => action();

    internal void Begin() => SetState(JobState.Running);

    internal void End(bool failed) => SetState(failed ? JobState.Failed : JobState.Completed);

    private void SetState(JobState state)
    {
        lock (_lock)
        {
            if (JobStateInfo.State is JobState.NotStarted or JobState.Running) SetJobState(state);
        }
    }
}
