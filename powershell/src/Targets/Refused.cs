using System;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Targets;

/// <summary>Errors of calls that were never sent. On Windows, where genuine objects are Microsoft's, they have a message alone.</summary>
internal static class Refused
{
    public static CimException NotSupported(string message) => Of(NativeErrorCode.NotSupported, message);

    public static CimException Of(NativeErrorCode code, string message) => OperatingSystem.IsWindows() ? new CimException(message) : Services.Objects.Exception(new CimErrorData(message) { NativeErrorCode = code });
}
