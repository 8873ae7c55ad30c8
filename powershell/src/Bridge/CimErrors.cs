using System;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Bridge;

/// <summary>What a CimException tells of an error that the bridge answered, or of the bridge itself.</summary>
internal static class CimErrors
{
    private const uint TimedOut = 0x80338029;
    private const uint NothingListens = 0x80338012;
    private const uint NameNotResolved = 0x803381b9;
    private const uint NotSignedIn = 0x80070005;

    public static CimErrorData Of(ErrorAnswer answer) => answer.Kind switch
    {
        "cim" => OfStatus(answer),
        "wsman" => OfFault(answer.Message, MessageIdOf(answer.WindowsCode)),
        "usage" => new CimErrorData(answer.Message) { NativeErrorCode = NativeErrorCode.InvalidParameter },
        _ => OfTransport(answer),
    };

    public static CimErrorData Of(Exception error) => error switch
    {
        BridgeAnswerException answered => Of(answered.Answer),
        InvalidDataException => new CimErrorData($"An answer of the bridge is not understood: {error.Message}.") { Inner = error },
        _ => new CimErrorData(Sentence(error.Message)) { Inner = error },
    };

    private static CimErrorData OfStatus(ErrorAnswer answer)
    {
        InstanceData data = answer.ErrorData ?? new InstanceData { ClassName = "MSFT_WmiError" };
        NativeErrorCode native = Enum.IsDefined((NativeErrorCode)(answer.CimStatus ?? 1)) ? (NativeErrorCode)(answer.CimStatus ?? 1) : NativeErrorCode.Failed;
        Complete(data, "CIMStatusCode", CimType.UInt32, (uint)(answer.CimStatus ?? 1));
        Complete(data, "Message", CimType.String, answer.Message);
        if (answer.WindowsCode is { } code)
        {
            Complete(data, "MessageID", CimType.String, MessageIdOf(code));
            Complete(data, "error_Code", CimType.UInt32, code);
            Complete(data, "error_Type", CimType.String, "HRESULT");
        }

        return new CimErrorData(answer.Message)
        {
            NativeErrorCode = native,
            MessageId = Find(data, "MessageID")?.Value as string,
            StatusCode = Number(Find(data, "CIMStatusCode")),
            ErrorType = (ushort)Number(Find(data, "ErrorType")),
            ErrorSource = Find(data, "ErrorSource")?.Value as string,
            ErrorData = data,
        };
    }

    /// <summary>A name that leads to no computer: what WinRM says of one that DNS does not know.</summary>
    public static CimErrorData OfUnknownName(string message) => OfConnection(message, NameNotResolved);

    /// <summary>A fault of WS-Management that has no CIM status: libmi makes an OMI_Error of two members of it.</summary>
    private static CimErrorData OfFault(string message, string? messageId) => new(message)
    {
        MessageId = messageId,
        ErrorData = messageId is null
            ? null
            : new InstanceData
            {
                ClassName = "OMI_Error",
                Properties = [Property("MessageID", CimType.String, messageId), Property("Message", CimType.String, message)],
            },
    };

    private static CimErrorData OfTransport(ErrorAnswer answer) => answer.Failure switch
    {
        "timeout" => OfFault(Sentence(answer.Message), MessageIdOf(TimedOut)),
        "unauthorized" => OfConnection(Sentence(answer.Message), NotSignedIn, NativeErrorCode.AccessDenied, ErrorCategory.PermissionDenied),
        "dns" => OfUnknownName(Sentence(answer.Message)),
        "refused" or "connect" or "closed" => OfConnection(Sentence(answer.Message), NothingListens),
        _ => new CimErrorData(Sentence(answer.Message)),
    };

    /// <summary>No connection came about: scripts look for the category, for the status, or for the code in the id.</summary>
    private static CimErrorData OfConnection(
        string message,
        uint code,
        NativeErrorCode native = NativeErrorCode.Failed,
        ErrorCategory category = ErrorCategory.ConnectionError)
    {
        CimErrorData error = OfFault(message, MessageIdOf(code)) with { NativeErrorCode = native, StatusCode = (uint)native };
        error.ErrorData!.Properties.Add(Property("CIMStatusCode", CimType.UInt32, (uint)native));
        error.ErrorData.Properties.Add(Property("error_Category", CimType.UInt16, (ushort)category));
        return error;
    }

    /// <summary>Adds a member of MSFT_WmiError where the server left it out.</summary>
    private static void Complete(InstanceData data, string name, CimType type, object? value)
    {
        PropertyData? known = Find(data, name);
        if (known is null)
        {
            data.Properties.Add(Property(name, type, value));
        }
        else if (known.Value is null)
        {
            known.Type = type;
            known.Value = value;
            known.Flags &= ~CimFlags.NullValue;
        }
    }

    private static PropertyData? Find(InstanceData data, string name) =>
        data.Properties.Find(property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase));

    private static PropertyData Property(string name, CimType type, object? value) => new()
    {
        Name = name,
        Type = type,
        Value = value,
        Flags = CimFlags.Property | CimFlags.NotModified,
    };

    private static uint Number(PropertyData? property) => property?.Value is IConvertible value and not string ? Convert.ToUInt32(value, CultureInfo.InvariantCulture) : 0;

    private static string? MessageIdOf(uint? code) => code is null ? null : string.Create(CultureInfo.InvariantCulture, $"HRESULT 0x{code:x8}");

    /// <summary>Messages of the bridge are lines of a log, those of errors sentences.</summary>
    private static string Sentence(string line) => line.Length == 0 || ".!?".Contains(line[^1], StringComparison.Ordinal) ? line : line + ".";
}
