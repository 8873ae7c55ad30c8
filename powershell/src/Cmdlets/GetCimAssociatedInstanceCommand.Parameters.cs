using System;
using System.Management.Automation;
using Cimulator.PowerShell.Completion;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

public sealed partial class GetCimAssociatedInstanceCommand
{
    private string? _association;
    private string? _resultClassName;
    private CimInstance? _inputObject;
    private string? _namespace;
    private uint _operationTimeoutSec;
    private Uri? _resourceUri;
    private string[]? _computerName;
    private CimSession[]? _cimSession;
    private SwitchParameter _keyOnly;

    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string? Association
    {
        get => _association;
        set => _association = Bind(value);
    }

    [Parameter]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string? ResultClassName
    {
        get => _resultClassName;
        set => _resultClassName = Bind(value);
    }

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("CimInstance")]
    public CimInstance? InputObject
    {
        get => _inputObject;
        set => _inputObject = Bind(value);
    }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string? Namespace
    {
        get => _namespace;
        set => _namespace = Bind(value);
    }

    [Alias("OT")]
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public uint OperationTimeoutSec
    {
        get => _operationTimeoutSec;
        set => _operationTimeoutSec = Bind(value);
    }

    [Parameter]
    public Uri? ResourceUri
    {
        get => _resourceUri;
        set => _resourceUri = Bind(value);
    }

    [Alias("CN", "ServerName")]
    [Parameter(ParameterSetName = ComputerSet)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string[]? ComputerName
    {
        get => _computerName;
        set => _computerName = Bind(value);
    }

    [Parameter(ParameterSetName = SessionSet, Mandatory = true, ValueFromPipeline = true)]
    public CimSession[]? CimSession
    {
        get => _cimSession;
        set => _cimSession = Bind(value);
    }

    [Parameter]
    public SwitchParameter KeyOnly
    {
        get => _keyOnly;
        set => _keyOnly = Bind(value);
    }
}
