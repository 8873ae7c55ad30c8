using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>What Pester.ps1 calls as tests and blocks of this runspace begin and end.</summary>
public static class PesterSteps
{
    public static void Begin()
    {
        foreach (TestScopes scopes in OfRunspace())
        {
            scopes.Begin();
        }
    }

    /// <summary>Undoes what was done; an endpoint that does not answer any more fails the test, too.</summary>
    public static IReadOnlyList<ErrorRecord> End()
    {
        List<ErrorRecord> errors = [];
        foreach (TestScopes scopes in OfRunspace())
        {
            try
            {
                errors.AddRange(scopes.End());
            }
            catch (ControlException error)
            {
                errors.Add(new ErrorRecord(error, "NotRolledBack", ErrorCategory.InvalidResult, null));
            }
        }

        return errors;
    }

    private static TestScopes[] OfRunspace() =>
        RunningServers.OwnedBy(RunningServers.CurrentRunspace)
            .Select(endpoint => endpoint.Control is { } control ? TestScopes.Find(control) : null)
            .OfType<TestScopes>()
            .ToArray();
}
