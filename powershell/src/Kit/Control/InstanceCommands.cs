using System;
using System.Collections;
using System.IO;
using System.Management.Automation;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using Cimulator.PowerShell.Bridge;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>What the cmdlets have in common that change the model with the rights of the house.</summary>
public abstract class InstanceCommand : ControlCommand
{
    /// <summary>By default the endpoint's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Namespace { get; set; }

    /// <summary>Which of the endpoint's computers it is on, by any of its names; by default the one that calls without a target go to.</summary>
    [Parameter]
    [Alias("CN")]
    [ValidateNotNullOrEmpty]
    public string? ComputerName { get; set; }

    /// <summary>A path of the control API, for that computer.</summary>
    private protected string OnHost(string path) =>
        (HostOf(ComputerName) ?? Meant()?.Endpoint.HostName) is { } host ? $"{path}?host={Uri.EscapeDataString(host)}" : path;

    private protected void WriteInstance(JsonElement answer)
    {
        JsonElement instance = answer.GetProperty("instance");
        if (OperatingSystem.IsWindows())
        {
            WriteObject(PlainJson.ReadObject(instance));
            return;
        }

        Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(instance.GetRawText()));
        reader.Read();
        InstanceData data = new InstanceReader(null, (_, _) => null).ReadObject(ref reader);
        WriteObject(Services.Objects.Instance(data));
    }
}

/// <summary>Puts an instance into an endpoint's model, whatever clients may create.</summary>
[Cmdlet(VerbsCommon.New, "CimulatorInstance")]
public sealed class NewCimulatorInstanceCommand : InstanceCommand
{
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string ClassName { get; set; } = "";

    [Parameter(Position = 1)]
    [ValidateNotNull]
    public IDictionary Property { get; set; } = new Hashtable();

    /// <summary>Takes the place of the instance that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the instance into the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void EndProcessing()
    {
        // What a model brings along is a test's to say otherwise.
        bool changes = !Force && Meant()?.HasModel == true;
        JsonElement answer = Ask(Force || changes ? HttpMethod.Put : HttpMethod.Post, OnHost("/v1/instances"), writer =>
        {
            PlainJson.Member(writer, "class", ClassName);
            PlainJson.Member(writer, "namespace", Namespace);
            PlainJson.Member(writer, "properties", Property);
            PlainJson.Member(writer, "change", changes ? true : null);
        }, ClassName);
        if (PassThru)
        {
            WriteInstance(answer);
        }
    }
}

/// <summary>Of an instance that is there: which one.</summary>
public abstract class ExistingInstanceCommand : InstanceCommand
{
    private protected const string ByInstance = "Instance";
    private protected const string ByKey = "Key";

    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ByInstance)]
    [ValidateNotNull]
    public CimInstance? InputObject { get; set; }

    [Parameter(Position = 0, Mandatory = true, ParameterSetName = ByKey)]
    [ValidateNotNullOrEmpty]
    public string? ClassName { get; set; }

    /// <summary>All keys of the class.</summary>
    [Parameter(Position = 1, Mandatory = true, ParameterSetName = ByKey)]
    [ValidateNotNull]
    public IDictionary? Key { get; set; }

    private protected object TargetObject => (object?)InputObject ?? ClassName!;

    private protected void WritePath(Utf8JsonWriter writer)
    {
        writer.WritePropertyName("path"u8);
        if (InputObject is not null)
        {
            PlainJson.Value(writer, InputObject);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("kind"u8, "path"u8);
        PlainJson.Member(writer, "namespace", Namespace);
        PlainJson.Member(writer, "class", ClassName);
        PlainJson.Member(writer, "keys", Key);
        writer.WriteEndObject();
    }
}

/// <summary>Gives properties of an instance other values, whatever clients may change.</summary>
[Cmdlet(VerbsCommon.Set, "CimulatorInstance", DefaultParameterSetName = ByKey)]
public sealed class SetCimulatorInstanceCommand : ExistingInstanceCommand
{
    [Parameter(Position = 2, Mandatory = true, ParameterSetName = ByKey)]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = ByInstance)]
    [ValidateNotNull]
    public IDictionary? Property { get; set; }

    /// <summary>Writes the instance into the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        JsonElement answer = Ask(HttpMethod.Patch, OnHost("/v1/instances"), writer =>
        {
            WritePath(writer);
            PlainJson.Member(writer, "properties", Property);
        }, TargetObject);
        if (PassThru)
        {
            WriteInstance(answer);
        }
    }
}

/// <summary>Takes an instance out of an endpoint's model, whatever clients may delete.</summary>
[Cmdlet(VerbsCommon.Remove, "CimulatorInstance", DefaultParameterSetName = ByKey)]
public sealed class RemoveCimulatorInstanceCommand : ExistingInstanceCommand
{
    protected override void ProcessRecord() => Ask(HttpMethod.Post, OnHost("/v1/instances/delete"), WritePath, TargetObject);
}
