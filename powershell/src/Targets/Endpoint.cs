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

    /// <summary>The computers that it stands for, each with a listener of its own; none where it is the only one.</summary>
    public IReadOnlyList<Endpoint> Hosts { get; init; } = [];

    /// <summary>Which of them this is, as it is declared, or that calls without a target go to; null where there are none.</summary>
    public string? HostName { get; init; }

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

    public bool IsNamed(string computerName) => ComputerNames.Contains(computerName, StringComparer.OrdinalIgnoreCase) || HostOf(computerName) is not null;

    /// <summary>The one of its computers that has a name; null where none has.</summary>
    public Endpoint? HostOf(string computerName) => Hosts.FirstOrDefault(host => host.IsNamed(computerName));

    /// <summary>All names by which it may be called.</summary>
    public IEnumerable<string> AllNames => ComputerNames.Concat(Hosts.SelectMany(host => host.ComputerNames)).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>The listener of a port; null for a port that is neither its own nor one of its computers'.</summary>
    public Uri? ListenerAt(uint port) => new[] { Url, HttpsUrl }.Concat(Hosts.Select(host => host.ListenerAt(port))).FirstOrDefault(url => url?.Port == port);

    /// <summary>
    /// The endpoint with the computers that it says it stands for: those that were named, or else all. The first one named, or else the
    /// default one, is where calls without a target go.
    /// </summary>
    /// <exception cref="InvalidOperationException">A name is none of theirs.</exception>
    internal Endpoint WithHosts(IReadOnlyList<Endpoint> hosts, string? defaultHost)
    {
        if (hosts.Count == 0)
        {
            return this;
        }

        Endpoint all = this with { Hosts = hosts };
        if (ComputerNames.FirstOrDefault(name => all.HostOf(name) is null) is { } unknown)
        {
            throw new InvalidOperationException($"the lab has no host '{unknown}', only {string.Join("; ", hosts.Select(host => string.Join(", ", host.ComputerNames)))}");
        }

        Endpoint[] meant = ComputerNames.Count > 0 ? [.. ComputerNames.Select(name => all.HostOf(name)!).Distinct()] : [.. hosts.OrderBy(host => host.HostName != defaultHost)];
        IReadOnlyList<string> names = ComputerNames.Count > 0 ? ComputerNames : [.. meant.Select(host => host.HostName!)];
        return this with { Url = meant[0].Url, HttpsUrl = meant[0].HttpsUrl, HostName = meant[0].HostName, Hosts = meant, ComputerNames = names };
    }

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
