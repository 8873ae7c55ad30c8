using System.Text.Json;
using static Cimulator.PowerShell.Bridge.OptionalMembers;

namespace Cimulator.PowerShell.Bridge;

/// <summary>Where a connection goes and how it signs in: the `target` of docs/bridge.md. Null members are left out.</summary>
public sealed record BridgeTarget(string Url, string Authentication)
{
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>PEM; with <see cref="PrivateKey"/> for certificate authentication.</summary>
    public string? Certificate { get; init; }

    public string? PrivateKey { get; init; }

    /// <summary>SHA-256 of the only certificate that the server may have.</summary>
    public string? Fingerprint256 { get; init; }

    public bool SkipCACheck { get; init; }

    public bool SkipCNCheck { get; init; }

    public bool SkipRevocationCheck { get; init; }

    public bool AllowUnencrypted { get; init; }

    public string? Encoding { get; init; }

    public string? Culture { get; init; }

    public string? UiCulture { get; init; }

    public uint? MaxEnvelopeSizeKB { get; init; }

    public uint? OperationTimeoutSec { get; init; }

    public BridgeProxy? Proxy { get; init; }

    public bool SpnWithPort { get; init; }

    /// <summary>Names neither password nor key: records print their members.</summary>
    public override string ToString() => $"{Url} ({Authentication})";

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("target"u8);
        writer.WriteString("url"u8, Url);
        writer.WriteString("authentication"u8, Authentication);
        Text(writer, "user", User);
        Text(writer, "password", Password);
        Text(writer, "certificate", Certificate);
        Text(writer, "privateKey", PrivateKey);
        Text(writer, "fingerprint256", Fingerprint256);
        Flag(writer, "skipCACheck", SkipCACheck);
        Flag(writer, "skipCNCheck", SkipCNCheck);
        Flag(writer, "skipRevocationCheck", SkipRevocationCheck);
        Flag(writer, "allowUnencrypted", AllowUnencrypted);
        Text(writer, "encoding", Encoding);
        Text(writer, "culture", Culture);
        Text(writer, "uiCulture", UiCulture);
        Number(writer, "maxEnvelopeSizeKB", MaxEnvelopeSizeKB);
        Number(writer, "operationTimeoutSec", OperationTimeoutSec);
        if (Proxy is not null)
        {
            writer.WriteStartObject("proxy"u8);
            writer.WriteString("url"u8, Proxy.Url);
            writer.WriteString("authentication"u8, Proxy.User is null ? "none" : "basic");
            Text(writer, "user", Proxy.User);
            Text(writer, "password", Proxy.Password);
            writer.WriteEndObject();
        }

        Flag(writer, "spnWithPort", SpnWithPort);
        writer.WriteEndObject();
    }
}

/// <summary>An HTTP proxy; with an account, it is asked for by Basic.</summary>
public sealed record BridgeProxy(string Url)
{
    public string? User { get; init; }

    public string? Password { get; init; }

    public override string ToString() => Url;
}
