using System;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using Cimulator.PowerShell.Bridge;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;
using Microsoft.Management.Infrastructure.Options;

namespace Cimulator.PowerShell.Targets;

/// <summary>A computer that speaks WinRM: URL, sign-in and the rest from what New-CimSession was told.</summary>
internal static class RealHost
{
    private const uint HttpPort = 5985;
    private const uint HttpsPort = 5986;

    /// <exception cref="CimException">Something was asked for that cannot be had off Windows, or does not fit together.</exception>
    public static BridgeTarget Target(string computerName, ConnectionRequest request)
    {
        CimulatorSessionOptions options = OptionsOf(request);
        Uri url = UrlOf(computerName, request.Port, options);
        BridgeTarget target = SignIn(url, request, options);
        return WithOptions(target, request, options) with
        {
            SkipCACheck = !options.CertCACheck,
            SkipCNCheck = !options.CertCNCheck,
            SkipRevocationCheck = !options.CertRevocationCheck,
            AllowUnencrypted = options.NoEncryption,
            SpnWithPort = options.EncodePortInServicePrincipalName,
            Proxy = Proxies.Of(url, options),
        };
    }

    /// <summary>What of the options is about messages, not about where they go.</summary>
    public static BridgeTarget WithOptions(BridgeTarget target, ConnectionRequest request, CimulatorSessionOptions options) => target with
    {
        Encoding = options.PacketEncoding switch
        {
            PacketEncoding.Utf8 => "utf-8",
            PacketEncoding.Utf16 => "utf-16",
            _ => null,
        },
        Culture = Name(options.Culture),
        UiCulture = Name(options.UICulture),
        MaxEnvelopeSizeKB = options.MaxEnvelopeSize > 0 ? options.MaxEnvelopeSize : null,
        OperationTimeoutSec = request.OperationTimeoutSec is > 0 ? request.OperationTimeoutSec : null,
    };

    /// <exception cref="CimException">DCOM: nobody speaks it off Windows.</exception>
    public static CimulatorSessionOptions OptionsOf(ConnectionRequest request) => request.SessionOption switch
    {
        CimulatorSessionOptions options => options,
        DComSessionOptions => throw Refused.NotSupported("DCOM is not to be had off Windows: use WSMan, which is New-CimSession's default."),
        _ => new CimulatorSessionOptions(),
    };

    /// <summary>`negotiate`, `kerberos` or `basic` for what -Authentication names; `negotiate` where it names nothing.</summary>
    /// <exception cref="CimException">Digest, CredSsp, NtlmDomain.</exception>
    public static string AuthenticationOf(string? authentication) => authentication?.ToUpperInvariant() switch
    {
        null or "DEFAULT" or "NEGOTIATE" => "negotiate",
        "KERBEROS" => "kerberos",
        "BASIC" => "basic",
        _ => throw Refused.NotSupported($"-Authentication {authentication} is not supported here: Negotiate, Kerberos and Basic are."),
    };

    private static Uri UrlOf(string computerName, uint? port, CimulatorSessionOptions options)
    {
        string host = computerName is "." ? "localhost" : computerName.Trim('[', ']');
        bool isIPv6 = IPAddress.TryParse(host, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6;
        if (!isIPv6 && Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            throw Refused.Of(NativeErrorCode.InvalidParameter, $"'{computerName}' is no name of a computer.");
        }

        uint number = port ?? (options.UseSsl ? HttpsPort : HttpPort);
        string scheme = options.UseSsl ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        string prefix = (options.HttpUrlPrefix?.OriginalString ?? "wsman").TrimStart('/');
        return number is > 0 and <= ushort.MaxValue
            ? new Uri(string.Create(CultureInfo.InvariantCulture, $"{scheme}://{(isIPv6 ? $"[{host}]" : host)}:{number}/{prefix}"))
            : throw Refused.Of(NativeErrorCode.InvalidParameter, $"There is no port {number}.");
    }

    private static BridgeTarget SignIn(Uri url, ConnectionRequest request, CimulatorSessionOptions options)
    {
        string authentication = AuthenticationOf(request.Authentication);
        if (request.CertificateThumbprint is not null)
        {
            return ByCertificate(url, request.CertificateThumbprint);
        }

        if (request.Credential is null || request.Credential == PSCredential.Empty)
        {
            return authentication == "basic"
                ? throw Refused.Of(NativeErrorCode.AccessDenied, $"-Authentication Basic for {url.Host} needs -Credential.")
                : new BridgeTarget(url.AbsoluteUri, "kerberos");
        }

        if (authentication == "kerberos")
        {
            throw Refused.NotSupported("Kerberos signs in with the ticket that 'kinit' got: leave -Credential away, or use -Authentication Negotiate.");
        }

        if (authentication == "basic" && url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback && !options.NoEncryption)
        {
            throw Refused.Of(NativeErrorCode.AccessDenied, $"Basic would send the password to {url.Host} in clear: use -UseSsl, or -NoEncryption if that is meant (New-CimSessionOption).");
        }

        return WithAccount(new BridgeTarget(url.AbsoluteUri, authentication), request.Credential);
    }

    public static BridgeTarget WithAccount(BridgeTarget target, PSCredential credential) => target with
    {
        User = credential.UserName.TrimStart('\\'),
        Password = new NetworkCredential("", credential.Password).Password,
    };

    public static BridgeTarget ByCertificate(Uri url, string thumbprint)
    {
        if (url.Scheme != Uri.UriSchemeHttps)
        {
            throw Refused.Of(NativeErrorCode.InvalidParameter, "A certificate signs in over HTTPS only: use -SessionOption (New-CimSessionOption -UseSsl).");
        }

        (string certificate, string key) = ClientCertificates.Find(thumbprint);
        return new BridgeTarget(url.AbsoluteUri, "certificate") { Certificate = certificate, PrivateKey = key };
    }

    private static string? Name(CultureInfo? culture) => culture is null || culture.Name.Length == 0 ? null : culture.Name;
}
