using System;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects.Plain;

/// <summary>
/// CimSystemProperties for code in C#: the library remembers them in a field, which is filled beforehand, so that it asks nothing native. Where
/// there is no such field nothing is done.
/// </summary>
internal static class SystemProperties
{
    private static readonly FieldInfo? s_ofInstance = typeof(CimInstance).GetField("_systemProperties", Library.Hidden);
    private static readonly FieldInfo? s_ofClass = typeof(CimClass).GetField("_systemProperties", Library.Hidden);
    private static readonly Action<CimSystemProperties, string?, string?, string>? s_fill =
        typeof(CimSystemProperties).GetMethod("UpdateCimSystemProperties", Library.Hidden, [typeof(string), typeof(string), typeof(string)])
            ?.CreateDelegate<Action<CimSystemProperties, string?, string?, string>>();

    internal static void Attach(CimInstance instance, string? space, string? serverName, string className) =>
        s_ofInstance?.SetValue(instance, New(space, serverName, className));

    internal static void Attach(CimClass declaration, string? space, string? serverName, string className) =>
        s_ofClass?.SetValue(declaration, New(space, serverName, className));

    private static CimSystemProperties? New(string? space, string? serverName, string className)
    {
        if (s_fill is null)
        {
            return null;
        }

        CimSystemProperties properties = (CimSystemProperties)RuntimeHelpers.GetUninitializedObject(typeof(CimSystemProperties));
        s_fill(properties, space, serverName, className);
        return properties;
    }
}
