using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Cimulator.PowerShell.Cmdlets;
using Cimulator.PowerShell.Model;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

/// <summary>New-CimInstance: an instance on a server, or with -ClientOnly one that no server knows.</summary>
[Alias("ncim")]
[Cmdlet(VerbsCommon.New, "CimInstance", SupportsShouldProcess = true, DefaultParameterSetName = ClassNameComputerSet, HelpUri = "https://go.microsoft.com/fwlink/?LinkId=227963")]
[OutputType(typeof(CimInstance))]
public sealed partial class NewCimInstanceCommand : CimBaseCommand
{
    /// <summary>What Microsoft's cmdlet calls the class where only a resource URI names it.</summary>
    private const string ClassOfResource = "DummyClass";

    protected override void ProcessRecord()
    {
        if (ClientOnly && (ComputerName is not null || CimSession is not null))
        {
            throw new PSArgumentException(Texts.UnableToResolveParameterSetName);
        }

        string className = ClassName is null ? ClassOfResource : Names.Checked(ClassName, nameof(ClassName));
        InstanceData instance = Made(className);
        CimInstance shown = Services.Objects.Instance(instance);
        if (ClientOnly)
        {
            WriteObject(shown);
        }
        else if (ShouldProcess(shown.ToString(), MyInvocation.MyCommand.Name))
        {
            Create(instance, shown);
        }
    }

    private InstanceData Made(string className)
    {
        try
        {
            return ParameterSetName switch
            {
                CimClassComputerSet or CimClassSessionSet => OfClass(),
                ResourceUriComputerSet or ResourceUriSessionSet => NewInstances.Named(className, NamespaceOfResource(), Key, Property),
                _ => NewInstances.Named(className, Namespace ?? Names.DefaultNamespace, Key, Property),
            };
        }
        catch (ArgumentException error) when (error is not PSArgumentException)
        {
            Refuse(error);
            throw;
        }
    }

    private void Create(InstanceData instance, CimInstance shown)
    {
        string @namespace = Names.NamespaceOrDefault(instance.Namespace);
        InstanceData sent = NewInstances.Sent(instance);
        OnTargets(TargetsOf(CimSession, ComputerName), async (target, output) =>
        {
            InstanceData? created = null;
            Operation? reading = null;
            await output.RunAsync(target, Operation.Create(@namespace, shown), async () =>
            {
                created = await target.Operations.CreateInstanceAsync(@namespace, sent, OptionsOf(output, OperationTimeoutSec, ResourceUri), output.Cancellation);
                if (output.IsVerbose)
                {
                    reading = Operation.Get(created.Namespace ?? @namespace, target.Instance(NewInstances.Keys(created)));
                    output.Verbose(reading.Start);
                }
            });
            if (created is not null)
            {
                await output.WriteAsync(target.Show(created));
                output.Verbose(reading?.Completed ?? "");
            }
        });
    }

    private InstanceData OfClass()
    {
        ClassData declaration = Services.Objects.DataOf(CimClass!) ?? throw new ArgumentException(Texts.NullArgument(nameof(CimClass)));
        if (Property is not null && new ClassProperties(declaration).Unknown(Property) is { Count: > 0 } unknown)
        {
            Refuse(new PSArgumentOutOfRangeException(nameof(Property), Property, Texts.PropertiesNotFound(declaration.Name, unknown[0])));
        }

        Func<string, ClassData?> classes = ClientOnly ? _ => null : name => TargetsOf(CimSession, ComputerName) is [CimTarget first, ..]
            ? ClassesOf(Names.NamespaceOrDefault(declaration.Namespace), first)(name) : null;
        return NewInstances.OfClass(declaration, Property, classes);
    }

    private string NamespaceOfResource() => Names.NamespaceOrDefault(Namespace ?? Queries.ReadResourceUri(ResourceUri!).Namespace);
}
