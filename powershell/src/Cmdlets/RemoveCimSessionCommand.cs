using System.Collections.Generic;
using System.Management.Automation;
using Cimulator.PowerShell.Cmdlets;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

/// <summary>Remove-CimSession: closes sessions of this runspace.</summary>
[Alias("rcms")]
[Cmdlet(VerbsCommon.Remove, "CimSession", SupportsShouldProcess = true, DefaultParameterSetName = CimSessionSet, HelpUri = "https://go.microsoft.com/fwlink/?LinkId=227968")]
public sealed partial class RemoveCimSessionCommand : CimBaseCommand
{
    private const string Action = "Remove CimSession";

    protected override void ProcessRecord()
    {
        SessionChoice choice = new(Sessions.Current.Open(), WriteError);
        IEnumerable<NamedSession> chosen = ParameterSetName switch
        {
            ComputerNameSet => choice.ByComputerName(ComputerName!),
            SessionIdSet => choice.ById(Id!),
            InstanceIdSet => choice.ByInstanceId(InstanceId!),
            NameSet => choice.ByName(Name!),
            _ => choice.BySession(CimSession!),
        };
        foreach (NamedSession session in chosen)
        {
            if (ShouldProcess(session.ToString(), Action))
            {
                Sessions.Close(session.Session);
            }
        }
    }
}
