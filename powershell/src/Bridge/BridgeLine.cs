using System;
using System.IO;
using System.Text.Json;

namespace Cimulator.PowerShell.Bridge;

internal enum LineKind
{
    Items,
    Verbose,
    Result,
    Error,
    Fatal,
}

/// <summary>A line of the bridge: its head is read by the thread that reads, its value by whoever waits for it.</summary>
/// <param name="Value">where in the line the value begins</param>
internal readonly record struct BridgeLine(int Id, LineKind Kind, byte[] Json, int Value)
{
    public bool IsLast => Kind is LineKind.Result or LineKind.Error;

    /// <exception cref="InvalidDataException">It is none that the protocol has.</exception>
    public static BridgeLine Parse(byte[] json)
    {
        try
        {
            Utf8JsonReader reader = new(json);
            reader.Read();
            reader.Read();
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("fatal"u8))
            {
                return new BridgeLine(0, LineKind.Fatal, json, (int)reader.BytesConsumed);
            }

            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("id"u8) && reader.Read() && reader.TryGetInt32(out int id) && reader.Read())
            {
                return new BridgeLine(id, KindOf(ref reader), json, (int)reader.BytesConsumed);
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"a line is no JSON ({error.Message})", error);
        }

        throw new InvalidDataException("a line begins neither with an id nor with a reason");
    }

    /// <summary>At the beginning of the value.</summary>
    public Utf8JsonReader Reader()
    {
        Utf8JsonReader reader = new(Json.AsSpan(Value));
        reader.Read();
        return reader;
    }

    private static LineKind KindOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("items"u8))
        {
            return LineKind.Items;
        }

        if (reader.ValueTextEquals("verbose"u8))
        {
            return LineKind.Verbose;
        }

        if (reader.ValueTextEquals("result"u8))
        {
            return LineKind.Result;
        }

        return reader.ValueTextEquals("error"u8) ? LineKind.Error : throw new InvalidDataException($"a line has an unknown member {reader.GetString()}");
    }
}
