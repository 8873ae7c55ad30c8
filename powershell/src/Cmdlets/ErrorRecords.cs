using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;
using Cimulator.PowerShell.Model;
using Cimulator.PowerShell.Objects;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>Error records as Microsoft's cmdlets write them; PowerShell itself completes the id by the name of the cmdlet's class.</summary>
internal static class ErrorRecords
{
    /// <param name="error">What an operation met.</param>
    /// <param name="source">The instance, or `namespace:class`, that it was about; null where Microsoft's cmdlets name none.</param>
    /// <param name="computerName">Null for the default endpoint.</param>
    public static ErrorRecord Of(CimException error, object? source, string? computerName)
    {
        CimErrorData? told = CimObjects.ErrorOf(error);
        ErrorRecord record = new(error, told?.MessageId ?? $"MiClientApiError_{error.NativeErrorCode}", CategoryOf(error, told), source);
        if (!string.IsNullOrEmpty(told?.ErrorSource))
        {
            record.CategoryInfo.TargetName = told.ErrorSource;
        }

        return computerName is null ? record : new RemotingErrorRecord(record, new OriginInfo(computerName, Guid.Empty));
    }

    private static ErrorCategory CategoryOf(CimException error, CimErrorData? told)
    {
        ErrorCategory said = told?.ErrorData is null ? ErrorCategory.NotSpecified : Said(told.ErrorData);
        return said == ErrorCategory.NotSpecified ? OfCode(error.NativeErrorCode) : said;
    }

    private static ErrorCategory Said(InstanceData error)
    {
        object? value = error.Properties.FirstOrDefault(property => property.Name.Equals("error_Category", StringComparison.OrdinalIgnoreCase))?.Value;
        return value is IConvertible number and not string && Enum.IsDefined(typeof(ErrorCategory), number.ToInt32(CultureInfo.InvariantCulture))
            ? (ErrorCategory)number.ToInt32(CultureInfo.InvariantCulture)
            : ErrorCategory.NotSpecified;
    }

    private static ErrorCategory OfCode(NativeErrorCode code) => code switch
    {
        NativeErrorCode.AccessDenied => ErrorCategory.PermissionDenied,
        NativeErrorCode.InvalidParameter or NativeErrorCode.InvalidQuery or NativeErrorCode.InvalidOperationTimeout => ErrorCategory.InvalidArgument,
        NativeErrorCode.NotFound => ErrorCategory.ObjectNotFound,
        NativeErrorCode.AlreadyExists => ErrorCategory.ResourceExists,
        NativeErrorCode.TypeMismatch => ErrorCategory.InvalidType,
        NativeErrorCode.NotSupported or NativeErrorCode.QueryLanguageNotSupported or NativeErrorCode.FilteredEnumerationNotSupported
            or NativeErrorCode.ContinuationOnErrorNotSupported => ErrorCategory.NotImplemented,
        NativeErrorCode.InvalidNamespace or NativeErrorCode.InvalidClass or NativeErrorCode.ClassHasChildren or NativeErrorCode.ClassHasInstances
            or NativeErrorCode.InvalidSuperClass or NativeErrorCode.NoSuchProperty or NativeErrorCode.MethodNotAvailable or NativeErrorCode.MethodNotFound
            or NativeErrorCode.NamespaceNotEmpty or NativeErrorCode.InvalidEnumerationContext => ErrorCategory.MetadataError,
        NativeErrorCode.ServerLimitsExceeded => ErrorCategory.ResourceBusy,
        NativeErrorCode.ServerIsShuttingDown => ErrorCategory.ResourceUnavailable,
        NativeErrorCode.PullHasBeenAbandoned => ErrorCategory.OperationStopped,
        NativeErrorCode.PullCannotBeAbandoned => ErrorCategory.CloseError,
        _ => ErrorCategory.NotSpecified,
    };
}
