using System;
using System.Globalization;
using System.Management.Automation;
using Microsoft.Management.Infrastructure.Options;

namespace Cimulator.PowerShell.Targets;

/// <summary>
/// What New-CimSessionOption makes for WSMan. It passes for Microsoft's WSManSessionOptions, whose own members need a native library and
/// cannot be read back; these hide them. A null member was not given.
/// </summary>
public sealed class CimulatorSessionOptions : WSManSessionOptions
{
    private ProxyType? _proxyType;

    public new bool UseSsl { get; set; }

    /// <summary>False with -SkipCACheck; likewise the next two.</summary>
    public new bool CertCACheck { get; set; } = true;

    public new bool CertCNCheck { get; set; } = true;

    public new bool CertRevocationCheck { get; set; } = true;

    /// <summary>What stands behind the port in the URL; `wsman` without it.</summary>
    public new Uri? HttpUrlPrefix { get; set; }

    public new bool NoEncryption { get; set; }

    public new PacketEncoding PacketEncoding { get; set; } = PacketEncoding.Utf8;

    /// <summary>In kilobytes; 0 leaves it to the client.</summary>
    public new uint MaxEnvelopeSize { get; set; }

    /// <summary>Always 0: New-CimSession has the port.</summary>
    public new uint DestinationPort { get; }

    public new bool EncodePortInServicePrincipalName { get; set; }

    /// <summary>WinHttp where nothing was said of a proxy: that alone asks for none here.</summary>
    public new ProxyType ProxyType
    {
        get => _proxyType ?? ProxyType.WinHttp;
        set => _proxyType = value;
    }

    internal bool WantsProxy => _proxyType is not (null or ProxyType.None);

    public PasswordAuthenticationMechanism ProxyAuthentication { get; set; }

    public PSCredential? ProxyCredential { get; set; }

    public string? ProxyCertificateThumbprint { get; set; }

    public new CultureInfo? Culture { get; set; }

    public new CultureInfo? UICulture { get; set; }
}
