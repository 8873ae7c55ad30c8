using System;
using System.Net;
using System.Net.Http;
using Cimulator.PowerShell.Bridge;
using Microsoft.Management.Infrastructure;
using Microsoft.Management.Infrastructure.Options;

namespace Cimulator.PowerShell.Targets;

/// <summary>
/// The proxy of a connection. The kinds of -ProxyType are three places where Windows keeps its settings; here they all mean the
/// environment: http_proxy, https_proxy, all_proxy and no_proxy.
/// </summary>
internal static class Proxies
{
    /// <returns>null where none is wanted, or none is set for this host</returns>
    /// <exception cref="CimException">A way to sign in at the proxy that is not supported.</exception>
    public static BridgeProxy? Of(Uri url, CimulatorSessionOptions options)
    {
        if (options.ProxyCertificateThumbprint is not null)
        {
            throw Refused.NotSupported("-ProxyCertificateThumbprint is not supported here: a proxy is asked with -ProxyCredential, or with nothing.");
        }

        if (options.ProxyAuthentication is not (PasswordAuthenticationMechanism.Default or PasswordAuthenticationMechanism.Basic))
        {
            throw Refused.NotSupported($"-ProxyAuthentication {options.ProxyAuthentication} is not supported here: Basic is.");
        }

        if (!options.WantsProxy)
        {
            return null;
        }

        IWebProxy system = HttpClient.DefaultProxy;
        Uri? proxy = system.IsBypassed(url) ? null : system.GetProxy(url);
        if (proxy is null || proxy == url)
        {
            return null;
        }

        NetworkCredential? account = options.ProxyCredential?.GetNetworkCredential() ?? system.Credentials?.GetCredential(proxy, "Basic");
        bool hasAccount = !string.IsNullOrEmpty(account?.UserName);
        if (options.ProxyAuthentication == PasswordAuthenticationMechanism.Basic && !hasAccount)
        {
            throw Refused.Of(NativeErrorCode.InvalidParameter, "-ProxyAuthentication Basic needs -ProxyCredential.");
        }

        return new BridgeProxy(proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped))
        {
            User = hasAccount ? account!.UserName : null,
            Password = hasAccount ? account!.Password : null,
        };
    }
}
