using System;
using System.Globalization;
using System.Management.Automation;
using Cimulator.PowerShell.Cmdlets;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Cdxml;

/// <summary>Errors of cdxml cmdlets, with the ids that Windows' adapter gives them; PowerShell adds the cmdlet's name.</summary>
internal static class CdxmlError
{
    internal static ErrorRecord NotFound(NoMatch one, string className)
    {
        string how = one.IsPattern ? "matching" : "equal to";
        string text = string.Format(
            CultureInfo.InvariantCulture,
            "No {0} objects found with property '{1}' {2} '{3}'.  Verify the value of the property and retry.",
            className,
            one.PropertyName,
            how,
            one.Value);
        return new ErrorRecord(new ItemNotFoundException(text), $"CmdletizationQuery_NotFound_{one.PropertyName}", ErrorCategory.ObjectNotFound, one.Value)
        {
            CategoryInfo = { TargetType = className },
        };
    }

    internal static ErrorRecord NothingFound(string query, string className) => new(
        new ItemNotFoundException($"No matching {className} objects found by {query}. Verify query parameters and retry."),
        "CmdletizationQuery_NotFound",
        ErrorCategory.ObjectNotFound,
        className);

    internal static ErrorRecord FromReturnValue(string methodName, string code) => new(
        new CimMethodException($"The CIM method returned the following error code: {code}"),
        $"CimJob_{methodName}_{code}",
        ErrorCategory.InvalidResult,
        methodName);

    /// <summary>What an operation threw: the id is the endpoint's own where it gave one.</summary>
    internal static ErrorRecord FromException(Exception exception, string? computerName) => exception switch
    {
        CimException cim => ErrorRecords.Of(cim, null, computerName),
        RuntimeException { ErrorRecord: { } own } => own,
        _ => new ErrorRecord(exception, exception.GetType().Name, ErrorCategory.NotSpecified, computerName),
    };
}

/// <summary>A method of a cdxml cmdlet returned what its module calls an error.</summary>
public sealed class CimMethodException : InvalidOperationException
{
    public CimMethodException()
    {
    }

    public CimMethodException(string message)
        : base(message)
    {
    }

    public CimMethodException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
