using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using Cimulator.PowerShell.Targets;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>What the cmdlets of the kit have in common: which endpoint they are about, and how it is asked.</summary>
public abstract class ControlCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>An object of Start-Cimulator or Use-CimulatorSpace; by default the endpoint of this runspace, or of CIMULATOR_CONTROL_URL.</summary>
    [Parameter]
    [ValidateNotNull]
    public CimulatorEndpoint? Endpoint { get; set; }

    /// <summary>Cancelled by Ctrl+C.</summary>
    private protected CancellationToken Interrupted => _stopping.Token;

    protected override void StopProcessing() => _stopping.Cancel();

    public void Dispose()
    {
        _stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The endpoint that the command is about; null where it is that of CIMULATOR_CONTROL_URL, or none.</summary>
    private protected CimulatorEndpoint? Meant()
    {
        IReadOnlyList<CimulatorEndpoint> seen = RunningServers.Seen();
        return Endpoint ?? (seen.Count > 0 ? seen[^1] : null);
    }

    /// <summary>
    /// Which of its computers a name means, as the control API is told of it. Ends the command for a name that is none of the endpoint's.
    /// </summary>
    /// <returns>null for an endpoint that is the only one, and where no name is given</returns>
    private protected string? HostOf(string? computerName)
    {
        if (computerName is null || Meant()?.Endpoint is not { } endpoint)
        {
            return computerName;
        }

        if (!endpoint.IsNamed(computerName) && !EndpointNames.IsLocal(computerName))
        {
            string message = $"The endpoint has no computer '{computerName}', only {string.Join(", ", endpoint.AllNames)}.";
            ThrowTerminatingError(new ErrorRecord(new ArgumentException(message), "UnknownComputerName", ErrorCategory.ObjectNotFound, computerName));
        }

        return endpoint.HostOf(computerName)?.HostName ?? endpoint.HostName;
    }

    /// <summary>Where the endpoint's control API is. Ends the command where there is none.</summary>
    private protected ControlAccess Access()
    {
        CimulatorEndpoint? meant = Meant();
        ControlAccess? access = meant is null ? ControlAccess.FromEnvironment() : meant.Control;
        if (access is null)
        {
            string message = meant is null
                ? "No endpoint runs here: start one with Start-Cimulator, or set CIMULATOR_CONTROL_URL and CIMULATOR_CONTROL_TOKEN."
                : $"The endpoint at {meant.Url} has no control API.";
            ThrowTerminatingError(new ErrorRecord(new InvalidOperationException(message), "NoControl", ErrorCategory.ResourceUnavailable, meant));
        }

        return access!;
    }

    /// <summary>
    /// Asks the control API; an error of it ends the command. So does what a script block of Register-CimulatorMethod threw before: whoever
    /// called the method may have passed it over.
    /// </summary>
    /// <param name="target">what the error is about</param>
    private protected JsonElement Ask(HttpMethod method, string path, Action<Utf8JsonWriter>? body = null, object? target = null) =>
        Ask(method, path, body is null ? null : PlainJson.Bytes(body), target);

    /// <inheritdoc cref="Ask(HttpMethod, string, Action{Utf8JsonWriter}?, object?)"/>
    private protected JsonElement Ask(HttpMethod method, string path, byte[]? body, object? target)
    {
        ControlAccess access = Access();
        ThrowPending(access);
        try
        {
            return ControlClient.Of(access).Send(method, path, body, Interrupted);
        }
        catch (Exception error)
        {
            throw Translated(error, target);
        }
    }

    /// <summary>Ends the command with what a script block threw that answered a call, if one did.</summary>
    private protected void ThrowPending(ControlAccess access)
    {
        if (MethodStream.Find(access)?.TakeError() is { } thrown)
        {
            ThrowTerminatingError(thrown);
        }
    }

    /// <summary>Ends the command with an error of the control API.</summary>
    /// <returns>what is thrown where it is another one</returns>
    private protected Exception Translated(Exception error, object? target)
    {
        if (error is ControlException answered)
        {
            ThrowTerminatingError(RecordOf(answered, target));
        }

        return error is OperationCanceledException ? new PipelineStoppedException() : error;
    }

    /// <summary>An error of the control API as one of a cmdlet.</summary>
    internal static ErrorRecord RecordOf(ControlException error, object? target) => new(error, IdOf(error.Status), CategoryOf(error.Status), target);

    private static string IdOf(int status) => status switch
    {
        0 => "ControlUnreachable",
        400 or 413 => "InvalidInput",
        401 or 403 => "ControlRefused",
        404 => "NotFound",
        408 => "TimedOut",
        409 => "Conflict",
        429 => "TooMany",
        _ => "ControlFailed",
    };

    private static ErrorCategory CategoryOf(int status) => status switch
    {
        0 or 503 => ErrorCategory.ResourceUnavailable,
        400 or 413 => ErrorCategory.InvalidArgument,
        401 or 403 => ErrorCategory.PermissionDenied,
        404 => ErrorCategory.ObjectNotFound,
        408 => ErrorCategory.OperationTimeout,
        409 => ErrorCategory.ResourceExists,
        429 => ErrorCategory.LimitsExceeded,
        _ => ErrorCategory.NotSpecified,
    };
}
