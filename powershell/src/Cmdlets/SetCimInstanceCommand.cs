using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using Cimulator.PowerShell.Cmdlets;
using Cimulator.PowerShell.Model;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

/// <summary>Set-CimInstance: changes properties of an instance, or of each instance that a query finds.</summary>
[Alias("scim")]
[Cmdlet(VerbsCommon.Set, "CimInstance", SupportsShouldProcess = true, DefaultParameterSetName = CimInstanceComputerSet, HelpUri = "https://go.microsoft.com/fwlink/?LinkId=227962")]
public sealed partial class SetCimInstanceCommand : CimBaseCommand
{
    protected override void ProcessRecord()
    {
        if (ParameterSetName is QueryComputerSet or QuerySessionSet)
        {
            SetByQuery(Names.NamespaceOrDefault(Namespace), Query!);
            return;
        }

        CimInstance instance = InputObject!;
        OnTargets(TargetsOf(CimSession, ComputerName, instance), async (target, output) =>
        {
            if (await output.OnPipelineAsync(() => Agreed(instance, target)))
            {
                await ModifyAsync(instance, target, output);
            }
        });
    }

    private void SetByQuery(string @namespace, string query)
    {
        string dialect = Queries.DialectOrDefault(QueryDialect);
        OnTargets(TargetsOf(CimSession, ComputerName), (target, output) => output.RunAsync(target, Operation.Query(@namespace, dialect, query), async () =>
        {
            OperationOptions options = OptionsOf(output, OperationTimeoutSec);
            await foreach (InstanceData found in target.Operations.QueryInstancesAsync(@namespace, query, dialect, shallow: false, options, output.Cancellation))
            {
                ClassShape.Give(found, keysAlone: false);
                CimInstance instance = target.Instance(found);
                if (await output.OnPipelineAsync(() => Agreed(instance, target)))
                {
                    await ModifyAsync(instance, target, output);
                }
            }
        }));
    }

    /// <summary>Asks, and changes the object at hand before anything is sent.</summary>
    private bool Agreed(CimInstance instance, CimTarget target)
    {
        if (!ShouldProcess(instance.ToString(), MyInvocation.MyCommand.Name))
        {
            return false;
        }

        try
        {
            Changes.Set(Services.Objects.DataOf(instance), instance, Property, ClassesOf(Names.NamespaceOrDefault(instance.CimSystemProperties.Namespace), target));
        }
        catch (Exception error) when (error is CimException or ArgumentException or OverflowException)
        {
            Refuse(error);
        }

        return true;
    }

    private Task ModifyAsync(CimInstance instance, CimTarget target, Output output)
    {
        string @namespace = Names.NamespaceOrDefault(instance.CimSystemProperties.Namespace);
        InstanceData path = Services.Objects.DataOf(instance);
        return output.RunAsync(target, Operation.Modify(@namespace, instance), async () =>
        {
            InstanceData modified = await target.Operations.ModifyInstanceAsync(
                @namespace, path, Changes.Of(path), OptionsOf(output, OperationTimeoutSec, ResourceUri), output.Cancellation);
            if (PassThru)
            {
                await output.WriteAsync(target.Show(modified));
            }
        });
    }
}
