using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>Whether an endpoint received the calls that a test expects.</summary>
/// <param name="Filter">JSON, a filter of the control API</param>
/// <param name="Times">so many at least, or exactly</param>
internal sealed record ReceivedCalls(byte[] Filter, int Times, bool Exactly, bool Not, string? Because)
{
    /// <summary>The control API gives no more at once.</summary>
    private const int MostCalls = 10_000;
    private const int MostNear = 2;
    private const int MostListed = 5;

    /// <summary>Those that a filter means, oldest first, without those of tests that have ended.</summary>
    /// <param name="last">so many of the last ones</param>
    /// <param name="knownNames">whether a name that the endpoint does not have is an error, with the nearest: nothing is proved by its absence</param>
    /// <exception cref="ControlException" />
    public static IReadOnlyList<JsonElement> Find(ControlAccess access, byte[]? filter, bool soap, CancellationToken cancellation, int last = MostCalls, bool knownNames = false)
    {
        TestScopes? scopes = TestScopes.Find(access);
        byte[] body = PlainJson.Bytes(writer =>
        {
            if (filter is not null)
            {
                writer.WritePropertyName("filter"u8);
                writer.WriteRawValue(filter);
            }

            writer.WriteNumber("limit"u8, scopes is null ? last : MostCalls);
            writer.WriteBoolean("soap"u8, soap);
            writer.WriteBoolean("knownNames"u8, knownNames);
        });
        IEnumerable<JsonElement> found = ControlClient.Of(access).Send(HttpMethod.Post, "/v1/requests/find", body, cancellation).GetProperty("requests").EnumerateArray();
        return (scopes is null ? found : found.Where(call => !scopes.HasPassed(call)).TakeLast(last)).ToArray();
    }

    /// <returns>what the test says when it fails; null when all is as expected</returns>
    /// <exception cref="ControlException" />
    public string? Problem(ControlAccess access, CancellationToken cancellation)
    {
        IReadOnlyList<JsonElement> found = Find(access, Filter, soap: false, cancellation, knownNames: Not || Times == 0);
        bool isMet = Exactly || Times == 0 ? found.Count == Times : found.Count >= Times;
        if (isMet != Not)
        {
            return null;
        }

        using JsonDocument wanted = JsonDocument.Parse(Filter);
        string because = Because is null ? "" : $", because {Because.Trim()}";
        string text = $"Expected {Expected()}{because}, but {(found.Count == 0 ? "none came" : $"{found.Count} came")}: {Described(wanted.RootElement)}";
        if (found.Count > 0)
        {
            text += $"\nThose that came:{string.Concat(found.TakeLast(MostListed).Select(call => "\n  " + CallText.Line(call)))}";
        }

        return Not || found.Count > Times ? text : text + Near(Find(access, null, soap: false, cancellation), wanted.RootElement);
    }

    private static string Near(IReadOnlyList<JsonElement> all, JsonElement wanted)
    {
        if (all.Count == 0)
        {
            return "\nThe endpoint received no call at all.";
        }

        string near = CallComparison.Nearest(all, wanted, MostNear);
        return near.Length == 0 ? "" : $"\nThe nearest of {all.Count}:{near}";
    }

    private string Expected()
    {
        string times = $"{Times} {(Times == 1 ? "call" : "calls")}";
        return (Not, Exactly || Times == 0) switch
        {
            (true, true) => $"not {times}",
            (true, false) => Times == 1 ? "no call" : $"fewer than {times}",
            (false, true) => $"exactly {times}",
            _ => $"at least {times}",
        };
    }

    /// <summary>`StartService on Win32_Service with Key {"Name":"Spooler"}`</summary>
    private static string Described(JsonElement wanted)
    {
        (string Member, string Word)[] words = [("method", ""), ("class", "on "), ("operation", "by "), ("namespace", "in "), ("selectors", "with Key "), ("input", "with Argument "), ("user", "from "), ("host", "at "), ("outcome", "ending "), ("returnValue", "returning "), ("fault", "with fault ")];
        StringBuilder text = new();
        foreach ((string member, string word) in words)
        {
            if (wanted.TryGetProperty(member, out JsonElement value))
            {
                text.Append(text.Length > 0 ? " " : "").Append(word).Append(value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText());
            }
        }

        return text.Length == 0 ? "any call" : text.ToString();
    }
}
