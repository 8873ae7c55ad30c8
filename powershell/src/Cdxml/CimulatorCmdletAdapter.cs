using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;
using Cimulator.PowerShell.Cmdlets;
using Microsoft.Management.Infrastructure;
using Microsoft.PowerShell.Cmdletization;

namespace Cimulator.PowerShell.Cdxml;

/// <summary>
/// What the cmdlets of a cdxml module run on: queries, methods and the intrinsic operations of CIM, against the default endpoint, the sessions
/// given by -CimSession, or the session that a piped instance came from. Its parameters are those of Windows' own adapter.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "the job outlives the cmdlet: the caller removes it")]
public sealed class CimulatorCmdletAdapter : CmdletAdapter<CimInstance>
{
    private const int DefaultThrottleLimit = 15;

    private CdxmlRun? _run;
    private CdxmlJob? _job;

    /// <summary>Sessions to work on; without, where the instances came from, else the default endpoint.</summary>
    [Parameter]
    [Alias("Session")]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "parameters of cmdlets are arrays")]
    public CimSession[]? CimSession { get; set; }

    /// <summary>How many operations run at the same time; 0 stands for 15.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int ThrottleLimit { get; set; }

    /// <summary>Returns a job in place of the results.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    private CdxmlRun Run => _run ?? throw new InvalidOperationException("BeginProcessing was not called");

    /// <inheritdoc/>
    public override void BeginProcessing()
    {
        if (AsJob.IsPresent) RefuseShouldProcess();
        _run = new CdxmlRun(new CdxmlClass(ClassName, PrivateData), ThrottleLimit == 0 ? DefaultThrottleLimit : ThrottleLimit);
        if (AsJob.IsPresent) _job = new CdxmlJob(Cmdlet.MyInvocation.Line, _run);
    }

    /// <inheritdoc/>
    public override QueryBuilder GetQueryBuilder() => new CdxmlQuery();

    /// <inheritdoc/>
    public override void ProcessRecord(QueryBuilder query)
    {
        var wanted = (CdxmlQuery)query;
        foreach (CimTarget target in TargetsOf(wanted.AssociatedInstance))
            Start(target, worker => worker.QueryAsync(wanted, worker.WriteInstance));
    }

    /// <inheritdoc/>
    public override void ProcessRecord(QueryBuilder query, MethodInvocationInfo methodInvocationInfo, bool passThru)
    {
        var wanted = (CdxmlQuery)query;
        var method = new CdxmlMethod(methodInvocationInfo);
        foreach (CimTarget target in TargetsOf(wanted.AssociatedInstance))
            Start(target, worker => worker.QueryAsync(wanted, found => worker.Foreground(() => Call(target, found, method, passThru))));
    }

    /// <inheritdoc/>
    public override void ProcessRecord(CimInstance objectInstance, MethodInvocationInfo methodInvocationInfo, bool passThru)
    {
        var method = new CdxmlMethod(methodInvocationInfo);
        foreach (CimTarget target in TargetsOf(objectInstance)) Call(target, objectInstance, method, passThru);
    }

    /// <inheritdoc/>
    public override void ProcessRecord(MethodInvocationInfo methodInvocationInfo)
    {
        var method = new CdxmlMethod(methodInvocationInfo);
        foreach (CimTarget target in TargetsOf(method.FirstInstance))
        {
            if (MayRun(Run.Class.Name, method.Name)) Start(target, worker => worker.InvokeStaticAsync(method));
        }
    }

    /// <inheritdoc/>
    public override void EndProcessing()
    {
        if (_job is null)
        {
            Run.Finish(Cmdlet);
            return;
        }

        Cmdlet.JobRepository.Add(_job);
        Cmdlet.WriteObject(_job);
        _job.Seal();
    }

    /// <inheritdoc/>
    public override void StopProcessing() => _run?.Cancel();

    private void Call(CimTarget target, CimInstance instance, CdxmlMethod method, bool passThru)
    {
        if (MayRun(instance.ToString(), method.Name)) Start(target, worker => worker.InvokeAsync(instance, method, passThru));
    }

    private void Start(CimTarget target, Func<CdxmlWorker, System.Threading.Tasks.Task> work)
    {
        if (_job is not null) _job.Start(target, work);
        else Run.Start(Cmdlet, target, work);
    }

    /// <summary>Asks on the client whatever the module says: no endpoint but Windows' own asks back.</summary>
    private bool MayRun(string target, string action) => _job is not null || Cmdlet.ShouldProcess(target, action);

    private List<CimTarget> TargetsOf(CimInstance? instance) =>
        CimTargets.Of(CimSession, null, instance, (error, computerName) => Cmdlet.WriteError(ErrorRecords.Of(error, null, computerName)));

    private void RefuseShouldProcess()
    {
        foreach (string name in new[] { "WhatIf", "Confirm" })
        {
            if (!Cmdlet.MyInvocation.BoundParameters.TryGetValue(name, out object? given) || !LanguagePrimitives.IsTrue(given)) continue;
            string text = string.Format(CultureInfo.InvariantCulture, "The parameters -{0} and -AsJob cannot be used together: a job cannot ask.", name);
            throw new PSInvalidOperationException(text);
        }
    }
}
