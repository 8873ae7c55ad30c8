using System;
using System.Linq;
using System.Reflection;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects;

/// <summary>What both makers do alike.</summary>
internal abstract class ObjectMaker : ICimObjects
{
    private static readonly Action<CimInstance, string> s_rememberName =
        Library.Method(typeof(CimInstance), "SetCimSessionComputerName").CreateDelegate<Action<CimInstance, string>>();

    private static readonly Action<CimInstance, Guid> s_rememberId =
        Library.Method(typeof(CimInstance), "SetCimSessionInstanceId").CreateDelegate<Action<CimInstance, Guid>>();

    public abstract CimInstance Instance(InstanceData data);

    public abstract CimClass Class(ClassData data);

    public abstract ClassData? DataOf(CimClass declaration);

    public InstanceData DataOf(CimInstance instance) => StateOf(instance) ?? ForeignInstances.Read(instance, this);

    public CimSession Session(string computerName, Guid instanceId) => Sessions.New(computerName, instanceId);

    public bool IsClosed(CimSession session) => Sessions.IsClosed(session);

    public void Remember(CimInstance instance, string computerName, Guid sessionInstanceId)
    {
        s_rememberName(instance, computerName);
        s_rememberId(instance, sessionInstanceId);
    }

    public virtual CimException Exception(CimErrorData error) => CimExceptions.New(error, CimExceptions.ErrorInstance(error) is { } data ? Instance(data) : null);

    /// <summary>The live state of an instance; null for one that another library made. ObjectDisposedException after Dispose.</summary>
    internal abstract InstanceData? StateOf(CimInstance instance);

    /// <summary>Frees what stands behind an instance, and disposes it.</summary>
    internal abstract void Dispose(CimInstance instance);

    /// <summary>The instance that a property belongs to; null for one that stands alone, or of another library.</summary>
    internal virtual CimInstance? OwnerOf(CimProperty property) => null;

    /// <summary>The instance that a CimInstanceProperties belongs to; null for one of another library.</summary>
    internal virtual CimInstance? OwnerOfAll(object properties) => null;

    /// <summary>What an exception was made of, where the exception itself cannot tell.</summary>
    internal virtual CimErrorData? ErrorOf(CimException exception) => null;

    /// <summary>A value as scripts see it: embedded instances become CimInstances, copies that remember their parent's session.</summary>
    internal object? ToScript(object? value, CimInstance parent) => value switch
    {
        InstanceData one => Shown(Embedded(one, parent)),
        InstanceData?[] many => many.Select(each => each is null ? null : Embedded(each, parent)).ToArray(),
        Array array => array.Clone(),
        _ => value,
    };

    /// <summary>A value of a script in the form of <see cref="PropertyData.Value"/>: CimInstances become copies of their data.</summary>
    internal object? ToState(object? value) => value switch
    {
        CimInstance one => Copies.Of(DataOf(one)),
        CimInstance?[] many => many.Select(each => each is null ? null : Copies.Of(DataOf(each))).ToArray(),
        Array array => array.Clone(),
        _ => value,
    };

    /// <summary>What a script is given for an embedded instance.</summary>
    protected virtual object Shown(CimInstance embedded) => embedded;

    private CimInstance Embedded(InstanceData data, CimInstance parent)
    {
        CimInstance instance = Instance(Copies.Of(data));
        s_rememberName(instance, parent.GetCimSessionComputerName());
        s_rememberId(instance, parent.GetCimSessionInstanceId());
        return instance;
    }
}
