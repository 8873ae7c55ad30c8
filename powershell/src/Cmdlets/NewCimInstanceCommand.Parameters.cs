using System;
using System.Collections;
using System.Management.Automation;
using Cimulator.PowerShell.Completion;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

public sealed partial class NewCimInstanceCommand
{
    private string? _className;
    private Uri? _resourceUri;
    private string[]? _key;
    private CimClass? _cimClass;
    private IDictionary? _property;
    private string? _namespace;
    private uint _operationTimeoutSec;
    private CimSession[]? _cimSession;
    private string[]? _computerName;
    private SwitchParameter _clientOnly;

    [Parameter(Position = 0, ParameterSetName = ClassNameSessionSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = ClassNameComputerSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string? ClassName
    {
        get => _className;
        set => _className = Bind(value);
    }

    [Parameter(ParameterSetName = ResourceUriSessionSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ResourceUriComputerSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public Uri? ResourceUri
    {
        get => _resourceUri;
        set => _resourceUri = Bind(value);
    }

    [Parameter(ParameterSetName = ClassNameSessionSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ClassNameComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ResourceUriSessionSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ResourceUriComputerSet, ValueFromPipelineByPropertyName = true)]
    public string[]? Key
    {
        get => _key;
        set => _key = Bind(value);
    }

    [Parameter(Position = 0, ParameterSetName = CimClassSessionSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(Position = 0, ParameterSetName = CimClassComputerSet, Mandatory = true, ValueFromPipeline = true)]
    public CimClass? CimClass
    {
        get => _cimClass;
        set => _cimClass = Bind(value);
    }

    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Arguments")]
    public IDictionary? Property
    {
        get => _property;
        set => _property = Bind(value);
    }

    [Parameter(ParameterSetName = ClassNameSessionSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ClassNameComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ResourceUriSessionSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ResourceUriComputerSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string? Namespace
    {
        get => _namespace;
        set => _namespace = Bind(value);
    }

    [Alias("OT")]
    [Parameter]
    public uint OperationTimeoutSec
    {
        get => _operationTimeoutSec;
        set => _operationTimeoutSec = Bind(value);
    }

    [Parameter(ParameterSetName = ClassNameSessionSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ResourceUriSessionSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = CimClassSessionSet, Mandatory = true, ValueFromPipeline = true)]
    public CimSession[]? CimSession
    {
        get => _cimSession;
        set => _cimSession = Bind(value);
    }

    [Alias("CN", "ServerName")]
    [Parameter(ParameterSetName = ClassNameComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ResourceUriComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = CimClassComputerSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string[]? ComputerName
    {
        get => _computerName;
        set => _computerName = Bind(value);
    }

    [Alias("Local")]
    [Parameter(ParameterSetName = ClassNameSessionSet)]
    [Parameter(ParameterSetName = ClassNameComputerSet)]
    [Parameter(ParameterSetName = CimClassComputerSet)]
    [Parameter(ParameterSetName = CimClassSessionSet)]
    public SwitchParameter ClientOnly
    {
        get => _clientOnly;
        set => _clientOnly = Bind(value);
    }
}
