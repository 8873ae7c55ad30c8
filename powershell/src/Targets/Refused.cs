using System;
using Cimulator.PowerShell.Bridge;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Targets;

/// <summary>Errors of calls that were never sent. On Windows, where genuine objects are Microsoft's, they have a message alone.</summary>
internal static class Refused
{
    public static CimException NotSupported(string message) => Of(NativeErrorCode.NotSupported, message);

    public static CimException Of(NativeErrorCode code, string message) => Of(new CimErrorData(message) { NativeErrorCode = code });

    /// <summary>A computer that may not be called is, to a script, one that is not there.</summary>
    public static CimException UnknownName(string message) => Of(CimErrors.OfUnknownName(message));

    private static CimException Of(CimErrorData error) => OperatingSystem.IsWindows() ? new CimException(error.Message) : Services.Objects.Exception(error);
}
