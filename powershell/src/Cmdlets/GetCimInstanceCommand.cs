using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using Cimulator.PowerShell.Cmdlets;
using Cimulator.PowerShell.Model;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

/// <summary>Get-CimInstance: the instances of a class, of a query, or one instance anew.</summary>
[Alias("gcim")]
[Cmdlet(VerbsCommon.Get, "CimInstance", DefaultParameterSetName = ClassNameComputerSet, HelpUri = "https://go.microsoft.com/fwlink/?LinkId=227961")]
[OutputType(typeof(CimInstance))]
public sealed partial class GetCimInstanceCommand : CimBaseCommand
{
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case CimInstanceComputerSet or CimInstanceSessionSet:
                GetAgain(InputObject!);
                break;
            case QueryComputerSet or QuerySessionSet:
                RunQuery(Names.NamespaceOrDefault(Namespace), Query!);
                break;
            case ResourceUriComputerSet or ResourceUriSessionSet:
                EnumerateResource();
                break;
            default:
                string className = Names.Checked(ClassName!, nameof(ClassName));
                string[]? properties = Names.Checked(Property, nameof(Property));
                if (Filter is null && properties is null && QueryDialect is null)
                {
                    Enumerate(Names.NamespaceOrDefault(Namespace), className);
                }
                else
                {
                    RunQuery(Names.NamespaceOrDefault(Namespace), Queries.Select(className, properties, Filter));
                }

                break;
        }
    }

    private void GetAgain(CimInstance instance)
    {
        string @namespace = Names.NamespaceOrDefault(instance.CimSystemProperties.Namespace);
        InstanceData path = Services.Objects.DataOf(instance);
        OnTargets(TargetsOf(CimSession, ComputerName, instance), (target, output) => output.RunAsync(target, Operation.Get(@namespace, instance), async () =>
            await output.WriteAsync(target.Show(await target.Operations.GetInstanceAsync(
                @namespace, path, OptionsOf(output, OperationTimeoutSec, ResourceUri), output.Cancellation)))));
    }

    private void Enumerate(string @namespace, string className) =>
        Stream(Operation.Enumerate(@namespace, className), (target, output) => target.Operations.EnumerateInstancesAsync(
            @namespace, new EnumerateOptions(className) { Shallow = Shallow, KeyOnly = KeyOnly }, OptionsOf(output, OperationTimeoutSec), output.Cancellation));

    private void EnumerateResource()
    {
        if (Filter is not null || Property is not null)
        {
            WriteVerbose("With -ResourceUri, -Filter and -Property choose nothing: all instances are asked for.");
        }

        (string? @namespace, string className) = Queries.ReadResourceUri(ResourceUri!);
        Operation operation = Operation.Enumerate(Namespace ?? "", null);
        @namespace = Namespace ?? @namespace ?? Names.DefaultNamespace;
        Stream(operation, (target, output) => target.Operations.EnumerateInstancesAsync(
            @namespace, new EnumerateOptions(className) { Shallow = Shallow, KeyOnly = KeyOnly }, OptionsOf(output, OperationTimeoutSec, ResourceUri), output.Cancellation));
    }

    private void RunQuery(string @namespace, string query)
    {
        string dialect = Queries.DialectOrDefault(QueryDialect);
        Stream(Operation.Query(@namespace, dialect, query), (target, output) => target.Operations.QueryInstancesAsync(
            @namespace, query, dialect, Shallow, OptionsOf(output, OperationTimeoutSec, ResourceUri), output.Cancellation));
    }

    private void Stream(Operation operation, System.Func<CimTarget, Output, IAsyncEnumerable<InstanceData>> ask) =>
        OnTargets(TargetsOf(CimSession, ComputerName), (target, output) => output.RunAsync(target, operation, async () =>
        {
            await foreach (InstanceData instance in ask(target, output))
            {
                await output.WriteAsync(target.Show(instance, partial: KeyOnly || Property is not null, keysAlone: KeyOnly));
            }
        }), activity: operation.Name);
}
