using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using Cimulator.PowerShell.Cmdlets;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure.Options;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

/// <summary>New-CimSession: a connection that has a name, an id and one account.</summary>
[Alias("ncms")]
[Cmdlet(VerbsCommon.New, "CimSession", DefaultParameterSetName = CredentialParameterSet, HelpUri = "https://go.microsoft.com/fwlink/?LinkId=227967")]
[OutputType(typeof(CimSession))]
public sealed partial class NewCimSessionCommand : CimBaseCommand
{
    protected override void ProcessRecord()
    {
        RefuseWhatDcomLacks();
        if (IsGiven(nameof(Authentication)))
        {
            Credentials.Check(this, Credential, Authentication, nameof(Authentication));
        }

        OnTargets(Opened(), async (target, output) =>
        {
            if (SkipTestConnection)
            {
                await output.OnPipelineAsync(() => Keep(target));
                return;
            }

            try
            {
                await target.Operations.IdentifyAsync(OptionsOf(output, OperationTimeoutSec), output.Cancellation);
            }
            catch (CimException error) when (!output.Cancellation.IsCancellationRequested)
            {
                await output.ErrorAsync(error, null, target);
                output.Verbose(Texts.OperationCompleted(""));
                return;
            }

            // The test of the connection is an operation without a name.
            output.Verbose(Texts.OperationCompleted(""));
            await output.OnPipelineAsync(() => Keep(target));
        });
    }

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private List<CimTarget> Opened()
    {
        List<CimTarget> targets = [];
        foreach (string? computerName in ComputerName ?? [null!])
        {
            try
            {
                ICimOperations operations = Services.Targets.Open(RequestFor(computerName));
                targets.Add(new CimTarget(operations, computerName ?? operations.ComputerName, Guid.NewGuid()));
            }
            catch (CimException error)
            {
                WriteError(ErrorRecords.Of(error, null, computerName));
            }
        }

        return targets;
    }

    private ConnectionRequest RequestFor(string? computerName) => new()
    {
        ComputerName = computerName,
        Credential = Credential,
        Authentication = IsGiven(nameof(Authentication)) ? Authentication.ToString() : null,
        CertificateThumbprint = CertificateThumbprint,
        Port = IsGiven(nameof(Port)) ? Port : null,
        OperationTimeoutSec = OperationTimeoutSec == 0 ? null : OperationTimeoutSec,
        SessionOption = SessionOption,
        Warn = WriteWarning,
    };

    private bool Keep(CimTarget target)
    {
        CimSession session = Services.Objects.Session(target.ComputerName!, target.SessionInstanceId);
        Services.Targets.Add(session, target.Operations);
        WriteObject(Sessions.Current.Add(session, Name).Shown());
        return true;
    }

    private void RefuseWhatDcomLacks()
    {
        if (SessionOption is not DComSessionOptions)
        {
            return;
        }

        if (CertificateThumbprint is not null)
        {
            RefuseTogether(nameof(CertificateThumbprint), nameof(DComSessionOptions));
        }

        if (IsGiven(nameof(Port)))
        {
            RefuseTogether(nameof(Port), nameof(DComSessionOptions));
        }
    }
}
