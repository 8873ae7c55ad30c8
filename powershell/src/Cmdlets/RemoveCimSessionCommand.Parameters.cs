using System;
using System.Management.Automation;
using Cimulator.PowerShell.Completion;
using static Cimulator.PowerShell.Cmdlets.SetNames;

namespace Microsoft.Management.Infrastructure.CimCmdlets;

public sealed partial class RemoveCimSessionCommand
{
    private CimSession[]? _cimSession;
    private string[]? _computerName;
    private uint[]? _id;
    private Guid[]? _instanceId;
    private string[]? _name;

    [Parameter(Position = 0, ParameterSetName = CimSessionSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public CimSession[]? CimSession
    {
        get => _cimSession;
        set => _cimSession = Bind(value);
    }

    [Alias("CN", "ServerName")]
    [Parameter(Position = 0, ParameterSetName = ComputerNameSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string[]? ComputerName
    {
        get => _computerName;
        set => _computerName = Bind(value);
    }

    [Parameter(Position = 0, ParameterSetName = SessionIdSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public uint[]? Id
    {
        get => _id;
        set => _id = Bind(value);
    }

    [Parameter(ParameterSetName = InstanceIdSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public Guid[]? InstanceId
    {
        get => _instanceId;
        set => _instanceId = Bind(value);
    }

    [Parameter(ParameterSetName = NameSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CimArgumentCompleter))]
    public string[]? Name
    {
        get => _name;
        set => _name = Bind(value);
    }
}
