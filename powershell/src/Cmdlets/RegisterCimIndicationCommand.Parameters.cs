using System.Management.Automation;
using Cimulator.PowerShell.Completion;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

public sealed partial class RegisterCimIndicationCommand
{
    private string? _namespace;
    private string? _className;
    private string? _query;
    private string? _queryDialect;
    private uint _operationTimeoutSec;
    private CimSession? _cimSession;
    private string? _computerName;

    [Parameter]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string? Namespace
    {
        get => _namespace;
        set => _namespace = value;
    }

    [Parameter(Position = 0, ParameterSetName = ClassNameSessionSet, Mandatory = true)]
    [Parameter(Position = 0, ParameterSetName = ClassNameComputerSet, Mandatory = true)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string? ClassName
    {
        get => _className;
        set => _className = value;
    }

    [Parameter(Position = 0, ParameterSetName = QueryExpressionSessionSet, Mandatory = true)]
    [Parameter(Position = 0, ParameterSetName = QueryExpressionComputerSet, Mandatory = true)]
    public string? Query
    {
        get => _query;
        set => _query = value;
    }

    [Parameter(ParameterSetName = QueryExpressionComputerSet)]
    [Parameter(ParameterSetName = QueryExpressionSessionSet)]
    public string? QueryDialect
    {
        get => _queryDialect;
        set => _queryDialect = value;
    }

    [Alias("OT")]
    [Parameter]
    public uint OperationTimeoutSec
    {
        get => _operationTimeoutSec;
        set => _operationTimeoutSec = value;
    }

    [Parameter(ParameterSetName = QueryExpressionSessionSet, Mandatory = true)]
    [Parameter(ParameterSetName = ClassNameSessionSet, Mandatory = true)]
    public CimSession? CimSession
    {
        get => _cimSession;
        set => _cimSession = value;
    }

    [Alias("CN", "ServerName")]
    [Parameter(ParameterSetName = QueryExpressionComputerSet)]
    [Parameter(ParameterSetName = ClassNameComputerSet)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string? ComputerName
    {
        get => _computerName;
        set => _computerName = value;
    }
}
