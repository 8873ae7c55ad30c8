using System;
using System.Management.Automation;
using Cimulator.PowerShell.Completion;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

public sealed partial class GetCimInstanceCommand
{
    private CimSession[]? _cimSession;
    private string? _className;
    private Uri? _resourceUri;
    private string[]? _computerName;
    private SwitchParameter _keyOnly;
    private string? _namespace;
    private uint _operationTimeoutSec;
    private CimInstance? _inputObject;
    private string? _query;
    private string? _queryDialect;
    private SwitchParameter _shallow;
    private string? _filter;
    private string[]? _property;

    [Parameter(ParameterSetName = CimInstanceSessionSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = QuerySessionSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ClassNameSessionSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ResourceUriSessionSet, Mandatory = true, ValueFromPipeline = true)]
    public CimSession[]? CimSession
    {
        get => _cimSession;
        set => _cimSession = Bind(value);
    }

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
    [Parameter(ParameterSetName = CimInstanceComputerSet)]
    [Parameter(ParameterSetName = CimInstanceSessionSet)]
    [Parameter(ParameterSetName = QueryComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = QuerySessionSet, ValueFromPipelineByPropertyName = true)]
    public Uri? ResourceUri
    {
        get => _resourceUri;
        set => _resourceUri = Bind(value);
    }

    [Alias("CN", "ServerName")]
    [Parameter(ParameterSetName = ClassNameComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ResourceUriComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = QueryComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = CimInstanceComputerSet)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string[]? ComputerName
    {
        get => _computerName;
        set => _computerName = Bind(value);
    }

    [Parameter(ParameterSetName = ClassNameComputerSet)]
    [Parameter(ParameterSetName = ClassNameSessionSet)]
    [Parameter(ParameterSetName = ResourceUriComputerSet)]
    [Parameter(ParameterSetName = ResourceUriSessionSet)]
    public SwitchParameter KeyOnly
    {
        get => _keyOnly;
        set => _keyOnly = Bind(value);
    }

    [Parameter(ParameterSetName = ClassNameComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ClassNameSessionSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ResourceUriComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ResourceUriSessionSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = QueryComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = QuerySessionSet, ValueFromPipelineByPropertyName = true)]
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

    [Parameter(Position = 0, ParameterSetName = CimInstanceComputerSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(Position = 0, ParameterSetName = CimInstanceSessionSet, Mandatory = true, ValueFromPipeline = true)]
    [Alias("CimInstance")]
    public CimInstance? InputObject
    {
        get => _inputObject;
        set => _inputObject = Bind(value);
    }

    [Parameter(ParameterSetName = QueryComputerSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = QuerySessionSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string? Query
    {
        get => _query;
        set => _query = Bind(value);
    }

    [Parameter(ParameterSetName = QueryComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = QuerySessionSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ClassNameSessionSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ClassNameComputerSet, ValueFromPipelineByPropertyName = true)]
    public string? QueryDialect
    {
        get => _queryDialect;
        set => _queryDialect = Bind(value);
    }

    [Parameter(ParameterSetName = ClassNameComputerSet)]
    [Parameter(ParameterSetName = ClassNameSessionSet)]
    [Parameter(ParameterSetName = ResourceUriSessionSet)]
    [Parameter(ParameterSetName = ResourceUriComputerSet)]
    [Parameter(ParameterSetName = QueryComputerSet)]
    [Parameter(ParameterSetName = QuerySessionSet)]
    public SwitchParameter Shallow
    {
        get => _shallow;
        set => _shallow = Bind(value);
    }

    [Parameter(ParameterSetName = ClassNameSessionSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ClassNameComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ResourceUriSessionSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ResourceUriComputerSet, ValueFromPipelineByPropertyName = true)]
    public string? Filter
    {
        get => _filter;
        set => _filter = Bind(value);
    }

    [Parameter(ParameterSetName = ClassNameSessionSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ClassNameComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ResourceUriSessionSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ResourceUriComputerSet, ValueFromPipelineByPropertyName = true)]
    [Alias("SelectProperties")]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string[]? Property
    {
        get => _property;
        set => _property = Bind(value);
    }
}
