using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Security.Cryptography;
using System.Threading;
using Cimulator.PowerShell.Kit.Control;
using Cimulator.PowerShell.Model;
using Cimulator.PowerShell.Targets;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Kit;

/// <summary>Starts an endpoint of its own for this process, and makes it the default of this runspace.</summary>
[Cmdlet(VerbsLifecycle.Start, "Cimulator")]
[OutputType(typeof(CimulatorEndpoint))]
public sealed class StartCimulatorCommand : PSCmdlet, IDisposable
{
    private const string User = "cimulator";

    private static int s_warned;

    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Names that stand for the endpoint.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[] ComputerName { get; set; } = [];

    /// <summary>The HTTP port; 0 is any free one.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>The HTTPS port; 0 is any free one.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int HttpsPort { get; set; }

    /// <summary>The instances to start with: names of labs, MOF files.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Lab { get; set; } = [];

    /// <summary>Classes: folders of MOF, MOF files, `built-in` for those of the iSCSI target.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Schema { get; set; } = [];

    /// <summary>Modules of providers.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Provider { get; set; } = [];

    /// <summary>Where MOF and providers belong that name no namespace.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Namespace { get; set; }

    /// <summary>Lets calls reach other computers while the endpoint runs.</summary>
    [Parameter]
    public SwitchParameter AllowOtherComputers { get; set; }

    /// <summary>On Windows, sends the calls of Microsoft's cmdlets to the endpoint, too; elsewhere calls go there anyway.</summary>
    [Parameter]
    public SwitchParameter TakeOver { get; set; }

    /// <summary>In a run of Pester: at the end of each test and block the state is what it was at its beginning.</summary>
    [Parameter]
    public SwitchParameter Isolate { get; set; }

    /// <summary>In a run of Pester: calls of namespaces, classes and methods that there are not, or that nobody answers, fail the test.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    protected override void EndProcessing()
    {
        if (ComputerName.FirstOrDefault(name => name.Contains(',', StringComparison.Ordinal) || Uri.CheckHostName(name.Trim('[', ']')) == UriHostNameType.Unknown) is { } wrong)
        {
            ThrowTerminatingError(new ErrorRecord(new ArgumentException($"'{wrong}' is no name of a computer."), "InvalidComputerName", ErrorCategory.InvalidArgument, wrong));
        }

        CimulatorEndpoint endpoint = Start();
        try
        {
            endpoint.CimSession = NewSession(endpoint);
            JoinPester(endpoint);
            if (OperatingSystem.IsWindows())
            {
                TakeOverOrWarn();
            }
        }
        catch
        {
            RunningServers.Stop(endpoint);
            throw;
        }

        WriteObject(endpoint);
    }

    protected override void StopProcessing() => _stopping.Cancel();

    public void Dispose() => _stopping.Dispose();

    private CimulatorEndpoint Start()
    {
        string password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        WriteVerbose("Starting an endpoint: cimulator serve " + string.Join(' ', Arguments()));
        try
        {
            (ServerProcess server, ReadyLine ready) = ServerProcess.StartAsync(User, password, Arguments(), _stopping.Token).GetAwaiter().GetResult();
            Endpoint endpoint = new(ready.Http, User, password)
            {
                HttpsUrl = ready.Https,
                Fingerprint = ready.Fingerprint,
                ComputerNames = ComputerName.Distinct(StringComparer.OrdinalIgnoreCase).ToArray(),
                Owner = RunningServers.CurrentRunspace,
                AllowsOthers = AllowOtherComputers,
                Authentication = "basic",
            };
            CimulatorEndpoint started = new(server, endpoint, new PSCredential(User, new NetworkCredential("", password).SecurePassword)) { Control = ready.Control };
            RunningServers.Add(started);
            return started;
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException)
        {
            if (!AllowOtherComputers)
            {
                Endpoints.Missed();
            }

            ThrowTerminatingError(new ErrorRecord(new InvalidOperationException(Sentence(error.Message), error), "EndpointNotStarted", ErrorCategory.ResourceUnavailable, null));
            throw;
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Tests and blocks are heard of in any run of Pester: what a script block threw fails the test that it belongs to.</summary>
    private void JoinPester(CimulatorEndpoint endpoint)
    {
        bool isHeard = InvokeCommand.InvokeScript("& @(Get-Module -Name Cimulator)[0] { Join-Pester }").LastOrDefault()?.BaseObject is true;
        if (isHeard && endpoint.Control is { } control)
        {
            TestScopes.Add(control, Isolate, Strict);
        }
        else if (Isolate || Strict)
        {
            string wish = Isolate ? "-Isolate" : "-Strict";
            string message = endpoint.Control is null
                ? $"The endpoint has no control API, which {wish} needs."
                : $"{wish} needs a run of Pester 5 or 6 that tells of its tests: without, use Checkpoint-Cimulator in BeforeEach and Restore-Cimulator in AfterEach.";
            ThrowTerminatingError(new ErrorRecord(new InvalidOperationException(message), "NoPesterRun", ErrorCategory.InvalidOperation, null));
        }
    }

    private IEnumerable<string> Arguments()
    {
        yield return "--port";
        yield return Port.ToString(CultureInfo.InvariantCulture);
        yield return "--https-port";
        yield return HttpsPort.ToString(CultureInfo.InvariantCulture);
        IEnumerable<(string Flag, string Value)> model = Schema.Select(schema => ("--schema", schema == "built-in" ? schema : PathOf(schema)))
            .Concat(Labs().Select(lab => ("--lab", lab)))
            .Concat(Provider.Select(provider => ("--provider", PathOf(provider))))
            .Concat(Namespace is null ? [] : [("--namespace", Namespace)]);
        foreach ((string flag, string value) in model)
        {
            yield return flag;
            yield return value;
        }
    }

    /// <summary>The lab that `serve` takes by itself goes with the built-in classes.</summary>
    private IEnumerable<string> Labs()
    {
        if (Lab.Length == 0)
        {
            return Schema.Length > 0 && !Schema.Contains("built-in") ? ["none"] : [];
        }

        return Lab.Select(lab => Path.GetExtension(lab).Length > 0 || lab.Contains(Path.DirectorySeparatorChar) || lab.Contains('/') ? PathOf(lab) : lab);
    }

    /// <summary>A file as this runspace sees it: its location need not be the process's.</summary>
    private string PathOf(string path) => GetUnresolvedProviderPathFromPSPath(path);

    /// <summary>
    /// A session that Get-CimSession does not list: the ids and names of a script's own begin with the first one. On Windows it is one of
    /// Microsoft's, which only finds the session of a piped instance among those that it lists.
    /// </summary>
    private CimSession? NewSession(CimulatorEndpoint endpoint)
    {
        if (OperatingSystem.IsWindows())
        {
            Uri url = endpoint.Endpoint.HttpsUrl ?? endpoint.Endpoint.Url;
            return InvokeCommand.InvokeScript(useLocalScope: true, ScriptBlock.Create(WindowsSession), null, url.Port, endpoint.Credential).FirstOrDefault()?.BaseObject as CimSession;
        }

        string name = endpoint.ComputerName.Count > 0 ? endpoint.ComputerName[0] : endpoint.Endpoint.Url.IdnHost;
        ICimOperations operations = Services.Targets.Open(new ConnectionRequest { ComputerName = name });
        CimSession session = Services.Objects.Session(operations.ComputerName, Guid.NewGuid());
        Services.Targets.Tie(session, operations);
        return session;
    }

    private const string WindowsSession = """
        param($port, $credential)
        $options = CimCmdlets\New-CimSessionOption -UseSsl -SkipCACheck -SkipCNCheck -SkipRevocationCheck
        CimCmdlets\New-CimSession -ComputerName 127.0.0.1 -Port $port -Authentication Basic -Credential $credential -SessionOption $options
        """;

    private void TakeOverOrWarn()
    {
        if (TakeOver)
        {
            InvokeCommand.InvokeScript("& (Get-Module -Name Cimulator) { Enable-TakeOver }");
        }
        else if (Interlocked.Increment(ref s_warned) == 1)
        {
            WriteWarning("Calls without -CimSession reach this computer, as ever on Windows: give the CimSession of Start-Cimulator's object, or use -TakeOver.");
        }
    }

    private static string Sentence(string line) => line.EndsWith('.') ? line : line + ".";
}
