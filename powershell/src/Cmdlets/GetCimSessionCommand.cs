using System.Collections.Generic;
using System.Management.Automation;
using Cimulator.PowerShell.Cmdlets;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

/// <summary>Get-CimSession: the sessions of this runspace.</summary>
[Alias("gcms")]
[Cmdlet(VerbsCommon.Get, "CimSession", DefaultParameterSetName = ComputerNameSet, HelpUri = "https://go.microsoft.com/fwlink/?LinkId=227966")]
[OutputType(typeof(CimSession))]
public sealed partial class GetCimSessionCommand : CimBaseCommand
{
    protected override void ProcessRecord()
    {
        SessionChoice choice = new(Sessions.Current.Open(), WriteError);
        IEnumerable<NamedSession> chosen = ParameterSetName switch
        {
            SessionIdSet => choice.ById(Id!),
            InstanceIdSet => choice.ByInstanceId(InstanceId!),
            NameSet => choice.ByName(Name!),
            _ => ComputerName is null ? choice.All : choice.ByComputerName(ComputerName),
        };
        foreach (NamedSession session in chosen)
        {
            WriteObject(session.Shown());
        }
    }
}
