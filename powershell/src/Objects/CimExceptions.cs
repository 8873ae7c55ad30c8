using System;
using System.Collections.Generic;
using System.Linq;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects;

/// <summary>
/// Genuine CimExceptions. They are made by the constructor that takes a text: the one that takes a CimInstance frees it twice, which ends
/// the process, with a libmi as well as with tables.
/// </summary>
internal static class CimExceptions
{
    private const string ErrorClass = "MSFT_WmiError";

    internal static CimException New(CimErrorData error, CimInstance? errorData)
    {
        CimException exception = new(error.Message, error.Inner);
        Library.SetProperty(exception, typeof(CimException), nameof(CimException.NativeErrorCode), error.NativeErrorCode);
        if (errorData is not null)
        {
            Library.Field(typeof(CimException), "_errorData").SetValue(exception, errorData);
        }

        return exception;
    }

    /// <summary>
    /// The MSFT_WmiError that came, or a new one, with what was told beside it put where it had nothing; null where there is a message alone,
    /// as of calls that no server answered.
    /// </summary>
    internal static InstanceData? ErrorInstance(CimErrorData error)
    {
        if (error is { ErrorData: null, MessageId: null, StatusCode: 0, ErrorType: 0, ErrorSource: null })
        {
            return null;
        }

        InstanceData data = error.ErrorData is { } came ? Copies.Of(came) : new InstanceData { ClassName = ErrorClass };
        Complete(data, "CIMStatusCode", CimType.UInt32, error.StatusCode == 0 ? null : error.StatusCode);
        Complete(data, "ErrorSource", CimType.String, error.ErrorSource);
        Complete(data, "ErrorType", CimType.UInt16, error.ErrorType == 0 ? null : error.ErrorType);
        Complete(data, "Message", CimType.String, error.Message);
        Complete(data, "MessageID", CimType.String, error.MessageId);
        return data;
    }

    internal static CimErrorData Read(CimException exception, InstanceData data) => new(exception.Message)
    {
        NativeErrorCode = exception.NativeErrorCode,
        MessageId = exception.MessageId,
        StatusCode = exception.StatusCode,
        ErrorType = exception.ErrorType,
        ErrorSource = exception.ErrorSource,
        ErrorData = data,
        Inner = exception.InnerException,
    };

    private static void Complete(InstanceData data, string name, CimType type, object? value)
    {
        if (value is null)
        {
            return;
        }

        if (InstanceState.Find(data, name) is not { } property)
        {
            data.Properties.Add(new PropertyData { Name = name, Type = type, Value = value });
        }
        else if (property.Value is null && property.Type == type)
        {
            InstanceState.Set(data, property, value, notModified: true);
        }
    }
}
