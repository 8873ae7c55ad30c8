using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using Cimulator.PowerShell.Kit.Control;
using Cimulator.PowerShell.Model;
using Cimulator.PowerShell.Targets;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Kit;

/// <summary>What Start-Cimulator and Use-CimulatorSpace have in common: the endpoint that they open becomes the default of this runspace.</summary>
public abstract class OpeningCommand : PSCmdlet, IDisposable
{
    private const string WindowsSession = """
        param($port, $credential)
        $options = CimCmdlets\New-CimSessionOption -UseSsl -SkipCACheck -SkipCNCheck -SkipRevocationCheck
        CimCmdlets\New-CimSession -ComputerName 127.0.0.1 -Port $port -Authentication Basic -Credential $credential -SessionOption $options
        """;

    private readonly CancellationTokenSource _stopping = new();

    /// <summary>In a run of Pester: at the end of each test and block the state is what it was at its beginning.</summary>
    [Parameter]
    public SwitchParameter Isolate { get; set; }

    /// <summary>In a run of Pester: calls of namespaces, classes and methods that there are not, or that nobody answers, fail the test.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <summary>Cancelled by Ctrl+C.</summary>
    private protected CancellationToken Interrupted => _stopping.Token;

    protected override void StopProcessing() => _stopping.Cancel();

    public void Dispose()
    {
        _stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Hears of tests and blocks, in any run of Pester: what a script block threw fails the test that it belongs to. Ends the command where
    /// there is no run and one is needed.
    /// </summary>
    private protected bool JoinPester()
    {
        bool isHeard = InvokeCommand.InvokeScript("& @(Get-Module -Name Cimulator)[0] { Join-Pester }").LastOrDefault()?.BaseObject is true;
        if (!isHeard && (Isolate || Strict))
        {
            Refuse($"{Wish} needs a run of Pester 5 or 6 that tells of its tests: without, use Checkpoint-Cimulator in BeforeEach and Restore-Cimulator in AfterEach.");
        }

        return isHeard;
    }

    /// <summary>Gives an endpoint its session, and the run of Pester its end; one that cannot have them is stopped.</summary>
    private protected void Complete(CimulatorEndpoint endpoint, bool isHeard)
    {
        try
        {
            string name = endpoint.ComputerName.Count > 0 ? endpoint.ComputerName[0] : endpoint.Endpoint.Url.IdnHost;
            endpoint.CimSession = NewSession(endpoint, endpoint.Endpoint, name);
            foreach (Endpoint host in endpoint.Endpoint.Hosts.Where(host => host.HostName != endpoint.Endpoint.HostName))
            {
                if (NewSession(endpoint, host, host.HostName!) is { } session)
                {
                    endpoint.HostSessions[host.HostName!] = session;
                }
            }

            if (isHeard && endpoint.Control is { } control)
            {
                TestScopes.Add(control, Isolate, Strict);
            }
            else if (Isolate || Strict)
            {
                Refuse($"The endpoint has no control API, which {Wish} needs.");
            }
        }
        catch
        {
            RunningServers.Stop(endpoint);
            throw;
        }
    }

    private string Wish => Isolate ? "-Isolate" : "-Strict";

    private void Refuse(string message) => ThrowTerminatingError(new ErrorRecord(new InvalidOperationException(message), "NoPesterRun", ErrorCategory.InvalidOperation, null));

    /// <summary>
    /// A session that Get-CimSession does not list: the ids and names of a script's own begin with the first one. On Windows it is one of
    /// Microsoft's, which only finds the session of a piped instance among those that it lists.
    /// </summary>
    private CimSession? NewSession(CimulatorEndpoint endpoint, Endpoint meant, string name)
    {
        if (OperatingSystem.IsWindows())
        {
            Uri url = meant.HttpsUrl ?? meant.Url;
            return InvokeCommand.InvokeScript(useLocalScope: true, ScriptBlock.Create(WindowsSession), null, url.Port, endpoint.Credential).FirstOrDefault()?.BaseObject as CimSession;
        }

        ICimOperations operations = Services.Targets.Open(new ConnectionRequest { ComputerName = name });
        CimSession session = Services.Objects.Session(operations.ComputerName, Guid.NewGuid());
        Services.Targets.Tie(session, operations);
        return session;
    }
}
