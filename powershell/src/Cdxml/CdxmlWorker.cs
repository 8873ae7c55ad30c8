using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Cimulator.PowerShell.Cmdlets;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Cdxml;

/// <summary>Where the results of a piece of work go: to the pipeline of the cmdlet, or into a job.</summary>
internal interface ICdxmlOutput
{
    void WriteObject(object value);

    void WriteError(ErrorRecord error);

    void WriteVerbose(string text);

    /// <summary>Runs something that must see the pipeline: ShouldProcess, and what follows from it.</summary>
    void Foreground(Action action);
}

/// <summary>One operation of a cdxml cmdlet on one target.</summary>
internal sealed class CdxmlWorker(CdxmlClass cdxmlClass, CimTarget target, ICdxmlOutput output, CancellationToken cancellation)
{
    private readonly OperationOptions _options = new() { Verbose = output.WriteVerbose };

    internal void Foreground(Action action) => output.Foreground(action);

    internal void WriteInstance(CimInstance instance) => output.WriteObject(instance);

    /// <summary>Hands each instance that the query finds to <paramref name="found"/>, then tells which values found none.</summary>
    internal async Task QueryAsync(CdxmlQuery query, Action<CimInstance> found)
    {
        bool any = false;
        await foreach (InstanceData instance in Instances(query).ConfigureAwait(false))
        {
            // Each filter looks, so that each knows which of its values were found.
            if (query.Filters.Count(filter => filter.Accepts(instance)) != query.Filters.Count) continue;
            any = true;
            found(target.Instance(instance));
        }

        foreach (ErrorRecord error in NotFound(query, any)) output.WriteError(error);
    }

    /// <summary>An intrinsic operation or a method on an instance.</summary>
    internal async Task InvokeAsync(CimInstance instance, CdxmlMethod method, bool passThru)
    {
        InstanceData data = Services.Objects.DataOf(instance);
        string space = data.Namespace ?? cdxmlClass.Namespace;
        OperationOptions options = _options with { CustomOptions = method.Options };
        object result = instance;
        switch (method.Intrinsic)
        {
            case "DeleteInstance":
                await target.Operations.DeleteInstanceAsync(space, data, options, cancellation).ConfigureAwait(false);
                break;
            case "ModifyInstance":
                IReadOnlyList<PropertyData> changes = method.Input.Count > 0 ? method.Input : ChangesOf(data);
                result = target.Instance(await target.Operations.ModifyInstanceAsync(space, data, changes, options, cancellation).ConfigureAwait(false));
                break;
            case null:
                MethodResult answer = await target.Operations.InvokeMethodAsync(space, data.ClassName, data, method.Name, method.Input, options, cancellation).ConfigureAwait(false);
                if (!Tell(method, answer)) return;
                break;
            default:
                throw Unknown(method);
        }

        if (passThru) output.WriteObject(result);
    }

    /// <summary>Creates an instance, or calls a method of the class.</summary>
    internal async Task InvokeStaticAsync(CdxmlMethod method)
    {
        OperationOptions options = _options with { CustomOptions = method.Options };
        if (method.Intrinsic == "CreateInstance")
        {
            var wanted = new InstanceData { ClassName = cdxmlClass.Name, Namespace = cdxmlClass.Namespace, Properties = [.. method.Input] };
            InstanceData made = await target.Operations.CreateInstanceAsync(cdxmlClass.Namespace, wanted, options, cancellation).ConfigureAwait(false);
            output.WriteObject(target.Show(made));
            return;
        }

        if (method.Intrinsic is not null) throw Unknown(method);
        Tell(method, await target.Operations.InvokeMethodAsync(cdxmlClass.Namespace, cdxmlClass.Name, null, method.Name, method.Input, options, cancellation).ConfigureAwait(false));
    }

    private IAsyncEnumerable<InstanceData> Instances(CdxmlQuery query)
    {
        OperationOptions options = query.Options.Count == 0 ? _options : _options with { CustomOptions = query.Options };
        if (query.AssociatedInstance is { } associated)
        {
            InstanceData source = Services.Objects.DataOf(associated);
            var what = new AssociatorOptions(source)
            {
                AssociationClass = query.Association,
                ResultClass = cdxmlClass.Name,
                Role = query.SourceRole,
                ResultRole = query.ResultRole,
            };
            return target.Operations.AssociatorsAsync(source.Namespace ?? cdxmlClass.Namespace, what, options, cancellation);
        }

        return query.Condition is { } condition
            ? target.Operations.QueryInstancesAsync(cdxmlClass.Namespace, $"SELECT * FROM {cdxmlClass.Name} WHERE {condition}", null, false, options, cancellation)
            : target.Operations.EnumerateInstancesAsync(cdxmlClass.Namespace, new EnumerateOptions(cdxmlClass.Name), options, cancellation);
    }

    /// <summary>Writes what came out of a method; false where the module calls the ReturnValue an error, and it is one.</summary>
    private bool Tell(CdxmlMethod method, MethodResult answer)
    {
        if (answer.Reason is { } reason) output.WriteVerbose(reason);
        if (method.ErrorOf(answer) is { } code)
        {
            output.WriteError(CdxmlError.FromReturnValue(method.Name, code));
            return false;
        }

        foreach (object value in method.OutputsOf(answer, target)) output.WriteObject(value);
        return true;
    }

    /// <summary>Where one filter alone is at work it tells which values found nothing; of several, which one was to blame is not known.</summary>
    private IEnumerable<ErrorRecord> NotFound(CdxmlQuery query, bool any)
    {
        if (query.Filters.Count == 1) return query.Filters[0].NotFound().Select(one => CdxmlError.NotFound(one, cdxmlClass.Name));
        bool mustFind = query.Filters.Any(filter => filter.NotFound().Any());
        return any || !mustFind ? [] : [CdxmlError.NothingFound(query.Condition ?? cdxmlClass.Name, cdxmlClass.Name)];
    }

    private static List<PropertyData> ChangesOf(InstanceData data) =>
        data.Properties.FindAll(property => !property.Flags.HasFlag(CimFlags.NotModified) && !property.Flags.HasFlag(CimFlags.Key));

    private static PSNotSupportedException Unknown(CdxmlMethod method) => new($"the cdxml file names the operation '{method.Name}', which is not known");
}
