using System;
using System.Globalization;
using System.Management.Automation;
using Microsoft.Management.Infrastructure.Options;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

public sealed partial class NewCimSessionOptionCommand
{
    private SwitchParameter _noEncryption;
    private SwitchParameter _skipCACheck;
    private SwitchParameter _skipCNCheck;
    private SwitchParameter _skipRevocationCheck;
    private SwitchParameter _encodePortInServicePrincipalName;
    private PacketEncoding _encoding;
    private Uri? _httpPrefix;
    private uint _maxEnvelopeSizeKB;
    private PasswordAuthenticationMechanism _proxyAuthentication;
    private string? _proxyCertificateThumbprint;
    private PSCredential? _proxyCredential;
    private ProxyType _proxyType;
    private SwitchParameter _useSsl;
    private ImpersonationType _impersonation;
    private SwitchParameter _packetIntegrity;
    private SwitchParameter _packetPrivacy;
    private ProtocolType _protocol;
    private CultureInfo? _uICulture;
    private CultureInfo? _culture;

    [Parameter(ParameterSetName = WSManParameterSet)]
    public SwitchParameter NoEncryption
    {
        get => _noEncryption;
        set => _noEncryption = Bind(value);
    }

    [Parameter(ParameterSetName = WSManParameterSet, ValueFromPipelineByPropertyName = true)]
    public SwitchParameter SkipCACheck
    {
        get => _skipCACheck;
        set => _skipCACheck = Bind(value);
    }

    [Parameter(ParameterSetName = WSManParameterSet, ValueFromPipelineByPropertyName = true)]
    public SwitchParameter SkipCNCheck
    {
        get => _skipCNCheck;
        set => _skipCNCheck = Bind(value);
    }

    [Parameter(ParameterSetName = WSManParameterSet, ValueFromPipelineByPropertyName = true)]
    public SwitchParameter SkipRevocationCheck
    {
        get => _skipRevocationCheck;
        set => _skipRevocationCheck = Bind(value);
    }

    [Parameter(ParameterSetName = WSManParameterSet, ValueFromPipelineByPropertyName = true)]
    public SwitchParameter EncodePortInServicePrincipalName
    {
        get => _encodePortInServicePrincipalName;
        set => _encodePortInServicePrincipalName = Bind(value);
    }

    [Parameter(ParameterSetName = WSManParameterSet, ValueFromPipelineByPropertyName = true)]
    public PacketEncoding Encoding
    {
        get => _encoding;
        set => _encoding = Bind(value);
    }

    [Parameter(ParameterSetName = WSManParameterSet, ValueFromPipelineByPropertyName = true)]
    public Uri? HttpPrefix
    {
        get => _httpPrefix;
        set => _httpPrefix = Bind(value);
    }

    [Parameter(ParameterSetName = WSManParameterSet, ValueFromPipelineByPropertyName = true)]
    public uint MaxEnvelopeSizeKB
    {
        get => _maxEnvelopeSizeKB;
        set => _maxEnvelopeSizeKB = Bind(value);
    }

    [Parameter(ParameterSetName = WSManParameterSet, ValueFromPipelineByPropertyName = true)]
    public PasswordAuthenticationMechanism ProxyAuthentication
    {
        get => _proxyAuthentication;
        set => _proxyAuthentication = Bind(value);
    }

    [Parameter(ParameterSetName = WSManParameterSet, ValueFromPipelineByPropertyName = true)]
    public string? ProxyCertificateThumbprint
    {
        get => _proxyCertificateThumbprint;
        set => _proxyCertificateThumbprint = Bind(value);
    }

    [Parameter(ParameterSetName = WSManParameterSet)]
    [Credential]
    public PSCredential? ProxyCredential
    {
        get => _proxyCredential;
        set => _proxyCredential = Bind(value);
    }

    [Parameter(ParameterSetName = WSManParameterSet, ValueFromPipelineByPropertyName = true)]
    public ProxyType ProxyType
    {
        get => _proxyType;
        set => _proxyType = Bind(value);
    }

    [Parameter(ParameterSetName = WSManParameterSet, ValueFromPipelineByPropertyName = true)]
    public SwitchParameter UseSsl
    {
        get => _useSsl;
        set => _useSsl = Bind(value);
    }

    [Parameter(ParameterSetName = DcomParameterSet)]
    public ImpersonationType Impersonation
    {
        get => _impersonation;
        set => _impersonation = Bind(value);
    }

    [Parameter(ParameterSetName = DcomParameterSet)]
    public SwitchParameter PacketIntegrity
    {
        get => _packetIntegrity;
        set => _packetIntegrity = Bind(value);
    }

    [Parameter(ParameterSetName = DcomParameterSet)]
    public SwitchParameter PacketPrivacy
    {
        get => _packetPrivacy;
        set => _packetPrivacy = Bind(value);
    }

    [Parameter(Position = 0, ParameterSetName = ProtocolTypeSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public ProtocolType Protocol
    {
        get => _protocol;
        set => _protocol = Bind(value);
    }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public CultureInfo? UICulture
    {
        get => _uICulture;
        set => _uICulture = Bind(value);
    }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public CultureInfo? Culture
    {
        get => _culture;
        set => _culture = Bind(value);
    }
}
