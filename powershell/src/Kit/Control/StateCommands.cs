using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net.Http;
using System.Text;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>Makes an endpoint what it was after its start.</summary>
[Cmdlet(VerbsCommon.Reset, "Cimulator")]
public sealed class ResetCimulatorCommand : ControlCommand
{
    protected override void EndProcessing() => Ask(HttpMethod.Post, "/v1/reset");
}

/// <summary>The state of an endpoint's model at a time, to go back to.</summary>
public sealed class CimulatorCheckpoint
{
    internal CimulatorCheckpoint(string content) => Content = content;

    public DateTime Time { get; } = DateTime.Now;

    /// <summary>JSON; it may be kept in a file, and given to Restore-Cimulator again.</summary>
    public string Content { get; }

    public override string ToString() => $"checkpoint of {Time:T}";
}

/// <summary>Keeps the state of an endpoint's model.</summary>
[Cmdlet(VerbsData.Checkpoint, "Cimulator")]
[OutputType(typeof(CimulatorCheckpoint))]
public sealed class CheckpointCimulatorCommand : ControlCommand
{
    protected override void EndProcessing() => WriteObject(new CimulatorCheckpoint(Ask(HttpMethod.Post, "/v1/snapshot").GetRawText()));
}

/// <summary>Goes back to a state that was kept. Rules and calls stay as they are.</summary>
[Cmdlet(VerbsData.Restore, "Cimulator")]
public sealed class RestoreCimulatorCommand : ControlCommand
{
    /// <summary>An object of Checkpoint-Cimulator, or what its Content was.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public object? Checkpoint { get; set; }

    protected override void ProcessRecord()
    {
        object? given = Checkpoint is PSObject wrapped ? wrapped.BaseObject : Checkpoint;
        string content = given is CimulatorCheckpoint checkpoint ? checkpoint.Content : given?.ToString() ?? "";
        if (!content.TrimStart().StartsWith('{'))
        {
            string shown = content.Length > 40 ? content[..40] + "…" : content;
            ThrowTerminatingError(new ErrorRecord(new ArgumentException($"'{shown}' is no checkpoint: give what Checkpoint-Cimulator gave, or its Content."), "InvalidInput", ErrorCategory.InvalidArgument, Checkpoint));
        }

        Ask(HttpMethod.Post, "/v1/restore", Encoding.UTF8.GetBytes(content), Checkpoint);
    }
}

/// <summary>Adds what MOF says to an endpoint's model: all of it, or nothing.</summary>
[Cmdlet(VerbsData.Import, "CimulatorModel", DefaultParameterSetName = "Path")]
public sealed class ImportCimulatorModelCommand : ControlCommand
{
    private readonly List<(string Name, string Mof)> _sources = [];

    /// <summary>Files of MOF, or folders of them.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Path", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>MOF itself.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Mof")]
    [ValidateNotNullOrEmpty]
    public string? Mof { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string file in (Path ?? []).SelectMany(FilesAt))
        {
            try
            {
                _sources.Add((file, File.ReadAllText(file)));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                ThrowTerminatingError(new ErrorRecord(error, "FileNotRead", ErrorCategory.ReadError, file));
            }
        }
    }

    protected override void EndProcessing()
    {
        if (Mof is not null)
        {
            _sources.Add(("", Mof));
        }

        Ask(HttpMethod.Post, "/v1/seed", writer =>
        {
            writer.WriteStartArray("sources"u8);
            foreach ((string name, string mof) in _sources)
            {
                writer.WriteStartObject();
                PlainJson.Member(writer, "mof", mof);
                PlainJson.Member(writer, "name", name.Length == 0 ? null : name);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    /// <summary>In the order of their names; a wildcard may stand for several.</summary>
    private IEnumerable<string> FilesAt(string path) =>
        GetResolvedProviderPathFromPSPath(path, out _)
            .SelectMany(one => Directory.Exists(one) ? Directory.GetFiles(one, "*.mof", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray() : [one]);
}
