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
    public new bool UseSsl { get; set; }

    /// <summary>False with -SkipCACheck; likewise the next two.</summary>
    public new bool CertCACheck { get; set; } = true;

    public new bool CertCNCheck { get; set; } = true;

    public new bool CertRevocationCheck { get; set; } = true;

    /// <summary>What stands behind the port in the URL; `wsman` without it.</summary>
    public new Uri? HttpUrlPrefix { get; set; }

    public new bool NoEncryption { get; set; }

    public new PacketEncoding PacketEncoding { get; set; }

    /// <summary>In kilobytes.</summary>
    public new uint? MaxEnvelopeSize { get; set; }

    public new bool EncodePortInServicePrincipalName { get; set; }

    /// <summary>None where no proxy was asked for.</summary>
    public new ProxyType ProxyType { get; set; }

    public PasswordAuthenticationMechanism ProxyAuthentication { get; set; }

    public PSCredential? ProxyCredential { get; set; }

    public string? ProxyCertificateThumbprint { get; set; }

    public new CultureInfo? Culture { get; set; }

    public new CultureInfo? UICulture { get; set; }
}
