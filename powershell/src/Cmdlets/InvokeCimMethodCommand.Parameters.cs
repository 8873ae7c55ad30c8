using System;
using System.Collections;
using System.Management.Automation;
using Cimulator.PowerShell.Completion;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

public sealed partial class InvokeCimMethodCommand
{
    private string? _className;
    private Uri? _resourceUri;
    private CimClass? _cimClass;
    private string? _query;
    private string? _queryDialect;
    private CimInstance? _inputObject;
    private string[]? _computerName;
    private CimSession[]? _cimSession;
    private IDictionary? _arguments;
    private string? _methodName;
    private string? _namespace;
    private uint _operationTimeoutSec;

    [Parameter(Position = 0, ParameterSetName = ClassNameComputerSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = ClassNameSessionSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Class")]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string? ClassName
    {
        get => _className;
        set => _className = Bind(value);
    }

    [Parameter(ParameterSetName = CimInstanceComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = CimInstanceSessionSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ResourceUriComputerSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ResourceUriSessionSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public Uri? ResourceUri
    {
        get => _resourceUri;
        set => _resourceUri = Bind(value);
    }

    [Parameter(Position = 0, ParameterSetName = CimClassComputerSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(Position = 0, ParameterSetName = CimClassSessionSet, Mandatory = true, ValueFromPipeline = true)]
    public CimClass? CimClass
    {
        get => _cimClass;
        set => _cimClass = Bind(value);
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
    public string? QueryDialect
    {
        get => _queryDialect;
        set => _queryDialect = Bind(value);
    }

    [Parameter(Position = 0, ParameterSetName = CimInstanceComputerSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(Position = 0, ParameterSetName = CimInstanceSessionSet, Mandatory = true, ValueFromPipeline = true)]
    [Alias("CimInstance")]
    public CimInstance? InputObject
    {
        get => _inputObject;
        set => _inputObject = Bind(value);
    }

    [Alias("CN", "ServerName")]
    [Parameter(ParameterSetName = ClassNameComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = QueryComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = CimInstanceComputerSet)]
    [Parameter(ParameterSetName = CimClassComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ResourceUriComputerSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string[]? ComputerName
    {
        get => _computerName;
        set => _computerName = Bind(value);
    }

    [Parameter(ParameterSetName = CimInstanceSessionSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = QuerySessionSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ClassNameSessionSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = CimClassSessionSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ResourceUriSessionSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public CimSession[]? CimSession
    {
        get => _cimSession;
        set => _cimSession = Bind(value);
    }

    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public IDictionary? Arguments
    {
        get => _arguments;
        set => _arguments = Bind(value);
    }

    [Parameter(Position = 2, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string? MethodName
    {
        get => _methodName;
        set => _methodName = Bind(value);
    }

    [Parameter(ParameterSetName = ClassNameComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ClassNameSessionSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = QueryComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = QuerySessionSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ResourceUriComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ResourceUriSessionSet, ValueFromPipelineByPropertyName = true)]
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
}
