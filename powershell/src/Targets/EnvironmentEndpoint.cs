using System;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;

namespace Cimulator.PowerShell.Targets;

/// <summary>The endpoint of CIMULATOR_URL, with its account as the command line takes it: CIMULATOR_USER, CIMULATOR_PASSWORD, CIMULATOR_CLIENT_AUTH.</summary>
internal static class EnvironmentEndpoint
{
    /// <summary>Null where the variable is not set.</summary>
    /// <exception cref="FormatException">The variable holds no URL.</exception>
    public static Endpoint? Find()
    {
        string? text = Variable("CIMULATOR_URL");
        if (text is null)
        {
            return null;
        }

        Uri url = UrlOf(text);
        (string? user, string? password) = Account();
        return new Endpoint(url, user, password)
        {
            HttpsUrl = url.Scheme == Uri.UriSchemeHttps ? url : null,
            ComputerNames = [url.IdnHost, .. NameGuard.InheritedNames],
            AllowsOthers = true,
            Authentication = AuthenticationOf(user),
        };
    }

    /// <summary>A host alone is the port of WinRM there.</summary>
    private static Uri UrlOf(string text)
    {
        bool isUrl = text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        string full = isUrl ? text : IPAddress.TryParse(text, out IPAddress? address) && text.Contains(':', StringComparison.Ordinal) ? $"http://[{address}]" : $"http://{text}";
        if (!Uri.TryCreate(full, UriKind.Absolute, out Uri? url) || url.UserInfo.Length > 0)
        {
            throw new FormatException($"$env:CIMULATOR_URL is '{text}': expected a URL such as http://127.0.0.1:5985/wsman, without an account");
        }

        UriBuilder builder = new(url);
        if (!isUrl)
        {
            builder.Port = url.IsDefaultPort ? 5985 : url.Port;
            builder.Scheme = builder.Port == 5986 ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        }

        if (builder.Path is "" or "/")
        {
            builder.Path = "/wsman";
        }

        return builder.Uri;
    }

    /// <summary>CIMULATOR_USER is shared with the server, and may hold several accounts, each perhaps with its password: the first counts.</summary>
    private static (string? User, string? Password) Account()
    {
        string[] all = (Variable("CIMULATOR_USER") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string? first = all.Length == 1 ? Regex.Split(all[0], ",(?=[^,:]+:)")[0].Trim() : all.FirstOrDefault();
        if (first is null)
        {
            return (null, null);
        }

        int colon = first.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (first, Variable("CIMULATOR_PASSWORD") ?? "") : (first[..colon], first[(colon + 1)..]);
    }

    private static string AuthenticationOf(string? user) => Variable("CIMULATOR_CLIENT_AUTH")?.ToLowerInvariant() switch
    {
        "kerberos" => "kerberos",
        "basic" when user is not null => "basic",
        _ => user is null ? "none" : "negotiate",
    };

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
