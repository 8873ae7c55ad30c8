using System;
using System.Management.Automation;
using Cimulator.PowerShell.Completion;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

public sealed partial class RemoveCimInstanceCommand
{
    private CimSession[]? _cimSession;
    private Uri? _resourceUri;
    private string[]? _computerName;
    private string? _namespace;
    private uint _operationTimeoutSec;
    private CimInstance? _inputObject;
    private string? _query;
    private string? _queryDialect;

    [Parameter(ParameterSetName = CimInstanceSessionSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = QuerySessionSet, Mandatory = true, ValueFromPipeline = true)]
    public CimSession[]? CimSession
    {
        get => _cimSession;
        set => _cimSession = Bind(value);
    }

    [Parameter(ParameterSetName = CimInstanceComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = CimInstanceSessionSet, ValueFromPipelineByPropertyName = true)]
    public Uri? ResourceUri
    {
        get => _resourceUri;
        set => _resourceUri = Bind(value);
    }

    [Alias("CN", "ServerName")]
    [Parameter(ParameterSetName = QueryComputerSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = CimInstanceComputerSet)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string[]? ComputerName
    {
        get => _computerName;
        set => _computerName = Bind(value);
    }

    [Parameter(Position = 1, ParameterSetName = QuerySessionSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 1, ParameterSetName = QueryComputerSet, ValueFromPipelineByPropertyName = true)]
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

    [Parameter(Position = 0, ParameterSetName = QueryComputerSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = QuerySessionSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string? Query
    {
        get => _query;
        set => _query = Bind(value);
    }

    [Parameter(ParameterSetName = QuerySessionSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = QueryComputerSet, ValueFromPipelineByPropertyName = true)]
    public string? QueryDialect
    {
        get => _queryDialect;
        set => _queryDialect = Bind(value);
    }
}
