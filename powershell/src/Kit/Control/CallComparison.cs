using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>How near a call is to the one that was expected: the parts that differ, each with its weight.</summary>
internal sealed record CallComparison(JsonElement Call, IReadOnlyList<(string Text, int Weight)> Differences)
{
    private static readonly (string Name, int Weight)[] s_members =
        [("method", 16), ("class", 8), ("operation", 8), ("namespace", 4), ("user", 2), ("host", 2), ("outcome", 2), ("returnValue", 2), ("fault", 2)];

    public int Distance => Differences.Sum(difference => difference.Weight);

    /// <param name="wanted">a filter of the control API</param>
    public static CallComparison Of(JsonElement call, JsonElement wanted)
    {
        List<(string, int)> differences = [];
        foreach ((string name, int weight) in s_members)
        {
            if (wanted.TryGetProperty(name, out JsonElement value) && !IsMet(call, name, value))
            {
                differences.Add((Difference(name, Text(call, name), value), weight));
            }
        }

        foreach (string name in new[] { "selectors", "input" })
        {
            if (wanted.TryGetProperty(name, out JsonElement values))
            {
                differences.AddRange(ValuesOf(call, name, values).Select(text => (text, 1)));
            }
        }

        return new CallComparison(call, differences);
    }

    /// <summary>The nearest ones, the later first where they are equal, with what differs.</summary>
    public static string Nearest(IReadOnlyList<JsonElement> calls, JsonElement wanted, int most)
    {
        StringBuilder text = new();
        IEnumerable<CallComparison> near = calls.Reverse().Select(call => Of(call, wanted)).Where(one => one.Differences.Count > 0).OrderBy(one => one.Distance).Take(most);
        foreach (CallComparison one in near)
        {
            text.Append("\n  ").Append(CallText.Line(one.Call));
            foreach ((string difference, _) in one.Differences)
            {
                text.Append("\n      ").Append(difference);
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> ValuesOf(JsonElement call, string member, JsonElement wanted)
    {
        Dictionary<string, string> found = call.TryGetProperty(member, out JsonElement values) && values.ValueKind == JsonValueKind.Object
            ? values.EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetRawText(), StringComparer.OrdinalIgnoreCase)
            : [];
        foreach (JsonProperty value in wanted.EnumerateObject())
        {
            string? there = found.GetValueOrDefault(value.Name);
            if (!IsSame(there, value.Value.GetRawText()))
            {
                yield return Difference($"{(member == "selectors" ? "Key" : "Argument")}.{value.Name}", there, value.Value);
            }
        }
    }

    /// <summary>Of several that are wanted one is enough.</summary>
    private static bool IsMet(JsonElement call, string name, JsonElement wanted)
    {
        IEnumerable<JsonElement> any = wanted.ValueKind == JsonValueKind.Array ? wanted.EnumerateArray() : [wanted];
        string? label = name == "returnValue" ? Text(call, "returnLabel") : null;
        string[] operations = name == "operation" && call.TryGetProperty("cimOperations", out JsonElement more) ? more.EnumerateArray().Select(one => one.GetRawText()).ToArray() : [];
        return any.Any(one => IsSame(Text(call, name), one.GetRawText()) || IsSame(label, one.GetRawText()) || operations.Any(operation => IsSame(operation, one.GetRawText())));
    }

    /// <summary>Values as JSON; a number and its text are the same, and case counts for nothing.</summary>
    private static bool IsSame(string? found, string wanted) => found is not null && string.Equals(found.Trim('"'), wanted.Trim('"'), StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonElement call, string name) => call.TryGetProperty(name, out JsonElement value) ? value.GetRawText() : null;

    private static string Difference(string name, string? found, JsonElement wanted) => $"{name}: {found ?? "none"} where {wanted.GetRawText()} is expected";
}
