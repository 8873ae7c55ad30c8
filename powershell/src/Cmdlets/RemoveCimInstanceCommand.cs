using System.Management.Automation;
using System.Threading.Tasks;
using Cimulator.PowerShell.Cmdlets;
using Cimulator.PowerShell.Model;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

/// <summary>Remove-CimInstance: deletes an instance, or each instance that a query finds.</summary>
[Alias("rcim")]
[Cmdlet(VerbsCommon.Remove, "CimInstance", SupportsShouldProcess = true, DefaultParameterSetName = CimInstanceComputerSet, HelpUri = "https://go.microsoft.com/fwlink/?LinkId=227964")]
public sealed partial class RemoveCimInstanceCommand : CimBaseCommand
{
    protected override void ProcessRecord()
    {
        if (ParameterSetName is QueryComputerSet or QuerySessionSet)
        {
            RemoveByQuery(Names.NamespaceOrDefault(Namespace), Query!);
            return;
        }

        CimInstance instance = InputObject!;
        OnTargets(TargetsOf(CimSession, ComputerName, instance), (target, output) => DeleteAsync(instance, target, output));
    }

    private void RemoveByQuery(string @namespace, string query)
    {
        string dialect = Queries.DialectOrDefault(QueryDialect);
        OnTargets(TargetsOf(CimSession, ComputerName), (target, output) => output.RunAsync(target, Operation.Query(@namespace, dialect, query), async () =>
        {
            OperationOptions options = OptionsOf(output, OperationTimeoutSec);
            await foreach (InstanceData found in target.Operations.QueryInstancesAsync(@namespace, query, dialect, shallow: false, options, output.Cancellation))
            {
                await DeleteAsync(target.Instance(found), target, output);
            }
        }));
    }

    private async Task DeleteAsync(CimInstance instance, CimTarget target, Output output)
    {
        if (!await output.OnPipelineAsync(() => ShouldProcess(instance.ToString(), MyInvocation.MyCommand.Name)))
        {
            return;
        }

        string @namespace = Names.NamespaceOrDefault(instance.CimSystemProperties.Namespace);
        await output.RunAsync(target, Operation.Delete(@namespace, instance), () => target.Operations.DeleteInstanceAsync(
            @namespace, Services.Objects.DataOf(instance), OptionsOf(output, OperationTimeoutSec, ResourceUri), output.Cancellation));
    }
}
