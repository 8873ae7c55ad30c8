using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net.Http;
using System.Text.Json;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>Makes an endpoint fail on purpose: a rule that says when, and what happens then (docs/breaking-things.md).</summary>
[Cmdlet(VerbsCommon.Add, "CimulatorFault", DefaultParameterSetName = ReturnSet)]
[OutputType("Cimulator.Fault")]
public sealed class AddCimulatorFaultCommand : ExchangeCommand
{
    private const string ReturnSet = "ReturnValue";
    private const string CimErrorSet = "CimError";
    private const string AccessDeniedSet = "AccessDenied";
    private const string FaultSet = "Fault";
    private const string HttpSet = "Http";
    private const string ConnectionSet = "Connection";
    private const string DelaySet = "Delay";
    private const string ThenSet = "Then";
    private const string RuleSet = "Rule";

    /// <summary>What the method answers, without being carried out: a number, or a label of its value map.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ReturnSet)]
    [ValidateNotNull]
    public object? ReturnValue { get; set; }

    /// <summary>Output parameters that go with it.</summary>
    [Parameter(ParameterSetName = ReturnSet)]
    [ValidateNotNull]
    public IDictionary? Output { get; set; }

    /// <summary>A CIM status by its name: NotFound, InvalidParameter …</summary>
    [Parameter(Mandatory = true, ParameterSetName = CimErrorSet)]
    [ValidateNotNullOrEmpty]
    public string? CimError { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = AccessDeniedSet)]
    public SwitchParameter AccessDenied { get; set; }

    /// <summary>A fault of WS-Management by its name: QuotaLimit, TimedOut …</summary>
    [Parameter(Mandatory = true, ParameterSetName = FaultSet)]
    [ValidateNotNullOrEmpty]
    public string? Fault { get; set; }

    /// <summary>The text of the error.</summary>
    [Parameter(ParameterSetName = CimErrorSet)]
    [Parameter(ParameterSetName = AccessDeniedSet)]
    [Parameter(ParameterSetName = FaultSet)]
    [ValidateNotNullOrEmpty]
    public string? Message { get; set; }

    /// <summary>An answer of HTTP without an envelope.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HttpSet)]
    [ValidateSet("401", "403", "500", "503")]
    public string? Http { get; set; }

    /// <summary>The connection ends.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ConnectionSet)]
    [ValidateSet("Reset", "Close", IgnoreCase = true)]
    public string? Connection { get; set; }

    /// <summary>Before the answer, within or after it.</summary>
    [Parameter(ParameterSetName = ConnectionSet)]
    [ValidateSet("Before", "Within", "After", IgnoreCase = true)]
    public string? At { get; set; }

    /// <summary>The operation is carried out first: only its answer is another, or lost.</summary>
    [Parameter(ParameterSetName = ReturnSet)]
    [Parameter(ParameterSetName = HttpSet)]
    [Parameter(ParameterSetName = ConnectionSet)]
    public SwitchParameter CarryOut { get; set; }

    /// <summary>Milliseconds before anything else happens.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DelaySet)]
    [Parameter(ParameterSetName = ReturnSet)]
    [Parameter(ParameterSetName = CimErrorSet)]
    [Parameter(ParameterSetName = AccessDeniedSet)]
    [Parameter(ParameterSetName = FaultSet)]
    [Parameter(ParameterSetName = HttpSet)]
    [Parameter(ParameterSetName = ConnectionSet)]
    [ValidateRange(1, 3_600_000)]
    public int Delay { get; set; }

    /// <summary>What happens, as a rule has it: one or several hashtables.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ThenSet)]
    [ValidateNotNullOrEmpty]
    public IDictionary[]? Then { get; set; }

    /// <summary>A whole rule: `@{ when = @{ … }; then = @{ … } }`.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RuleSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public object? Rule { get; set; }

    /// <summary>Only these calls of those that match, from 1.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int[]? Nth { get; set; }

    /// <summary>Not the first so many.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int After { get; set; }

    /// <summary>Not oftener.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Times { get; set; }

    /// <summary>From 0 to 1; the seed of the endpoint decides.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double Probability { get; set; } = 1;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    protected override void ProcessRecord()
    {
        JsonElement added = ParameterSetName == RuleSet ? Ask(HttpMethod.Post, "/v1/rules", BytesOf(Rule), Rule) : Ask(HttpMethod.Post, "/v1/rules", WriteRule);
        TestScopes.Find(Access())?.NoteRule(added.GetProperty("id").GetString()!);
        WriteObject(PlainJson.ReadObject(added, "Cimulator.Fault"));
    }

    private static byte[] BytesOf(object? rule)
    {
        using System.IO.MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            PlainJson.Value(writer, rule);
        }

        return stream.ToArray();
    }

    private void WriteRule(Utf8JsonWriter writer)
    {
        PlainJson.Member(writer, "id", Id);
        writer.WriteStartObject("when"u8);
        WriteMatch(writer);
        PlainJson.Member(writer, "nth", Nth is [int only] ? only : Nth);
        PlainJson.Member(writer, "after", After > 0 ? After : null);
        PlainJson.Member(writer, "times", Times > 0 ? Times : null);
        PlainJson.Member(writer, "probability", Probability < 1 ? Probability : null);
        writer.WriteEndObject();
        PlainJson.Member(writer, "then", Then is null ? Actions().ToArray() : Then);
    }

    private IEnumerable<IDictionary> Actions()
    {
        if (Delay > 0)
        {
            yield return new Hashtable { ["delay"] = Delay };
        }

        Hashtable action = [];
        Add(action, "returnValue", ReturnValue);
        Add(action, "outputs", Output);
        Add(action, "cimError", AccessDenied ? "AccessDenied" : CimError);
        Add(action, "fault", Fault);
        Add(action, "message", Message);
        Add(action, "http", Http is null ? null : int.Parse(Http, System.Globalization.CultureInfo.InvariantCulture));
        Add(action, "connection", Lower(Connection));
        Add(action, "at", Lower(At));
        Add(action, "carryOut", CarryOut ? true : null);
        if (action.Count > 0)
        {
            yield return action;
        }
    }

    private static void Add(Hashtable action, string name, object? value)
    {
        if (value is not null)
        {
            action[name] = value;
        }
    }

#pragma warning disable CA1308 // The API's words are in lower case.
    private static string? Lower(string? word) => word?.ToLowerInvariant();
#pragma warning restore CA1308
}

/// <summary>The rules of an endpoint, and how often they matched and fired.</summary>
[Cmdlet(VerbsCommon.Get, "CimulatorFault")]
[OutputType("Cimulator.Fault")]
public sealed class GetCimulatorFaultCommand : ControlCommand
{
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    protected override void EndProcessing()
    {
        if (Id is not null)
        {
            WriteObject(PlainJson.ReadObject(Ask(HttpMethod.Get, $"/v1/rules/{Uri.EscapeDataString(Id)}", target: Id), "Cimulator.Fault"));
            return;
        }

        foreach (JsonElement rule in Ask(HttpMethod.Get, "/v1/rules").GetProperty("rules").EnumerateArray())
        {
            WriteObject(PlainJson.ReadObject(rule, "Cimulator.Fault"));
        }
    }
}

/// <summary>Takes rules away: those that are given, or all that were added since the start.</summary>
[Cmdlet(VerbsCommon.Remove, "CimulatorFault")]
public sealed class RemoveCimulatorFaultCommand : ControlCommand
{
    private bool _wasGiven;

    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string id in Id ?? [])
        {
            _wasGiven = true;
            Remove(id);
        }
    }

    protected override void EndProcessing()
    {
        if (_wasGiven || MyInvocation.ExpectingInput)
        {
            return;
        }

        foreach (JsonElement rule in Ask(HttpMethod.Get, "/v1/rules").GetProperty("rules").EnumerateArray())
        {
            if (!rule.GetProperty("initial").GetBoolean())
            {
                Remove(rule.GetProperty("id").GetString()!);
            }
        }
    }

    private void Remove(string id) => Ask(HttpMethod.Delete, $"/v1/rules/{Uri.EscapeDataString(id)}", target: id);
}
