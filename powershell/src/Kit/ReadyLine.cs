using System;
using System.Collections.Generic;
using System.Text.Json;
using Cimulator.PowerShell.Kit.Control;

namespace Cimulator.PowerShell.Kit;

/// <summary>What `cimulator serve --ready-json` prints once it listens (docs/clients.md).</summary>
internal sealed record ReadyLine(Uri Http, Uri? Https, string? Fingerprint, ControlAccess? Control, IReadOnlyList<HostFacts> Hosts)
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
                json.TryGetProperty("fingerprint", out JsonElement fingerprint) ? fingerprint.GetString() : null,
                json.TryGetProperty("control", out JsonElement control) && json.TryGetProperty("controlToken", out JsonElement token)
                    ? new ControlAccess(new Uri(control.GetString()!), token.GetString()!, null)
                    : null,
                HostFacts.Read(json));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or UriFormatException)
        {
            throw new FormatException($"'{line}' does not say where the endpoint listens", error);
        }
    }
}
