using System;
using System.Collections.Generic;
using System.Linq;

namespace Cimulator.PowerShell.Targets;

/// <summary>
/// Says whether a name that is no endpoint's may be a real computer. While an endpoint runs that was started here it may not: a test must
/// never restart somebody's server. A variable of the environment tells the same to child processes.
/// </summary>
internal static class NameGuard
{
    private const string Variable = "CIMULATOR_STARTED";
    private const string Exception = "CIMULATOR_ALLOW_OTHER";
    private const char Separator = ',';

    /// <summary>What the parent process said, before this one says anything itself.</summary>
    private static readonly string? s_inherited = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } names ? names : null;

    /// <summary>The names of the endpoints of a parent process.</summary>
    public static IReadOnlyList<string> InheritedNames { get; } = (s_inherited ?? "").Split(Separator, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether other names than those of endpoints are refused.</summary>
    public static bool IsClosed() =>
        Environment.GetEnvironmentVariable(Exception) != "1" && (s_inherited is not null || Endpoints.IsMissed || Endpoints.Running().Any(endpoint => !endpoint.AllowsOthers));

    /// <summary>Tells child processes that are started from now on.</summary>
    public static void Mark(IEnumerable<Endpoint> running)
    {
        Endpoint[] guarding = running.Where(endpoint => !endpoint.AllowsOthers).ToArray();
        string? names = guarding.Length == 0
            ? s_inherited ?? (Endpoints.IsMissed ? "localhost" : null)
            : string.Join(Separator, guarding.SelectMany(endpoint => endpoint.AllNames).Prepend("localhost").Concat(InheritedNames).Distinct(StringComparer.OrdinalIgnoreCase));
        Environment.SetEnvironmentVariable(Variable, names);
    }

    public static string Refusal(string computerName, IEnumerable<string> known) =>
        InheritedNames.Contains(computerName, StringComparer.OrdinalIgnoreCase)
            ? $"The computer name '{computerName}' is one of an endpoint that a parent process started: tell this process where it is and who signs in, by $env:CIMULATOR_URL, $env:CIMULATOR_USER and $env:CIMULATOR_PASSWORD."
            : Endpoints.IsMissed && Endpoints.Running().Count == 0
            ? $"The computer name '{computerName}' is refused: Start-Cimulator failed, and the call may have been meant for its endpoint. "
                + "Start one, or let calls reach other computers by $env:CIMULATOR_ALLOW_OTHER = '1'."
            : $"The computer name '{computerName}' is refused: an endpoint of Cimulator runs, and while it does, only its names may be called ({string.Join(", ", known)}). "
                + "'Start-Cimulator -AllowOtherComputers' or $env:CIMULATOR_ALLOW_OTHER = '1' lets calls reach other computers.";
}
