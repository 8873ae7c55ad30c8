using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>Requests to a control API. One for each endpoint and process; its connections are kept.</summary>
internal sealed class ControlClient : IDisposable
{
    private static readonly ConcurrentDictionary<ControlAccess, ControlClient> s_clients = new();

    private readonly HttpClient _http;

    private ControlClient(ControlAccess access)
    {
        // Never by a proxy: the API is on this machine.
        SocketsHttpHandler handler = new() { UseProxy = false, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5) };
        if (access.Fingerprint is { } fingerprint)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) => errors == SslPolicyErrors.None || IsPinned(certificate, fingerprint);
        }

        _http = new HttpClient(handler) { BaseAddress = access.Url, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access.Token);
    }

    public static ControlClient Of(ControlAccess access) => s_clients.GetOrAdd(access, one => new ControlClient(one));

    /// <summary>Ends the connections to an endpoint that stops.</summary>
    public static void Forget(ControlAccess access)
    {
        if (s_clients.TryRemove(access, out ControlClient? client))
        {
            client.Dispose();
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request and reads the answer to its end.</summary>
    /// <param name="body">JSON; null for none</param>
    /// <returns>the answer's JSON; undefined for an answer without a body</returns>
    /// <exception cref="ControlException">Another answer than was asked for, or none.</exception>
    /// <exception cref="OperationCanceledException" />
    public JsonElement Send(HttpMethod method, string path, byte[]? body, CancellationToken cancellation) => SendAsync(method, path, body, cancellation).GetAwaiter().GetResult();

    /// <inheritdoc cref="Send"/>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellation)
    {
        using HttpRequestMessage request = Request(method, path, body);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, cancellation).ConfigureAwait(false);
            byte[] content = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? Parse(content) : throw ErrorOf((int)response.StatusCode, content);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw NoAnswer(error);
        }
    }

    /// <summary>Opens a stream of events, and hands on each until the stream ends or nobody wants it any more.</summary>
    /// <param name="onEvent">is given name and data of each</param>
    /// <exception cref="ControlException">There is no stream.</exception>
    /// <exception cref="OperationCanceledException" />
    public async Task ListenAsync(string path, Action<string, JsonElement> onEvent, CancellationToken cancellation)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, path, null);
        request.Headers.Accept.ParseAdd("text/event-stream");
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw ErrorOf((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false));
            }

            using StreamReader reader = new(await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false), Encoding.UTF8);
            await ReadEventsAsync(reader, onEvent, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw NoAnswer(error);
        }
    }

    /// <summary>`event:` and `data:` in lines, a blank one behind each event; comments begin with a colon.</summary>
    private static async Task ReadEventsAsync(StreamReader reader, Action<string, JsonElement> onEvent, CancellationToken cancellation)
    {
        string name = "message";
        StringBuilder data = new();
        while (await reader.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
        {
            if (line.Length == 0)
            {
                if (data.Length > 0)
                {
                    onEvent(name, Parse(Encoding.UTF8.GetBytes(data.ToString())));
                }

                name = "message";
                data.Clear();
            }
            else if (line.StartsWith("event:", StringComparison.Ordinal))
            {
                name = line[6..].Trim();
            }
            else if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                data.Append(line.AsSpan(5).TrimStart(' '));
            }
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, byte[]? body)
    {
        HttpRequestMessage request = new(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return request;
    }

    private static JsonElement Parse(byte[] content)
    {
        if (content.Length == 0)
        {
            return default;
        }

        using JsonDocument document = JsonDocument.Parse(content);
        return document.RootElement.Clone();
    }

    private static ControlException ErrorOf(int status, byte[] content)
    {
        try
        {
            JsonElement error = Parse(content).GetProperty("error");
            return new ControlException(status, error.GetProperty("message").GetString() ?? "", Text(error, "place"), Text(error, "nearest"));
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new ControlException(status, $"HTTP {status}, but no answer of a control API");
        }
    }

    private static ControlException NoAnswer(Exception error) => new($"The control API of the endpoint does not answer: {error.Message}", error);

    private static string? Text(JsonElement error, string name) => error.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static bool IsPinned(X509Certificate? certificate, string fingerprint)
    {
        string wanted = fingerprint.Replace(":", "", StringComparison.Ordinal);
        return certificate is not null && string.Equals(Convert.ToHexString(SHA256.HashData(certificate.GetRawCertData())), wanted, StringComparison.OrdinalIgnoreCase);
    }
}
