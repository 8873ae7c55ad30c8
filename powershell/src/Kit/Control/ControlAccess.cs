using System;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>Where the control API of an endpoint is, and what lets one in.</summary>
/// <param name="Fingerprint">SHA-256 of its certificate, where it listens over TLS</param>
internal sealed record ControlAccess(Uri Url, string Token, string? Fingerprint)
{
    /// <summary>That of CIMULATOR_CONTROL_URL and CIMULATOR_CONTROL_TOKEN; null where they are not set.</summary>
    public static ControlAccess? FromEnvironment()
    {
        string? url = Environment.GetEnvironmentVariable("CIMULATOR_CONTROL_URL");
        string? token = Environment.GetEnvironmentVariable("CIMULATOR_CONTROL_TOKEN");
        return Uri.TryCreate(url, UriKind.Absolute, out Uri? at) && !string.IsNullOrEmpty(token)
            ? new ControlAccess(at, token, Environment.GetEnvironmentVariable("CIMULATOR_FINGERPRINT"))
            : null;
    }

    /// <summary>Shows no token: records print their members.</summary>
    public override string ToString() => Url.ToString();
}
