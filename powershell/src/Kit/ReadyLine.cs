using System;
using System.Collections.Generic;
using System.Text.Json;

namespace Cimulator.PowerShell.Kit;

/// <summary>What `cimulator serve --ready-json` prints once it listens (docs/clients.md).</summary>
internal sealed record ReadyLine(Uri Http, Uri? Https, string? Fingerprint)
{
    /// <exception cref="FormatException">The line is another.</exception>
    public static ReadyLine Parse(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement json = document.RootElement;
            return new ReadyLine(
                new Uri(json.GetProperty("http").GetString()!),
                json.TryGetProperty("https", out JsonElement https) ? new Uri(https.GetString()!) : null,
                json.TryGetProperty("fingerprint", out JsonElement fingerprint) ? fingerprint.GetString() : null);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or UriFormatException)
        {
            throw new FormatException($"'{line}' does not say where the endpoint listens", error);
        }
    }
}
