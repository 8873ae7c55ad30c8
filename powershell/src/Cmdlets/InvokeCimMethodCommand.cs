using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Cimulator.PowerShell.Cmdlets;
using Cimulator.PowerShell.Model;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

/// <summary>Invoke-CimMethod: a method of an instance, of each instance that a query finds, or of a class.</summary>
[Alias("icim")]
[Cmdlet(VerbsLifecycle.Invoke, "CimMethod", SupportsShouldProcess = true, DefaultParameterSetName = ClassNameComputerSet, HelpUri = "https://go.microsoft.com/fwlink/?LinkId=227965")]
public sealed partial class InvokeCimMethodCommand : CimBaseCommand
{
    private string Action => $"Invoke-CimMethod: {MethodName}";

    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case CimInstanceComputerSet or CimInstanceSessionSet:
                InvokeOn(InputObject!);
                break;
            case QueryComputerSet or QuerySessionSet:
                InvokeByQuery(Names.NamespaceOrDefault(Namespace), Query!);
                break;
            case CimClassComputerSet or CimClassSessionSet:
                string @namespace = Names.NamespaceOrDefault(CimClass!.CimSystemProperties.Namespace);
                string ofClass = CimClass.CimSystemProperties.ClassName;
                InvokeStatic(@namespace, ofClass, Services.Objects.DataOf(CimClass), Operation.Invoke(@namespace, ofClass, MethodName!), ofClass);
                break;
            case ResourceUriComputerSet or ResourceUriSessionSet:
                (string? ofUri, string className) = Queries.ReadResourceUri(ResourceUri!);
                InvokeStatic(Namespace ?? ofUri ?? Names.DefaultNamespace, className, null, Operation.Invoke(Namespace ?? "", "", MethodName!), asked: "");
                break;
            default:
                string name = Names.Checked(ClassName!, nameof(ClassName));
                InvokeStatic(Names.NamespaceOrDefault(Namespace), name, null, Operation.Invoke(Names.NamespaceOrDefault(Namespace), name, MethodName!), name);
                break;
        }
    }

    private void InvokeOn(CimInstance instance)
    {
        string @namespace = Names.NamespaceOrDefault(instance.CimSystemProperties.Namespace);
        InstanceData path = Services.Objects.DataOf(instance);
        OnTargets(TargetsOf(CimSession, ComputerName, instance), async (target, output) =>
        {
            List<PropertyData> parameters = Typed(path, @namespace, target, output);
            if (await output.OnPipelineAsync(() => ShouldProcess(instance.ToString(), Action)))
            {
                await output.RunAsync(target, Operation.Invoke(@namespace, instance, MethodName!), async () =>
                    await output.WriteAsync(await ResultAsync(@namespace, path.ClassName, path, parameters, target, output)));
            }
        });
    }

    private List<PropertyData> Typed(InstanceData instance, string @namespace, CimTarget target, Output output) =>
        Arguments is not { Count: > 0 } ? [] : MethodArguments.Typed(Arguments, instance.Class?.Fetch(), MethodName!, mustExist: false, ClassesOf(@namespace, target));

    /// <param name="operation">As -Verbose and errors tell it: with a resource URI Microsoft's cmdlets know no class.</param>
    private void InvokeStatic(string @namespace, string className, ClassData? declaration, Operation operation, string asked) =>
        OnTargets(TargetsOf(CimSession, ComputerName), async (target, output) =>
        {
            Func<string, ClassData?> classes = ClassesOf(@namespace, target);
            ClassData? typing = declaration ?? (MethodArguments.NeedClass(Arguments) ? classes(className) : null);
            List<PropertyData> parameters = MethodArguments.Typed(Arguments, typing, MethodName!, mustExist: declaration is not null, classes);
            if (await output.OnPipelineAsync(() => ShouldProcess(asked, Action)))
            {
                await output.RunAsync(target, operation, async () =>
                    await output.WriteAsync(await ResultAsync(@namespace, className, null, parameters, target, output)));
            }
        });

    private void InvokeByQuery(string @namespace, string query)
    {
        string dialect = Queries.DialectOrDefault(QueryDialect);
        OnTargets(TargetsOf(CimSession, ComputerName), (target, output) =>
        {
            InOrder calls = new();
            return output.RunAsync(target, Operation.Query(@namespace, dialect, query), async () =>
            {
                OperationOptions options = OptionsOf(output, OperationTimeoutSec);
                await foreach (InstanceData found in target.Operations.QueryInstancesAsync(@namespace, query, dialect, shallow: false, options, output.Cancellation))
                {
                    ClassShape.Give(found, keysAlone: false);
                    CimInstance instance = target.Instance(found);
                    if (await output.OnPipelineAsync(() => ShouldProcess(instance.ToString(), Action)))
                    {
                        List<PropertyData> parameters = ByValueOrClass(found, @namespace, target, output);
                        await calls.AddAsync(prior => output.RunAsync(target, Operation.Invoke(@namespace, instance, MethodName!), async () =>
                        {
                            object result = await ResultAsync(@namespace, found.ClassName, found, parameters, target, output);
                            await prior;
                            await output.WriteAsync(result);
                        }));
                    }
                }

                await calls.EndAsync();
            });
        });
    }

    private List<PropertyData> ByValueOrClass(InstanceData instance, string @namespace, CimTarget target, Output output) =>
        MethodArguments.Typed(
            Arguments, MethodArguments.NeedClass(Arguments) ? instance.Class?.Fetch() : null, MethodName!, mustExist: false, ClassesOf(@namespace, target));

    private async Task<object> ResultAsync(string @namespace, string className, InstanceData? path, List<PropertyData> parameters, CimTarget target, Output output)
    {
        MethodResult result = await target.Operations.InvokeMethodAsync(
            @namespace, className, path, MethodName!, parameters, OptionsOf(output, OperationTimeoutSec, ResourceUri), output.Cancellation);
        return MethodResults.Of(result, className, MethodName!, target);
    }
}
