using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using Cimulator.PowerShell.Kit.Control;
using Cimulator.PowerShell.Targets;

namespace Cimulator.PowerShell.Kit.Spaces;

/// <summary>A space that is to be opened.</summary>
/// <param name="Host">the control API of the endpoint that it is to be in</param>
internal sealed record Space(ControlAccess Host)
{
    /// <summary>Null: the endpoint makes one.</summary>
    public string? Name { get; init; }

    public IReadOnlyList<string> ComputerNames { get; init; } = [];

    public bool AllowsOthers { get; init; }

    /// <summary>It has a model of -Model.</summary>
    public bool HasModel { get; init; }

    /// <summary>How its account signs in.</summary>
    public string Authentication { get; init; } = "negotiate";

    /// <summary>Told when it is closed.</summary>
    public Action? Left { get; init; }

    /// <summary>Opens it as the newest endpoint of the current runspace.</summary>
    /// <exception cref="ControlException" />
    /// <exception cref="OperationCanceledException" />
    public CimulatorEndpoint Open(CancellationToken cancellation)
    {
        string stream = SpaceStream.IdOf(Host, cancellation);
        byte[] body = PlainJson.Bytes(writer =>
        {
            writer.WriteString("stream"u8, stream);
            PlainJson.Member(writer, "name", Name);
        });
        CimulatorEndpoint opened = Read(ControlClient.Of(Host).Send(HttpMethod.Post, "/v1/spaces", body, cancellation));
        RunningServers.Add(opened);
        return opened;
    }

    private CimulatorEndpoint Read(JsonElement space)
    {
        string name = space.GetProperty("name").GetString()!;
        (string user, string password) = (space.GetProperty("user").GetString()!, space.GetProperty("password").GetString()!);
        Uri? https = Url(space, "https");
        string? fingerprint = space.TryGetProperty("fingerprint", out JsonElement told) ? told.GetString() : null;
        Endpoint endpoint = new(Url(space, "http") ?? https!, user, password)
        {
            HttpsUrl = https,
            Fingerprint = fingerprint,
            ComputerNames = ComputerNames,
            Owner = RunningServers.CurrentRunspace,
            AllowsOthers = AllowsOthers,
            Authentication = Authentication,
            IsSpace = true,
        };
        IReadOnlyList<HostFacts> hosts = HostFacts.Read(space);
        SpaceServer server = new(Host, name, space.GetProperty("pid").GetInt32(), Left);
        Uri control = Url(space, "control")!;
        try
        {
            endpoint = endpoint.WithHosts(HostFacts.Targets(hosts, endpoint), hosts.FirstOrDefault(host => host.IsDefault)?.Name);
        }
        catch
        {
            server.Stop();
            throw;
        }

        return new CimulatorEndpoint(server, endpoint, new PSCredential(user, new NetworkCredential("", password).SecurePassword))
        {
            Control = new ControlAccess(control, space.GetProperty("controlToken").GetString()!, control.Scheme == Uri.UriSchemeHttps ? fingerprint : null),
            Host = Host,
            Space = name,
            HasModel = HasModel,
        };
    }

    private static Uri? Url(JsonElement space, string member) => space.TryGetProperty(member, out JsonElement url) ? new Uri(url.GetString()!) : null;
}
