using System.Collections;
using System.Management.Automation;
using System.Text.Json;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>Which calls are meant: all that is given must agree; names compare without case.</summary>
public abstract class ExchangeCommand : ControlCommand
{
    /// <summary>By its name of WS-Management (Invoke, Enumerate, Pull …) or of CIM (InvokeMethod, GetInstance …).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Operation { get; set; }

    /// <summary>The class, or a superclass of it.</summary>
    [Parameter]
    [Alias("On")]
    [ValidateNotNullOrEmpty]
    public string? ClassName { get; set; }

    [Parameter(Position = 0)]
    [Alias("MethodName")]
    [ValidateNotNullOrEmpty]
    public string? Method { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Namespace { get; set; }

    /// <summary>Keys of the instance; those that are left out may be anything.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Key { get; set; }

    /// <summary>Parameters of the method, or properties of what is made or changed; those that are left out may be anything.</summary>
    [Parameter]
    [Alias("Arguments")]
    [ValidateNotNull]
    public IDictionary? Argument { get; set; }

    /// <summary>Which of the endpoint's computers was asked, by any of its names.</summary>
    [Parameter]
    [Alias("CN")]
    [ValidateNotNullOrEmpty]
    public string? ComputerName { get; set; }

    /// <summary>The account that called.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    private protected void WriteMatch(Utf8JsonWriter writer)
    {
        PlainJson.Member(writer, "host", HostOf(ComputerName));
        PlainJson.Member(writer, "operation", Operation);
        PlainJson.Member(writer, "namespace", Namespace);
        PlainJson.Member(writer, "class", ClassName);
        PlainJson.Member(writer, "method", Method);
        PlainJson.Member(writer, "selectors", Key);
        PlainJson.Member(writer, "user", User);
        PlainJson.Member(writer, "input", Argument);
    }
}

/// <summary>And how they ended.</summary>
public abstract class CallCommand : ExchangeCommand
{
    [Parameter]
    [ValidateSet("Answered", "Fault", "Lost", IgnoreCase = true)]
    public string? Outcome { get; set; }

    /// <summary>A number, or what the method's value map says of it.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? ReturnValue { get; set; }

    /// <summary>A fault of WS-Management by its name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Fault { get; set; }

    private protected void WriteFilter(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("filter"u8);
        WriteFilterMembers(writer);
        writer.WriteEndObject();
    }

    private protected void WriteFilterMembers(Utf8JsonWriter writer)
    {
        WriteMatch(writer);
#pragma warning disable CA1308 // The API's words are in lower case.
        PlainJson.Member(writer, "outcome", Outcome?.ToLowerInvariant());
#pragma warning restore CA1308
        PlainJson.Member(writer, "returnValue", ReturnValue);
        PlainJson.Member(writer, "fault", Fault);
    }
}
