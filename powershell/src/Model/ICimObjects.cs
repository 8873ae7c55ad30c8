using System;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Model;

/// <summary>
/// Makes the objects that scripts see, and reads the ones that they bring. There are two makers behind it: genuine objects over managed
/// function tables, and the fallback where the library is not the one that was tested.
/// </summary>
public interface ICimObjects
{
    /// <summary>An instance over <paramref name="data"/>: what a script changes on the one is changed on the other.</summary>
    CimInstance Instance(InstanceData data);

    CimClass Class(ClassData data);

    /// <summary>What an instance holds, whoever made it; each property's NotModified flag tells whether a script changed it.</summary>
    InstanceData DataOf(CimInstance instance);

    /// <summary>What a class holds; null for one that this maker did not make.</summary>
    ClassData? DataOf(CimClass declaration);

    /// <summary>A session object with nothing but its names: its instance id is what instances remember.</summary>
    CimSession Session(string computerName, Guid instanceId);

    /// <summary>True once Dispose or Close was called.</summary>
    bool IsClosed(CimSession session);

    /// <summary>Lets an instance remember its session: PSComputerName and GetCimSessionInstanceId().</summary>
    void Remember(CimInstance instance, string computerName, Guid sessionInstanceId);

    CimException Exception(CimErrorData error);
}

/// <summary>What a CimException tells.</summary>
public sealed record CimErrorData(string Message)
{
    public NativeErrorCode NativeErrorCode { get; init; } = NativeErrorCode.Failed;

    /// <summary>`HRESULT 0x80041010` or the like; null where nobody gave one.</summary>
    public string? MessageId { get; init; }

    public uint StatusCode { get; init; }

    public ushort ErrorType { get; init; }

    public string? ErrorSource { get; init; }

    /// <summary>The MSFT_WmiError, as it came or as it was completed.</summary>
    public InstanceData? ErrorData { get; init; }

    public Exception? Inner { get; init; }
}
