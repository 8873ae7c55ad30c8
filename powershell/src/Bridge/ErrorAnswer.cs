using System;
using System.Text.Json;
using Cimulator.PowerShell.Model;

namespace Cimulator.PowerShell.Bridge;

/// <summary>An error as the bridge tells it; null members were not there.</summary>
internal sealed record ErrorAnswer(string Kind, string Message)
{
    public int? CimStatus { get; init; }

    public uint? WindowsCode { get; init; }

    public InstanceData? ErrorData { get; init; }

    public string? Failure { get; init; }

    public string? Reason { get; init; }

    public static ErrorAnswer Read(BridgeLine line)
    {
        Utf8JsonReader reader = line.Reader();
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        JsonElement json = document.RootElement;
        return new ErrorAnswer(Text(json, "kind") ?? "transport", Text(json, "message") ?? "the bridge gave no message")
        {
            CimStatus = json.TryGetProperty("cimStatus", out JsonElement status) ? status.GetInt32() : null,
            WindowsCode = json.TryGetProperty("windowsCode", out JsonElement code) ? code.GetUInt32() : null,
            ErrorData = json.TryGetProperty("errorData", out JsonElement data) && data.ValueKind == JsonValueKind.Object ? ReadData(data) : null,
            Failure = Text(json, "failure"),
            Reason = Text(json, "reason"),
        };
    }

    private static InstanceData ReadData(JsonElement json)
    {
        Utf8JsonReader reader = new(System.Text.Encoding.UTF8.GetBytes(json.GetRawText()));
        reader.Read();
        return new InstanceReader(null, (_, _) => null).ReadObject(ref reader);
    }

    private static string? Text(JsonElement json, string member) => json.TryGetProperty(member, out JsonElement text) ? text.GetString() : null;
}

/// <summary>A call ended with an error.</summary>
internal sealed class BridgeAnswerException(ErrorAnswer answer) : Exception(answer.Message)
{
    public ErrorAnswer Answer => answer;
}
