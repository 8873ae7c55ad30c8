using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Cimulator.PowerShell.Model;

/// <summary>What goes for every operation.</summary>
public sealed record OperationOptions
{
    public uint? OperationTimeoutSec { get; init; }

    public string? ResourceUri { get; init; }

    /// <summary>Gets the lines that -Verbose shows, Cimulator's reasons among them; called on any thread.</summary>
    public Action<string>? Verbose { get; init; }
}

/// <summary>Which instances of a class.</summary>
public sealed record EnumerateOptions(string ClassName)
{
    public string? Filter { get; init; }

    public string? Dialect { get; init; }

    public IReadOnlyList<string>? Properties { get; init; }

    public bool Shallow { get; init; }

    public bool KeyOnly { get; init; }
}

/// <summary>Which associated instances.</summary>
public sealed record AssociatorOptions(InstanceData Source)
{
    public string? AssociationClass { get; init; }

    public string? ResultClass { get; init; }

    public bool KeyOnly { get; init; }
}

/// <summary>What a method returned. Reason is Cimulator's own, shown by -Verbose and GetCimulatorReason().</summary>
public sealed record MethodResult(PropertyData? ReturnValue, IReadOnlyList<PropertyData> Outputs, string? Reason);

/// <summary>
/// The CIM operations of one target, carried out by the bridge. All throw the CimException of <see cref="ICimObjects.Exception"/>, or
/// OperationCanceledException. A namespace is given as `root/cimv2`; instances of the results know their class and server name.
/// </summary>
public interface ICimOperations
{
    string ComputerName { get; }

    Task IdentifyAsync(OperationOptions options, CancellationToken cancellation);

    Task<InstanceData> GetInstanceAsync(string @namespace, InstanceData path, OperationOptions options, CancellationToken cancellation);

    IAsyncEnumerable<InstanceData> EnumerateInstancesAsync(string @namespace, EnumerateOptions what, OperationOptions options, CancellationToken cancellation);

    IAsyncEnumerable<InstanceData> QueryInstancesAsync(string @namespace, string query, string? dialect, bool shallow, OperationOptions options, CancellationToken cancellation);

    IAsyncEnumerable<InstanceData> AssociatorsAsync(string @namespace, AssociatorOptions what, OperationOptions options, CancellationToken cancellation);

    /// <summary>Creates an instance and fetches it, as Microsoft's cmdlet does.</summary>
    Task<InstanceData> CreateInstanceAsync(string @namespace, InstanceData instance, OperationOptions options, CancellationToken cancellation);

    /// <summary>Sends the given properties alone; the answer is the instance as it is then.</summary>
    Task<InstanceData> ModifyInstanceAsync(string @namespace, InstanceData path, IReadOnlyList<PropertyData> changes, OperationOptions options, CancellationToken cancellation);

    Task DeleteInstanceAsync(string @namespace, InstanceData path, OperationOptions options, CancellationToken cancellation);

    /// <summary>A method of an instance, or with <paramref name="path"/> null of the class.</summary>
    Task<MethodResult> InvokeMethodAsync(string @namespace, string className, InstanceData? path, string methodName, IReadOnlyList<PropertyData> parameters, OperationOptions options, CancellationToken cancellation);

    Task<ClassData> GetClassAsync(string @namespace, string className, bool amended, OperationOptions options, CancellationToken cancellation);

    IAsyncEnumerable<ClassData> EnumerateClassesAsync(string @namespace, string? className, bool deep, OperationOptions options, CancellationToken cancellation);
}
