using System;
using System.Threading;
using Cimulator.PowerShell.Model;
using Cimulator.PowerShell.Objects.Plain;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects;

/// <summary>The maker of this process, chosen when it is first asked for.</summary>
public static class CimObjects
{
    /// <summary>Set to 1 before the module is imported, it forces the fallback.</summary>
    public const string FallbackSwitch = "CIMULATOR_PLAIN_OBJECTS";

    private static readonly Lazy<ObjectMaker> s_maker = new(Choose, LazyThreadSafetyMode.ExecutionAndPublication);
    private static string? s_refusal;

    public static ICimObjects Current => s_maker.Value;

    /// <summary>True where objects are made without function tables: [CimInstance]::new does not work then.</summary>
    public static bool IsFallback => s_maker.Value is not TableObjects;

    /// <summary>Why the function tables were not used; null where they are.</summary>
    public static string? Refusal => s_maker.Value is TableObjects ? null : s_refusal;

    internal static ObjectMaker Maker => s_maker.Value;

    /// <summary>
    /// What an exception of <see cref="ICimObjects.Exception"/> tells, with both makers: in the fallback its own MessageId, StatusCode and
    /// ErrorData have nothing to read. Null for an exception of another origin.
    /// </summary>
    public static CimErrorData? ErrorOf(CimException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Maker.ErrorOf(exception) ?? (exception.ErrorData is { } data ? CimExceptions.Read(exception, Maker.DataOf(data)) : null);
    }

    private static ObjectMaker Choose()
    {
        s_refusal = OperatingSystem.IsWindows() ? "Windows has its own library"
            : !Environment.Is64BitProcess ? "the function tables are for 64 bits"
            : Environment.GetEnvironmentVariable(FallbackSwitch) == "1" ? $"{FallbackSwitch} is set"
            : null;
        TableObjects? tables = s_refusal is null ? TableObjects.Install(out s_refusal) : null;
        if (tables is not null)
        {
            return tables;
        }

        if (!OperatingSystem.IsWindows())
        {
            Texts.TryInstall();
            AdapterMapping.Install();
            ApplicationHook.TryInstallEmpty();
            return Checked(new PlainObjects());
        }

        return new PlainObjects();
    }

    /// <summary>The last resort: what it cannot do is said at the import, and not by whatever call comes upon it.</summary>
    /// <exception cref="PlatformNotSupportedException">This library cannot be worked with.</exception>
    private static PlainObjects Checked(PlainObjects objects)
    {
        string? wrong;
        try
        {
            wrong = SelfTest.Run(objects);
        }
        catch (Exception fault)
        {
            wrong = fault.GetBaseException().Message;
        }

        return wrong is null ? objects : throw new PlatformNotSupportedException(
            $"The module Cimulator cannot make CIM objects with the Microsoft.Management.Infrastructure of this PowerShell: {wrong}.");
    }
}
