using System.Management.Automation;
using Cimulator.PowerShell.Cmdlets;
using Cimulator.PowerShell.Model;
using Microsoft.PowerShell.Commands;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

/// <summary>Register-CimIndicationEvent: takes what Microsoft's takes, and says that events are not supported yet.</summary>
[Alias("rcie")]
[Cmdlet(VerbsLifecycle.Register, "CimIndicationEvent", DefaultParameterSetName = ClassNameComputerSet, HelpUri = "https://go.microsoft.com/fwlink/?LinkId=227960")]
public sealed partial class RegisterCimIndicationCommand : ObjectEventRegistrationBase
{
    protected override void BeginProcessing()
    {
        CimException error = Services.Objects.Exception(new CimErrorData("CIM events are not supported yet: the module Cimulator cannot subscribe to indications.")
        {
            NativeErrorCode = NativeErrorCode.NotSupported,
            StatusCode = (uint)NativeErrorCode.NotSupported,
        });
        ThrowTerminatingError(ErrorRecords.Of(error, Query ?? ClassName, ComputerName));
    }

    protected override object? GetSourceObject() => null;

    protected override string GetSourceObjectEventName() => "CimIndicationArrived";
}
