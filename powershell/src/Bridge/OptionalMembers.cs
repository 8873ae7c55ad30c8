using System.Text.Json;

namespace Cimulator.PowerShell.Bridge;

/// <summary>Members of a request that are left out where they say nothing (docs/bridge.md).</summary>
internal static class OptionalMembers
{
    public static void Text(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    public static void Flag(Utf8JsonWriter writer, string name, bool value)
    {
        if (value)
        {
            writer.WriteBoolean(name, value);
        }
    }

    public static void Number(Utf8JsonWriter writer, string name, uint? value)
    {
        if (value is not null)
        {
            writer.WriteNumber(name, value.Value);
        }
    }
}
