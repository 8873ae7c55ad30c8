using System.Management.Automation;
using Microsoft.Management.Infrastructure.Options;
using Cimulator.PowerShell.Completion;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

public sealed partial class NewCimSessionCommand
{
    private PasswordAuthenticationMechanism _authentication;
    private PSCredential? _credential;
    private string? _certificateThumbprint;
    private string[]? _computerName;
    private string? _name;
    private uint _operationTimeoutSec;
    private SwitchParameter _skipTestConnection;
    private uint _port;
    private CimSessionOptions? _sessionOption;

    [Parameter(ParameterSetName = CredentialParameterSet, ValueFromPipelineByPropertyName = true)]
    public PasswordAuthenticationMechanism Authentication
    {
        get => _authentication;
        set => _authentication = value;
    }

    [Parameter(Position = 1, ParameterSetName = CredentialParameterSet)]
    [Credential]
    public PSCredential? Credential
    {
        get => _credential;
        set => _credential = value;
    }

    [Parameter(ParameterSetName = CertificateParameterSet, ValueFromPipelineByPropertyName = true)]
    public string? CertificateThumbprint
    {
        get => _certificateThumbprint;
        set => _certificateThumbprint = value;
    }

    [Alias("CN", "ServerName")]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string[]? ComputerName
    {
        get => _computerName;
        set => _computerName = value;
    }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Name
    {
        get => _name;
        set => _name = value;
    }

    [Alias("OT")]
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public uint OperationTimeoutSec
    {
        get => _operationTimeoutSec;
        set => _operationTimeoutSec = value;
    }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter SkipTestConnection
    {
        get => _skipTestConnection;
        set => _skipTestConnection = value;
    }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public uint Port
    {
        get => _port;
        set => _port = value;
    }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public CimSessionOptions? SessionOption
    {
        get => _sessionOption;
        set => _sessionOption = value;
    }
}
