using System;
using System.Collections.Generic;
using System.Linq;
using Cimulator.PowerShell.Bridge;

namespace Cimulator.PowerShell.Targets;

/// <summary>What computer names may stand for: an endpoint that was started here, or the one of CIMULATOR_URL.</summary>
/// <param name="Url">the listener that calls go to when nothing else is asked for</param>
/// <param name="User">null where nobody signs in</param>
public sealed record Endpoint(Uri Url, string? User, string? Password)
{
    /// <summary>The HTTPS listener, where <see cref="Url"/> is another.</summary>
    public Uri? HttpsUrl { get; init; }

    /// <summary>SHA-256 of its certificate; null where the system's authorities vouch for it.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The names that it was given; the first is that of calls without a target.</summary>
    public IReadOnlyList<string> ComputerNames { get; init; } = [];

    /// <summary>The runspace that it belongs to.</summary>
    public Guid Owner { get; init; }

    /// <summary>It is a space of another, for its own runspace alone.</summary>
    public bool IsSpace { get; init; }

    /// <summary>Other names may be real computers while it runs.</summary>
    public bool AllowsOthers { get; init; }

    /// <summary>`negotiate`, `kerberos`, `basic` or `none`, for callers who ask for nothing.</summary>
    public string Authentication { get; init; } = "negotiate";

    /// <summary>What its instances say that they come from when a call named nothing.</summary>
    public string ServerName => ComputerNames.Count > 0 ? ComputerNames[0] : "localhost";

    public bool IsNamed(string computerName) => ComputerNames.Contains(computerName, StringComparer.OrdinalIgnoreCase);

    /// <summary>The listener of a port; null for a port that is not its own.</summary>
    public Uri? ListenerAt(uint port) => new[] { Url, HttpsUrl }.FirstOrDefault(url => url?.Port == port);

    /// <summary>Shows no password: records print their members.</summary>
    public override string ToString() => ComputerNames.Count == 0 ? Url.ToString() : $"{Url} ({string.Join(", ", ComputerNames)})";

    /// <summary>How its account signs in at one of its own listeners.</summary>
    internal BridgeTarget Target(Uri listener, string? authentication = null)
    {
        string how = authentication ?? Authentication;
        bool isPassword = how is "negotiate" or "basic";
        return new BridgeTarget(listener.AbsoluteUri, how)
        {
            User = isPassword ? User : null,
            Password = isPassword ? Password : null,
            Fingerprint256 = listener.Scheme == Uri.UriSchemeHttps ? Fingerprint : null,
        };
    }
}
