using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Cimulator.PowerShell.Bridge;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>A script block that answers calls of a method, one after another, in a runspace of its own.</summary>
internal sealed class ScriptMethod : IDisposable
{
    /// <summary>How PowerShell hands over the values of `$using:` (as Start-ThreadJob does).</summary>
    private const string UsingValues = "--%";

    private readonly ScriptBlock _script;
    private readonly Dictionary<string, object?> _usingValues;
    private readonly Lazy<Runspace> _runspace;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly TimeSpan _limit;

    /// <param name="usingValues">what `$using:` of the script stands for, by <see cref="UsingKey"/></param>
    public ScriptMethod(string name, ScriptBlock script, Dictionary<string, object?> usingValues, TimeSpan limit)
    {
        Name = name;
        _script = script;
        _usingValues = usingValues;
        _limit = limit;
        _runspace = new Lazy<Runspace>(() =>
        {
            Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
            runspace.Name = $"Cimulator {Name}";
            runspace.ThreadOptions = PSThreadOptions.ReuseThread;
            runspace.Open();
            return runspace;
        });
    }

    /// <summary>`Class.Method`, for messages.</summary>
    public string Name { get; }

    /// <summary>The variables of `$using:` in a script, each once.</summary>
    public static IEnumerable<UsingExpressionAst> UsingsOf(ScriptBlock script) =>
        script.Ast.FindAll(ast => ast is UsingExpressionAst, searchNestedScriptBlocks: true).Cast<UsingExpressionAst>();

    /// <summary>By what PowerShell looks up the value of a `$using:`.</summary>
    public static string UsingKey(UsingExpressionAst expression)
    {
        string text = expression.ToString();
#pragma warning disable CA1308 // PowerShell's own key is in lower case.
        string key = expression.SubExpression is VariableExpressionAst ? text.ToLowerInvariant() : text;
#pragma warning restore CA1308
        return Convert.ToBase64String(Encoding.Unicode.GetBytes(key));
    }

    /// <summary>Runs the script for a call.</summary>
    /// <param name="call">an event `call` of docs/control-api.md</param>
    /// <returns>the body of the answer, and the error that it tells of, if it tells of one</returns>
    public async Task<(byte[] Answer, ErrorRecord? Error)> AnswerAsync(JsonElement call, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            object?[] arguments = [InstanceOf(call), InputOf(call)];
            return (Answer(await RunAsync(arguments, cancellation).ConfigureAwait(false)), null);
        }
        catch (RuntimeException error)
        {
            string message = $"{error.Message}{Place(error.ErrorRecord.InvocationInfo?.ScriptLineNumber ?? 1)}";
            return (Refusal(error, message), new ErrorRecord(new RuntimeException(message, error), "MethodFailed", ErrorCategory.InvalidResult, Name));
        }
        catch (Exception error) when (error is TimeoutException or ArgumentException or InvalidOperationException)
        {
            string message = $"{error.Message}{Place(1)}";
            return (Refusal(error, message), new ErrorRecord(new RuntimeException(message, error), "MethodFailed", ErrorCategory.InvalidResult, Name));
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        if (_runspace.IsValueCreated)
        {
            _runspace.Value.Dispose();
        }

        _turn.Dispose();
    }

    private async Task<PSObject?> RunAsync(object?[] arguments, CancellationToken cancellation)
    {
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create();
        shell.Runspace = _runspace.Value;
        shell.AddScript(_script.ToString());
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        if (_usingValues.Count > 0)
        {
            shell.AddParameter(UsingValues, _usingValues);
        }

        Task<PSDataCollection<PSObject>> running = Task.Factory.FromAsync(shell.BeginInvoke(), shell.EndInvoke);
        Task first = await Task.WhenAny(running, Task.Delay(_limit, cancellation)).ConfigureAwait(false);
        if (first != running)
        {
            shell.Stop();
            cancellation.ThrowIfCancellationRequested();
            throw new TimeoutException($"{Name} took longer than {_limit.TotalSeconds} s");
        }

        PSDataCollection<PSObject> output = await running.ConfigureAwait(false);
        if (shell.Streams.Error.Count > 0 && output.Count == 0)
        {
            throw new RuntimeException(shell.Streams.Error[0].ToString(), shell.Streams.Error[0].Exception, shell.Streams.Error[0]);
        }

        return output.LastOrDefault();
    }

    /// <summary>A number is the ReturnValue; of a hashtable or an object the other members are outputs.</summary>
    private static byte[] Answer(PSObject? result)
    {
        object? value = result is { BaseObject: not PSCustomObject } ? result.BaseObject : result;
        IEnumerable<(string Name, object? Value)>? members = value switch
        {
            IDictionary dictionary => dictionary.Keys.Cast<object>().Select(key => (key.ToString() ?? "", dictionary[key])),
            PSObject custom => custom.Properties.Select(property => (property.Name, (object?)property.Value)),
            _ => null,
        };
        List<(string Name, object? Value)> given = members?.ToList() ?? [("ReturnValue", value ?? 0)];
        int at = given.FindIndex(member => member.Name.Equals("ReturnValue", StringComparison.OrdinalIgnoreCase));
        object? returnValue = at < 0 ? 0 : given[at].Value;
        return PlainJson.Bytes(writer =>
        {
            writer.WritePropertyName("returnValue"u8);
            PlainJson.Value(writer, returnValue);
            writer.WriteStartObject("outputs"u8);
            foreach ((string name, object? output) in given.Where((_, index) => index != at))
            {
                writer.WritePropertyName(name);
                PlainJson.Value(writer, output);
            }

            writer.WriteEndObject();
        });
    }

    /// <summary>Of a CimException its own status.</summary>
    private static byte[] Refusal(Exception error, string message)
    {
        string status = (error.InnerException ?? error) is CimException { NativeErrorCode: not NativeErrorCode.Ok } cim ? cim.NativeErrorCode.ToString() : "Failed";
        return PlainJson.Bytes(writer =>
        {
            writer.WriteStartObject("error"u8);
            writer.WriteString("message"u8, message);
            writer.WriteString("status"u8, status);
            writer.WriteEndObject();
        });
    }

    /// <summary>` (at FILE:LINE, the answer of Class.Method)`</summary>
    /// <param name="line">within the script, from 1</param>
    public string Place(int line)
    {
        string file = string.IsNullOrEmpty(_script.File) ? "the script block" : _script.File;
        return $" (at {file}:{_script.Ast.Extent.StartLineNumber + line - 1}, the answer of {Name})";
    }

    private static object? InstanceOf(JsonElement call)
    {
        if (!call.TryGetProperty("instance", out JsonElement instance))
        {
            return null;
        }

        return OperatingSystem.IsWindows() ? PlainOf(instance.GetProperty("properties")) : Services.Objects.Instance(Read(instance));
    }

    private static PSObject InputOf(JsonElement call) => PlainOf(call.GetProperty("input"));

    /// <summary>The values of elements, typed as CIM has them.</summary>
    private static PSObject PlainOf(JsonElement elements)
    {
        PSObject result = new();
        Utf8JsonReader reader = ReaderOf(elements);
        foreach (PropertyData element in new InstanceReader(null, (_, _) => null).ReadElements(ref reader))
        {
            result.Properties.Add(new PSNoteProperty(element.Name, ValueOf(element.Value)));
        }

        return result;
    }

    private static object? ValueOf(object? value) => value switch
    {
        InstanceData data => OperatingSystem.IsWindows() ? data.ClassName : Services.Objects.Instance(data),
        InstanceData[] list => list.Select(ValueOf).ToArray(),
        _ => value,
    };

    private static InstanceData Read(JsonElement instance)
    {
        Utf8JsonReader reader = ReaderOf(instance);
        return new InstanceReader(null, (_, _) => null).ReadObject(ref reader);
    }

    private static Utf8JsonReader ReaderOf(JsonElement json)
    {
        Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(json.GetRawText()));
        reader.Read();
        return reader;
    }
}
