using System;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects.Plain;

/// <summary>
/// The fallback: objects of the genuine types (which are sealed), made without a constructor and with nothing native behind them but an
/// <see cref="EmptyHandle"/>. The type adapter and the members of Cimulator.plain.types.ps1xml show what they hold; code in C# that reads their
/// own members finds nothing.
/// </summary>
internal sealed class PlainObjects : ObjectMaker
{
    private readonly ConditionalWeakTable<CimInstance, InstanceData> _instances = [];
    private readonly ConditionalWeakTable<CimClass, ClassData> _classes = [];
    private readonly ConditionalWeakTable<CimException, CimErrorData> _errors = [];

    public override CimInstance Instance(InstanceData data)
    {
        CimInstance instance = (CimInstance)RuntimeHelpers.GetUninitializedObject(typeof(CimInstance));
#pragma warning disable CA1816 // Its finalizer is for a native instance, of which it has none.
        GC.SuppressFinalize(instance);
#pragma warning restore CA1816
        SystemProperties.Attach(instance, data.Namespace, data.ServerName, data.ClassName);
        EmptyHandle.Attach(instance);
        _instances.Add(instance, data);
        return instance;
    }

    public override CimClass Class(ClassData data)
    {
        CimClass declaration = (CimClass)RuntimeHelpers.GetUninitializedObject(typeof(CimClass));
        SystemProperties.Attach(declaration, data.Namespace, data.ServerName, data.Name);
        _classes.Add(declaration, data);
        return declaration;
    }

    public override ClassData? DataOf(CimClass declaration) => _classes.TryGetValue(declaration, out ClassData? data) ? data : null;

    public override CimException Exception(CimErrorData error)
    {
        CimException exception = CimExceptions.New(error, null);
        _errors.Add(exception, error);
        return exception;
    }

    internal override CimErrorData? ErrorOf(CimException exception) => _errors.TryGetValue(exception, out CimErrorData? error) ? error : null;

    internal override InstanceData? StateOf(CimInstance instance) => _instances.TryGetValue(instance, out InstanceData? data) ? data : null;

    /// <summary>With the PSObject around it, whose ToString is that of the types file.</summary>
    protected override object Shown(CimInstance embedded) => PSObject.AsPSObject(embedded);

    internal override void Dispose(CimInstance instance)
    {
        _instances.Remove(instance);
        instance.Dispose();
    }
}
