using System.Management.Automation;
using Cimulator.PowerShell.Cmdlets;
using Cimulator.PowerShell.Targets;
using Microsoft.Management.Infrastructure.Options;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

/// <summary>What New-CimSessionOption -Protocol takes.</summary>
public enum ProtocolType
{
    Default,
    Dcom,
    Wsman,
}

/// <summary>New-CimSessionOption: how New-CimSession connects.</summary>
[Alias("ncso")]
[Cmdlet(VerbsCommon.New, "CimSessionOption", DefaultParameterSetName = ProtocolTypeSet, HelpUri = "https://go.microsoft.com/fwlink/?LinkId=227969")]
[OutputType(typeof(CimSessionOptions))]
public sealed partial class NewCimSessionOptionCommand : CimBaseCommand
{
    protected override void ProcessRecord()
    {
        bool dcom = ParameterSetName == DcomParameterSet || (ParameterSetName == ProtocolTypeSet && Protocol == ProtocolType.Dcom);
        WriteObject(dcom ? ForDcom() : ForWsman());
    }

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private CimulatorDcomOptions ForDcom()
    {
        CimulatorDcomOptions options = new() { Culture = Culture, UICulture = UICulture };
        if (IsGiven(nameof(Impersonation)))
        {
            options.Impersonation = Impersonation;
        }

        if (IsGiven(nameof(PacketIntegrity)))
        {
            options.PacketIntegrity = PacketIntegrity;
        }

        if (IsGiven(nameof(PacketPrivacy)))
        {
            options.PacketPrivacy = PacketPrivacy;
        }

        return options;
    }

    private CimulatorSessionOptions ForWsman()
    {
        if (IsGiven(nameof(ProxyAuthentication)))
        {
            Credentials.Check(this, ProxyCredential, ProxyAuthentication, nameof(ProxyAuthentication));
        }

        CimulatorSessionOptions options = new()
        {
            UseSsl = UseSsl,
            CertCACheck = !SkipCACheck,
            CertCNCheck = !SkipCNCheck,
            CertRevocationCheck = !SkipRevocationCheck,
            HttpUrlPrefix = HttpPrefix,
            NoEncryption = NoEncryption,
            PacketEncoding = IsGiven(nameof(Encoding)) ? Encoding : PacketEncoding.Utf8,
            MaxEnvelopeSize = MaxEnvelopeSizeKB,
            EncodePortInServicePrincipalName = EncodePortInServicePrincipalName,
            ProxyAuthentication = ProxyAuthentication,
            ProxyCredential = ProxyCredential,
            ProxyCertificateThumbprint = ProxyCertificateThumbprint,
            Culture = Culture,
            UICulture = UICulture,
        };
        if (IsGiven(nameof(ProxyType)))
        {
            options.ProxyType = ProxyType;
        }

        return options;
    }
}
