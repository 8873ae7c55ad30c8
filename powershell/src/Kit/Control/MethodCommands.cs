using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Net.Http;
using System.Text.Json;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>Lets a script block answer calls of a method, as long as this process lives.</summary>
[Cmdlet(VerbsLifecycle.Register, "CimulatorMethod")]
[OutputType("Cimulator.Method")]
public sealed class RegisterCimulatorMethodCommand : ControlCommand
{
    /// <summary>The class, or a superclass of those that are meant.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string ClassName { get; set; } = "";

    [Parameter(Position = 1, Mandatory = true)]
    [Alias("Method")]
    [ValidateNotNullOrEmpty]
    public string MethodName { get; set; } = "";

    /// <summary>
    /// Gets the instance, null for a static method, and an object with the parameters. What it gives back is the ReturnValue, or a hashtable
    /// with ReturnValue and outputs. It runs in a runspace of its own; `$using:` brings values of this one.
    /// </summary>
    [Parameter(Position = 2, Mandatory = true)]
    [ValidateNotNull]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Namespace { get; set; }

    /// <summary>For one call.</summary>
    [Parameter]
    [ValidateRange(0.001, 600)]
    public double TimeoutSec { get; set; } = 30;

    protected override void EndProcessing()
    {
        ScriptMethod method = new($"{ClassName}.{MethodName}", ScriptBlock, UsingValues(), TimeSpan.FromSeconds(TimeoutSec));
        try
        {
            ControlAccess access = Access();
            JsonElement added = MethodStream.Of(access).Add(method, WriteMethod, Interrupted);
            TestScopes.Find(access)?.NoteMethod(added.GetProperty("id").GetString()!);
            WriteObject(PlainJson.ReadObject(added, "Cimulator.Method"));
        }
        catch (Exception error)
        {
            method.Dispose();
            throw Translated(error, MethodName);
        }
    }

    private void WriteMethod(Utf8JsonWriter writer)
    {
        PlainJson.Member(writer, "class", ClassName);
        PlainJson.Member(writer, "method", MethodName);
        PlainJson.Member(writer, "namespace", Namespace);
        // The endpoint waits longer than the script may take: then it is the script's error, with its place.
        PlainJson.Member(writer, "timeout", Math.Min((int)(TimeoutSec * 1000) + 2000, 600_000));
    }

    private Dictionary<string, object?> UsingValues()
    {
        Dictionary<string, object?> values = [];
        foreach (UsingExpressionAst expression in ScriptMethod.UsingsOf(ScriptBlock))
        {
            string variable = expression.ToString().Replace("$using:", "$", StringComparison.OrdinalIgnoreCase);
            values[ScriptMethod.UsingKey(expression)] = InvokeCommand.InvokeScript(variable).FirstOrDefault();
        }

        return values;
    }
}

/// <summary>Gives methods back to the model.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "CimulatorMethod")]
public sealed class UnregisterCimulatorMethodCommand : ControlCommand
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (string id in Id)
        {
            Ask(HttpMethod.Delete, $"/v1/methods/{Uri.EscapeDataString(id)}", target: id);
        }
    }
}
