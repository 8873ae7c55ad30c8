using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects;

/// <summary>
/// The names of Microsoft.Management.Infrastructure that are not public and that both makers lean on: without one of them there are no CIM
/// objects at all. Those of the function tables alone stand in <see cref="Library"/>.
/// </summary>
internal static class PrivateNames
{
    private const BindingFlags Any = Library.Hidden | BindingFlags.Public;

    /// <summary>`CimSession._disposed, CimException.NativeErrorCode`: those that this library has not; null where it has all.</summary>
    internal static string? Missing() => Missing(typeof(CimInstance), typeof(CimSession), typeof(CimException));

    internal static string? Missing(Type instance, Type session, Type exception)
    {
        string[] missing =
        [
            .. Names(nameof(CimInstance), ["SetCimSessionComputerName"], name => HasMethod(instance, name, typeof(string))),
            .. Names(nameof(CimInstance), ["SetCimSessionInstanceId"], name => HasMethod(instance, name, typeof(Guid))),
            .. Names(nameof(CimSession), ["_disposeThreadSafetyLock"], name => HasField(session, name, typeof(object))),
            .. Names(nameof(CimSession), ["_disposed"], name => HasField(session, name, typeof(bool))),
            .. Names(nameof(CimSession), ["ComputerName", "InstanceId"], name => HasSetter(session, name)),
            .. Names(nameof(CimException), ["NativeErrorCode"], name => HasSetter(exception, name)),
            .. Names(nameof(CimException), ["_errorData"], name => HasField(exception, name, typeof(CimInstance))),
        ];
        return missing.Length == 0 ? null : string.Join(", ", missing);
    }

    private static IEnumerable<string> Names(string owner, string[] names, Func<string, bool> isThere) =>
        names.Where(name => !isThere(name)).Select(name => $"{owner}.{name}");

    private static bool HasField(Type type, string name, Type value) => type.GetField(name, Any)?.FieldType == value;

    private static bool HasMethod(Type type, string name, Type parameter) => type.GetMethod(name, Any, [parameter]) is not null;

    private static bool HasSetter(Type type, string name) => type.GetProperty(name, Any)?.SetMethod is not null;
}
