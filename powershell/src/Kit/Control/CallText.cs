using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>Exchanges of the control API as lines for people.</summary>
internal static class CallText
{
    /// <summary>`#3 Invoke Win32_Service.StartService of {"Name":"Spooler"} {} by ci → 7`</summary>
    public static string Line(JsonElement call)
    {
        string subject = string.Join('.', new[] { Text(call, "class"), Text(call, "method") }.Where(name => name is not null));
        IEnumerable<string?> words =
        [
            $"#{call.GetProperty("number").GetInt64()}",
            Text(call, "operation") ?? "unreadable",
            subject.Length == 0 ? null : subject,
            call.TryGetProperty("selectors", out JsonElement keys) ? $"of {keys.GetRawText()}" : null,
            call.TryGetProperty("input", out JsonElement input) ? input.GetRawText() : null,
            $"by {Text(call, "user") ?? "nobody"}",
            $"→ {EndOf(call)}",
        ];
        return string.Join(' ', words.Where(word => word is not null));
    }

    /// <summary>A member as text; null where it is missing.</summary>
    public static string? Text(JsonElement call, string name) => call.TryGetProperty(name, out JsonElement value) ? value.ToString() : null;

    private static string EndOf(JsonElement call)
    {
        string ended = Text(call, "fault") ?? Text(call, "returnValue") ?? Text(call, "outcome") ?? "unfinished";
        return Text(call, "returnLabel") is { } label ? $"{ended} ({label})" : ended;
    }
}
