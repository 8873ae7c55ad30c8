using System.Management.Automation;
using System.Threading.Tasks;
using Cimulator.PowerShell.Cmdlets;
using Cimulator.PowerShell.Model;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

/// <summary>Get-CimClass: a class, or the classes of a namespace that match the patterns.</summary>
[Alias("gcls")]
[Cmdlet(VerbsCommon.Get, "CimClass", DefaultParameterSetName = ComputerSet, HelpUri = "https://go.microsoft.com/fwlink/?LinkId=227959")]
[OutputType(typeof(CimClass))]
public sealed partial class GetCimClassCommand : CimBaseCommand
{
    protected override void ProcessRecord()
    {
        string @namespace = Names.NamespaceOrDefault(Namespace);
        string className = string.IsNullOrEmpty(ClassName) ? "*" : ClassName;
        ClassPattern pattern = new(className, PropertyName, MethodName, QualifierName);
        bool all = WildcardPattern.ContainsWildcardCharacters(className);
        Operation operation = all ? Operation.EnumerateClasses(@namespace) : Operation.GetClass(@namespace, className);
        OnTargets(TargetsOf(CimSession, ComputerName), (target, output) => output.RunAsync(target, operation, async () =>
        {
            OperationOptions options = OptionsOf(output, OperationTimeoutSec);
            if (!all)
            {
                await ShowAsync(await target.Operations.GetClassAsync(@namespace, className, Amended, options, output.Cancellation), pattern, output);
                return;
            }

            await foreach (ClassData declaration in target.Operations.EnumerateClassesAsync(@namespace, null, deep: true, options, output.Cancellation))
            {
                await ShowAsync(declaration, pattern, output);
            }
        }), activity: operation.Name);
    }

    private static async Task ShowAsync(ClassData declaration, ClassPattern pattern, Output output)
    {
        if (pattern.IsMatch(declaration))
        {
            await output.WriteAsync(Services.Objects.Class(declaration));
        }
    }
}
