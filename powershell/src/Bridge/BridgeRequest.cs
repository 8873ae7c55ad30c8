using System;
using System.Buffers;
using System.Text.Json;

namespace Cimulator.PowerShell.Bridge;

/// <summary>The lines that the module writes.</summary>
internal static class BridgeRequest
{
    /// <param name="members">writes what the operation wants beside the connection</param>
    public static ReadOnlyMemory<byte> Call(int id, string operation, string connection, Action<Utf8JsonWriter>? members) =>
        Line(writer =>
        {
            writer.WriteNumber("id"u8, id);
            writer.WriteString("do"u8, operation);
            writer.WriteString("connection"u8, connection);
            members?.Invoke(writer);
        });

    public static ReadOnlyMemory<byte> Cancel(int id) => Line(writer => writer.WriteNumber("cancel"u8, id));

    public static ReadOnlyMemory<byte> More(int id, int items) =>
        Line(writer =>
        {
            writer.WriteNumber("id"u8, id);
            writer.WriteNumber("more"u8, items);
        });

    private static ReadOnlyMemory<byte> Line(Action<Utf8JsonWriter> members)
    {
        ArrayBufferWriter<byte> buffer = new(512);
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }
}
