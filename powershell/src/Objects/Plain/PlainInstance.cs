using System;
using System.Linq;
using Cimulator.PowerShell.Model;
using Cimulator.PowerShell.Objects.Ets;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects.Plain;

/// <summary>CimSystemProperties of an instance or a class.</summary>
public sealed record PlainSystemProperties(string? Namespace, string? ServerName, string ClassName);

/// <summary>A property of an instance: it reads and changes the instance's state.</summary>
public sealed class PlainProperty
{
    private readonly CimInstance _owner;
    private readonly InstanceData _data;
    private readonly PropertyData _property;

    internal PlainProperty(CimInstance owner, InstanceData data, PropertyData property) => (_owner, _data, _property) = (owner, data, property);

    public string Name => _property.Name;

    public object? Value
    {
        get => CimObjects.Maker.ToScript(_property.Value, _owner);
        set => InstanceState.Set(_data, _property, CimObjects.Maker.ToState(DotNetTypes.Convert(value, _property.Type)));
    }

    public CimType CimType => _property.Type;

    public CimFlags Flags => _property.Flags;

    public bool IsValueModified
    {
        get => !Flags.HasFlag(CimFlags.NotModified);
        set => InstanceState.SetModified(_data, _property, value);
    }

    public override string ToString() => PlainTexts.NameAndValue(Name, _property.Value);
}

/// <summary>CimInstanceProperties.</summary>
public sealed class PlainProperties : NamedList<PlainProperty>
{
    private readonly InstanceData _data;

    internal PlainProperties(CimInstance owner, InstanceData data)
        : base(data.Properties.Select(property => new PlainProperty(owner, data, property)), property => property.Name) => _data = data;

    public void Add(CimProperty property)
    {
        ArgumentNullException.ThrowIfNull(property);
        InstanceMembers.AddTo(_data, property);
    }
}
