using System.Management.Automation;
using Cimulator.PowerShell.Cmdlets;
using Cimulator.PowerShell.Model;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

/// <summary>Get-CimAssociatedInstance: what an instance is associated with.</summary>
[Alias("gcai")]
[Cmdlet(VerbsCommon.Get, "CimAssociatedInstance", DefaultParameterSetName = ComputerSet, HelpUri = "https://go.microsoft.com/fwlink/?LinkId=227958")]
[OutputType(typeof(CimInstance))]
public sealed partial class GetCimAssociatedInstanceCommand : CimBaseCommand
{
    protected override void ProcessRecord()
    {
        CimInstance source = InputObject!;
        string @namespace = Names.NamespaceOrDefault(Namespace ?? source.CimSystemProperties.Namespace);
        AssociatorOptions what = new(Services.Objects.DataOf(source)) { AssociationClass = Association, ResultClass = ResultClassName, KeyOnly = KeyOnly };
        Operation operation = Operation.Associators(@namespace, source, Association, ResultClassName);
        OnTargets(TargetsOf(CimSession, ComputerName, source), (target, output) => output.RunAsync(target, operation, async () =>
        {
            OperationOptions options = OptionsOf(output, OperationTimeoutSec, ResourceUri);
            await foreach (InstanceData instance in target.Operations.AssociatorsAsync(@namespace, what, options, output.Cancellation))
            {
                await output.WriteAsync(target.Show(instance, keysAlone: KeyOnly));
            }
        }), activity: operation.Name);
    }
}
