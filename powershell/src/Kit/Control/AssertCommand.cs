using System;
using System.Management.Automation;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>Fails unless an endpoint received certain calls; in a test of Pester as its own assertions do.</summary>
[Cmdlet(VerbsLifecycle.Assert, "CimulatorCall")]
[Alias("Should-HaveReceivedCim")]
public sealed class AssertCimulatorCallCommand : CallCommand
{
    /// <summary>So many at least; with -Exactly, or for 0, neither more nor fewer.</summary>
    [Parameter]
    [ValidateRange(0, 10_000)]
    public int Times { get; set; } = 1;

    [Parameter]
    public SwitchParameter Exactly { get; set; }

    /// <summary>Fails when they came.</summary>
    [Parameter]
    public SwitchParameter Not { get; set; }

    /// <summary>Why; it stands in the text of the failure.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Because { get; set; }

    /// <summary>Writes the text of the failure, or nothing, in the place of failing. `Should -HaveReceivedCim` is made of it.</summary>
    [Parameter(DontShow = true)]
    public SwitchParameter AsText { get; set; }

    private const string Fail = """
        param($caller, $text)
        if (Get-Command New-ShouldAssertion -ErrorAction Ignore) { (New-ShouldAssertion -Caller $caller -As None).Fail($text) } else { $text }
        """;

    protected override void EndProcessing()
    {
        ControlAccess access = Access();
        ThrowPending(access);
        string? problem;
        try
        {
            problem = new ReceivedCalls(PlainJson.Bytes(WriteFilterMembers), Times, Exactly, Not, Because).Problem(access, Interrupted);
        }
        catch (Exception error)
        {
            throw Translated(error, Method);
        }

        if (problem is null)
        {
            return;
        }

        if (AsText)
        {
            WriteObject(problem);
            return;
        }

        // Pester 6 notes the failure itself where its assertions are soft.
        bool isTold = InvokeCommand.InvokeScript(useLocalScope: true, ScriptBlock.Create(Fail), null, this, problem).Count == 0;
        if (!isTold)
        {
            ThrowTerminatingError(new ErrorRecord(new InvalidOperationException(problem), "PesterAssertionFailed", ErrorCategory.InvalidResult, Method));
        }
    }
}
