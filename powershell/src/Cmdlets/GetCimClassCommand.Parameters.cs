using System.Management.Automation;
using Cimulator.PowerShell.Completion;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

public sealed partial class GetCimClassCommand
{
    private SwitchParameter _amended;
    private string? _className;
    private string? _namespace;
    private uint _operationTimeoutSec;
    private CimSession[]? _cimSession;
    private string[]? _computerName;
    private string? _methodName;
    private string? _propertyName;
    private string? _qualifierName;

    [Parameter]
    public SwitchParameter Amended
    {
        get => _amended;
        set => _amended = Bind(value);
    }

    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string? ClassName
    {
        get => _className;
        set => _className = Bind(value);
    }

    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
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

    [Parameter(ParameterSetName = SessionSet, Mandatory = true, ValueFromPipeline = true)]
    public CimSession[]? CimSession
    {
        get => _cimSession;
        set => _cimSession = Bind(value);
    }

    [Alias("CN", "ServerName")]
    [Parameter(ParameterSetName = ComputerSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string[]? ComputerName
    {
        get => _computerName;
        set => _computerName = Bind(value);
    }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string? MethodName
    {
        get => _methodName;
        set => _methodName = Bind(value);
    }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string? PropertyName
    {
        get => _propertyName;
        set => _propertyName = Bind(value);
    }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string? QualifierName
    {
        get => _qualifierName;
        set => _qualifierName = Bind(value);
    }
}
