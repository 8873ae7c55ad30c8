using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Cimulator.PowerShell.Cmdlets;
using Cimulator.PowerShell.Model;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

/// <summary>What the cmdlets have in common: how parameters choose a set, how operations run, how they end.</summary>
public abstract class CimBaseCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ParameterSets _sets;
    private bool _begun;

    protected CimBaseCommand() => _sets = new ParameterSets(GetType());

    internal CancellationToken Ended => _stopping.Token;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _stopping.Cancel();

    /// <summary>Called by each parameter's setter: what the command line gives narrows the sets.</summary>
    protected T Bind<T>(T value, [CallerMemberName] string parameter = "")
    {
        if (!_begun)
        {
            _sets.Add(parameter);
        }

        return value;
    }

    protected override void BeginProcessing() => _begun = true;

    protected override void StopProcessing() => _stopping.Cancel();

    /// <summary>True where -Verbose or the preference lets lines be seen; writing one costs a ToString of an instance.</summary>
    private bool IsVerbose => MyInvocation.BoundParameters.TryGetValue("Verbose", out object? bound)
        ? bound is SwitchParameter { IsPresent: true }
        : SessionState.PSVariable.GetValue("VerbosePreference") is ActionPreference and not ActionPreference.SilentlyContinue and not ActionPreference.Ignore;

    internal List<CimTarget> TargetsOf(CimSession[]? sessions, string[]? computerNames, CimInstance? instance = null) =>
        CimTargets.Of(sessions, computerNames, instance, (error, computerName) => WriteError(ErrorRecords.Of(error, instance, computerName)));

    /// <summary>Runs work for each target side by side and writes what comes of it, until all has ended or the pipeline wants no more.</summary>
    internal void OnTargets(IReadOnlyList<CimTarget> targets, Func<CimTarget, Output, Task> work, string? activity = null)
    {
        CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(Ended);
        Output output = new(IsVerbose, ending.Token);
        Task all = IsAloneOnItsThread(targets) ? BeginAsync(work, targets[0], output) : Task.WhenAll(targets.Select(target => Task.Run(() => work(target, output), ending.Token)));
        output.CompleteWhen(all);
        Progress progress = new(this, activity);
        try
        {
            foreach (object item in output.Items())
            {
                Show(item, progress);
            }
        }
        finally
        {
            ending.Cancel();
            all.ContinueWith(done => { _ = done.Exception; ending.Dispose(); }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            progress.End();
        }
    }

    /// <summary>
    /// Work for one target begins on the pipeline's thread, which has nothing else to do: a call is made, and asked about, without a change of
    /// threads, and its answer waited for there, unless there are verbose lines to be seen meanwhile. A host's thread that awaits would come back to
    /// is left free.
    /// </summary>
    private static bool IsAloneOnItsThread(IReadOnlyList<CimTarget> targets) => targets.Count == 1 && SynchronizationContext.Current is null;

    private static async Task BeginAsync(Func<CimTarget, Output, Task> work, CimTarget target, Output output) =>
        await (output.IsVerbose ? work(target, output) : WaitingThread.Begin(() => work(target, output)));

    private void Show(object item, Progress progress)
    {
        switch (item)
        {
            case VerboseLine line:
                WriteVerbose(line.Text);
                break;
            case ErrorRecord error:
                WriteError(error);
                break;
            case PipelineWork work:
                work.Run();
                break;
            default:
                WriteObject(item);
                progress.Count();
                break;
        }
    }

    /// <summary>Microsoft's way to say that an argument is wrong: terminating, with the cmdlet's name in the id.</summary>
    internal void Refuse(Exception error) =>
        ThrowTerminatingError(new ErrorRecord(error, MyInvocation.MyCommand.Name, ErrorCategory.InvalidOperation, this));

    internal void RefuseTogether(string parameter, string other) =>
        Refuse(new PSArgumentException(Texts.ConflictingParameter(parameter, other), parameter));

    /// <summary>Classes by name, asked for where a hashtable stands for an embedded instance; the one who asks waits.</summary>
    internal Func<string, ClassData?> ClassesOf(string @namespace, CimTarget target) => name =>
        target.Operations.GetClassAsync(@namespace, name, false, new OperationOptions(), Ended).GetAwaiter().GetResult();

    internal static OperationOptions OptionsOf(Output output, uint operationTimeoutSec, Uri? resourceUri = null) => new()
    {
        OperationTimeoutSec = operationTimeoutSec == 0 ? null : operationTimeoutSec,
        ResourceUri = resourceUri?.OriginalString,
        Verbose = output.Verbose,
    };
}
