namespace Cimulator.PowerShell.Cmdlets;

/// <summary>The parameter sets of Microsoft's cmdlets.</summary>
internal static class SetNames
{
    public const string ClassNameComputerSet = nameof(ClassNameComputerSet);
    public const string ClassNameSessionSet = nameof(ClassNameSessionSet);
    public const string ResourceUriComputerSet = nameof(ResourceUriComputerSet);
    public const string ResourceUriSessionSet = nameof(ResourceUriSessionSet);
    public const string CimInstanceComputerSet = nameof(CimInstanceComputerSet);
    public const string CimInstanceSessionSet = nameof(CimInstanceSessionSet);
    public const string CimClassComputerSet = nameof(CimClassComputerSet);
    public const string CimClassSessionSet = nameof(CimClassSessionSet);
    public const string QueryComputerSet = nameof(QueryComputerSet);
    public const string QuerySessionSet = nameof(QuerySessionSet);
    public const string ComputerSet = nameof(ComputerSet);
    public const string SessionSet = nameof(SessionSet);
    public const string ComputerNameSet = nameof(ComputerNameSet);
    public const string SessionIdSet = nameof(SessionIdSet);
    public const string InstanceIdSet = nameof(InstanceIdSet);
    public const string NameSet = nameof(NameSet);
    public const string CimSessionSet = nameof(CimSessionSet);
    public const string CredentialParameterSet = nameof(CredentialParameterSet);
    public const string CertificateParameterSet = nameof(CertificateParameterSet);
    public const string ProtocolTypeSet = nameof(ProtocolTypeSet);
    public const string WSManParameterSet = nameof(WSManParameterSet);
    public const string DcomParameterSet = nameof(DcomParameterSet);
    public const string QueryExpressionComputerSet = nameof(QueryExpressionComputerSet);
    public const string QueryExpressionSessionSet = nameof(QueryExpressionSessionSet);
}
