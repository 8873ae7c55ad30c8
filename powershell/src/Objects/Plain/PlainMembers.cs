using System.Management.Automation;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects.Plain;

/// <summary>The members that Cimulator.plain.types.ps1xml puts before those of the library, which have nothing to read in the fallback.</summary>
public static class PlainMembers
{
    public static object? GetCimInstanceProperties(PSObject instance)
    {
        CimInstance of = (CimInstance)instance.BaseObject;
        return CimObjects.Maker.StateOf(of) is { } data ? new PlainProperties(of, data) : of.CimInstanceProperties;
    }

    public static object? GetCimSystemProperties(PSObject instance)
    {
        CimInstance of = (CimInstance)instance.BaseObject;
        return CimObjects.Maker.StateOf(of) is { } data
            ? new PlainSystemProperties(data.Namespace, data.ServerName, data.ClassName)
            : of.CimSystemProperties;
    }

    public static string ToString(PSObject instance)
    {
        CimInstance of = (CimInstance)instance.BaseObject;
        return CimObjects.Maker.StateOf(of) is { } data ? PlainTexts.Of(data) : of.ToString();
    }

    public static string? GetCimClassName(PSObject declaration) => DataOf(declaration)?.Name;

    public static string? GetCimSuperClassName(PSObject declaration) => DataOf(declaration)?.SuperClassName;

    public static CimClass? GetCimSuperClass(PSObject declaration) =>
        DataOf(declaration)?.SuperClass?.Fetch() is { } parent ? CimObjects.Maker.Class(parent) : null;

    public static object? GetCimClassProperties(PSObject declaration) =>
        DataOf(declaration) is { } data ? PlainPropertyDeclaration.List(data.Properties) : null;

    public static object? GetCimClassQualifiers(PSObject declaration) =>
        DataOf(declaration) is { } data ? PlainQualifier.List(data.Qualifiers) : null;

    public static object? GetCimClassMethods(PSObject declaration) =>
        DataOf(declaration) is { } data ? PlainMethodDeclaration.List(data.Methods) : null;

    public static object? GetClassSystemProperties(PSObject declaration) =>
        DataOf(declaration) is { } data ? new PlainSystemProperties(data.Namespace, data.ServerName, data.Name) : null;

    public static string ClassToString(PSObject declaration) =>
        DataOf(declaration) is { } data ? $"{data.Namespace}:{data.Name}" : "";

    public static CimInstance? GetErrorData(PSObject exception) =>
        ErrorOf(exception) is { } error && CimExceptions.ErrorInstance(error) is { } data ? CimObjects.Maker.Instance(data) : null;

    public static string? GetMessageId(PSObject exception) => ErrorOf(exception)?.MessageId;

    public static string? GetErrorSource(PSObject exception) => ErrorOf(exception)?.ErrorSource;

    public static uint GetStatusCode(PSObject exception) => ErrorOf(exception)?.StatusCode ?? 0;

    public static ushort GetErrorType(PSObject exception) => ErrorOf(exception)?.ErrorType ?? 0;

    private static ClassData? DataOf(PSObject declaration) => CimObjects.Maker.DataOf((CimClass)declaration.BaseObject);

    private static CimErrorData? ErrorOf(PSObject exception) => CimObjects.ErrorOf((CimException)exception.BaseObject);
}
