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
using Cimulator.PowerShell.Kit.Spaces;
using Cimulator.PowerShell.Targets;

namespace Cimulator.PowerShell.Kit;

/// <summary>Starts an endpoint of its own for this process, and makes it the default of this runspace.</summary>
[Cmdlet(VerbsLifecycle.Start, "Cimulator")]
[OutputType(typeof(CimulatorEndpoint))]
public sealed class StartCimulatorCommand : OpeningCommand
{
    private const string User = "cimulator";

    /// <summary>What -Model Win32 stands for.</summary>
    private const string ModelLab = "two-servers";
    private const string ModelNamespace = "root/cimv2";

    private static int s_warned;

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

    /// <summary>
    /// `Win32`: the computers of the default lab, with what is said of Windows in root/cimv2, where classes belong that name no namespace.
    /// New-CimulatorInstance may say otherwise of what they have.
    /// </summary>
    [Parameter]
    [ValidateSet("Win32", IgnoreCase = true)]
    public string? Model { get; set; }

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

    protected override void EndProcessing()
    {
        if (ComputerName.FirstOrDefault(name => name.Contains(',', StringComparison.Ordinal) || Uri.CheckHostName(name.Trim('[', ']')) == UriHostNameType.Unknown) is { } wrong)
        {
            ThrowTerminatingError(new ErrorRecord(new ArgumentException($"'{wrong}' is no name of a computer."), "InvalidComputerName", ErrorCategory.InvalidArgument, wrong));
        }

        if (Model is not null && (Lab.Length > 0 || Schema.Length > 0 || Namespace is not null))
        {
            ThrowTerminatingError(new ErrorRecord(new ArgumentException("-Model says which lab, schema and namespace there are: leave out -Lab, -Schema and -Namespace."), "ModelAndLab", ErrorCategory.InvalidArgument, Model));
        }

        bool isHeard = JoinPester();
        CimulatorEndpoint endpoint = Start();
        Complete(endpoint, isHeard);
        if (OperatingSystem.IsWindows())
        {
            TakeOverOrWarn();
        }

        WriteObject(endpoint);
    }

    private CimulatorEndpoint Start()
    {
        string[] arguments = [.. Arguments()];
        WriteVerbose("Starting an endpoint: cimulator serve " + string.Join(' ', arguments));
        try
        {
            return Isolate && Port == 0 && HttpsPort == 0 ? OpenSpace(arguments) : StartProcess(arguments);
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException or ControlException)
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

    private CimulatorEndpoint StartProcess(string[] arguments)
    {
        string password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        (ServerProcess server, ReadyLine ready) = ServerProcess.StartAsync(User, password, arguments, Interrupted).GetAwaiter().GetResult();
        Endpoint endpoint = new(ready.Http, User, password)
        {
            HttpsUrl = ready.Https,
            Fingerprint = ready.Fingerprint,
            ComputerNames = Names(),
            Owner = RunningServers.CurrentRunspace,
            AllowsOthers = AllowOtherComputers,
            Authentication = "basic",
        };
        try
        {
            endpoint = endpoint.WithHosts(HostFacts.Targets(ready.Hosts, endpoint), ready.Hosts.FirstOrDefault(host => host.IsDefault)?.Name);
        }
        catch
        {
            server.Stop();
            throw;
        }

        CimulatorEndpoint started = new(server, endpoint, new PSCredential(User, new NetworkCredential("", password).SecurePassword)) { Control = ready.Control, HasModel = Model is not null };
        RunningServers.Add(started);
        return started;
    }

    /// <summary>Files that run side by side share a process, where they start the same.</summary>
    private CimulatorEndpoint OpenSpace(string[] arguments)
    {
        (SharedServer server, ReadyLine ready) = SharedServer.Enter(arguments, Interrupted);
        try
        {
            return new Space(ready.Control!) { ComputerNames = Names(), AllowsOthers = AllowOtherComputers, Authentication = "basic", HasModel = Model is not null, Left = server.Leave }.Open(Interrupted);
        }
        catch
        {
            server.Leave();
            throw;
        }
    }

    private string[] Names() => ComputerName.Distinct(StringComparer.OrdinalIgnoreCase).ToArray();

    private IEnumerable<string> Arguments()
    {
        yield return "--port";
        yield return Port.ToString(CultureInfo.InvariantCulture);
        yield return "--https-port";
        yield return HttpsPort.ToString(CultureInfo.InvariantCulture);
        IEnumerable<(string Flag, string Value)> model = Schema.Select(schema => ("--schema", schema == "built-in" ? schema : PathOf(schema)))
            .Concat(Labs().Select(lab => ("--lab", lab)))
            .Concat(Provider.Select(provider => ("--provider", PathOf(provider))))
            .Concat((Model is null ? Namespace : ModelNamespace) is { } space ? [("--namespace", space)] : []);
        foreach ((string flag, string value) in model)
        {
            yield return flag;
            yield return value;
        }
    }

    /// <summary>The lab that `serve` takes by itself goes with the built-in classes.</summary>
    private IEnumerable<string> Labs()
    {
        if (Model is not null)
        {
            return [ModelLab];
        }

        if (Lab.Length == 0)
        {
            return Schema.Length > 0 && !Schema.Contains("built-in") ? ["none"] : [];
        }

        return Lab.Select(lab => Path.GetExtension(lab).Length > 0 || lab.Contains(Path.DirectorySeparatorChar) || lab.Contains('/') ? PathOf(lab) : lab);
    }

    /// <summary>A file as this runspace sees it: its location need not be the process's.</summary>
    private string PathOf(string path) => GetUnresolvedProviderPathFromPSPath(path);

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
