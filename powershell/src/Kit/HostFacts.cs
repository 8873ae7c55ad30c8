using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Cimulator.PowerShell.Targets;

namespace Cimulator.PowerShell.Kit;

/// <summary>One of the computers that an endpoint stands for, as the endpoint tells of it (docs/hosts.md).</summary>
/// <param name="Name">as it is declared</param>
internal sealed record HostFacts(string Name, IReadOnlyList<string> Aliases, bool IsDefault, Uri? Http, Uri? Https)
{
    /// <summary>Those of an object that the endpoint wrote; none where it stands for itself alone.</summary>
    /// <exception cref="FormatException">They are written otherwise.</exception>
    public static IReadOnlyList<HostFacts> Read(JsonElement json)
    {
        if (!json.TryGetProperty("hosts", out JsonElement hosts))
        {
            return [];
        }

        try
        {
            return [.. hosts.EnumerateArray().Select(Of)];
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or UriFormatException)
        {
            throw new FormatException("the hosts of the endpoint cannot be read", error);
        }
    }

    /// <summary>
    /// The hosts as targets of calls. A short name is one as long as a single host has it.
    /// </summary>
    /// <param name="endpoint">what they have in common: account, certificate, owner</param>
    public static IReadOnlyList<Endpoint> Targets(IReadOnlyList<HostFacts> hosts, Endpoint endpoint)
    {
        HashSet<string> ambiguous = hosts.SelectMany(host => host.ShortNames())
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. hosts.Where(host => (host.Http ?? host.Https) is not null).Select(host => endpoint with
            {
                Url = (host.Http ?? host.Https)!,
                HttpsUrl = host.Https,
                HostName = host.Name,
                ComputerNames = [.. host.Names().Concat(host.ShortNames().Where(name => !ambiguous.Contains(name))).Distinct(StringComparer.OrdinalIgnoreCase)],
            }),
        ];
    }

    private static HostFacts Of(JsonElement json) => new(
        json.GetProperty("name").GetString()!,
        [.. json.GetProperty("aliases").EnumerateArray().Select(alias => alias.GetString()!)],
        json.GetProperty("isDefault").GetBoolean(),
        Url(json, "http"),
        Url(json, "https"));

    private static Uri? Url(JsonElement json, string member) => json.TryGetProperty(member, out JsonElement url) ? new Uri(url.GetString()!) : null;

    private IEnumerable<string> Names() => Aliases.Prepend(Name);

    /// <summary>What stands before the first dot; an address has none.</summary>
    private IEnumerable<string> ShortNames() => Names().Select(name => name.Split('.')[0]).Where(name => !name.All(char.IsAsciiDigit)).Distinct(StringComparer.OrdinalIgnoreCase);
}
