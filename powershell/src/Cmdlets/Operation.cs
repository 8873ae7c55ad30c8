using System.Collections.Generic;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>What -Verbose says of an operation, and what its errors name as their target.</summary>
internal sealed record Operation(string Name, object? ErrorSource, params (string Name, object? Value)[] Parameters)
{
    public string Start => Texts.OperationStart(Name, Names.Listed(Parameters));

    public string Completed => Texts.OperationCompleted(Name);

    public static Operation Enumerate(string @namespace, string? className) =>
        new("Enumerate CimInstances", $"{@namespace}:{className}", ("namespaceName", @namespace), ("className", className));

    public static Operation Query(string @namespace, string dialect, string query) =>
        new("Query CimInstances", null, ("queryExpression", query), ("queryDialect", dialect), ("namespaceName", @namespace));

    public static Operation Get(string @namespace, CimInstance instance) => OfInstance("Get CimInstance", @namespace, instance);

    public static Operation Create(string @namespace, CimInstance instance) => OfInstance("Create CimInstance", @namespace, instance);

    public static Operation Modify(string @namespace, CimInstance instance) => OfInstance("Modify CimInstance", @namespace, instance);

    public static Operation Delete(string @namespace, CimInstance instance) => OfInstance("Delete CimInstance", @namespace, instance);

    public static Operation Associators(string @namespace, CimInstance source, string? association, string? resultClass) => new(
        "Enumerate Associated CimInstances", source,
        ("sourceInstance", source), ("associationClassName", association), ("resultClassName", resultClass), ("namespaceName", @namespace), ("sourceRole", null), ("resultRole", null));

    public static Operation GetClass(string @namespace, string className) =>
        new("Get CimClass", $"{@namespace}:{className}", ("namespaceName", @namespace), ("className", className));

    public static Operation EnumerateClasses(string @namespace) =>
        new("Enumerate CimClasses", null, ("namespaceName", @namespace));

    public static Operation Invoke(string @namespace, string className, string methodName) =>
        new("Invoke CimMethod", $"{@namespace}:{className}", ("methodName", methodName), ("className", className), ("namespaceName", @namespace));

    public static Operation Invoke(string @namespace, CimInstance instance, string methodName) =>
        new("Invoke CimMethod", instance, ("methodName", methodName), ("instance", instance), ("namespaceName", @namespace));

    private static Operation OfInstance(string name, string @namespace, CimInstance instance) =>
        new(name, instance, ("instance", instance), ("namespaceName", @namespace));
}
