using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>
/// The tests and blocks of Pester that run on an endpoint, innermost last. At the end of each its state is what it was at its beginning
/// (`-Isolate`), and what must not be in it fails it: errors of script blocks, and with `-Strict` calls of what there is not.
/// </summary>
internal sealed class TestScopes
{
    private static readonly ConcurrentDictionary<ControlAccess, TestScopes> s_scopes = new();

    /// <summary>What a class or a namespace ends with that there is not; an Invoke besides, where there is no such method or nobody answers it.</summary>
    private static readonly string[] s_unknown = ["InvalidNamespace", "InvalidClass", "InvalidResourceURI"];

    private readonly ControlAccess _access;
    private readonly bool _isolates;
    private readonly bool _isStrict;
    private readonly Stack<TestScope> _open = new();
    private readonly List<(long After, long Last)> _passed = [];

    /// <summary>The state that the endpoint is in; null where something may have changed it since.</summary>
    private byte[]? _current;

    private TestScopes(ControlAccess access, bool isolates, bool isStrict)
    {
        _access = access;
        _isolates = isolates;
        _isStrict = isStrict;
    }

    public static void Add(ControlAccess access, bool isolates, bool isStrict) => s_scopes[access] = new TestScopes(access, isolates, isStrict);

    /// <summary>Null for an endpoint that was not started in a run of Pester.</summary>
    public static TestScopes? Find(ControlAccess access) => s_scopes.TryGetValue(access, out TestScopes? scopes) ? scopes : null;

    public static void Forget(ControlAccess access) => s_scopes.TryRemove(access, out _);

    /// <summary>A test or a block begins.</summary>
    public void Begin()
    {
        TestScope scope = new(null, 0);
        try
        {
            byte[]? checkpoint = _isolates ? _current ?? Encoding.UTF8.GetBytes(Ask(HttpMethod.Post, "/v1/snapshot").GetRawText()) : null;
            scope = new TestScope(checkpoint, LastCall());
        }
        catch (ControlException)
        {
            // The endpoint has gone; its end says so.
        }

        _open.Push(scope);
        _current = null;
    }

    /// <summary>It ends. One that began before the endpoint was started is passed over.</summary>
    /// <returns>why it fails, besides what Pester knows</returns>
    public IReadOnlyList<ErrorRecord> End()
    {
        if (!_open.TryPop(out TestScope? scope))
        {
            return [];
        }

        List<ErrorRecord> errors = [.. ThrownErrors()];
        if (_isStrict)
        {
            errors.AddRange(UnknownCalls(scope.LastCall));
        }

        if (_isolates)
        {
            Undo(scope);
        }

        return errors;
    }

    public void NoteRule(string id) => Current?.Rules.Add(id);

    public void NoteMethod(string id) => Current?.Methods.Add(id);

    /// <summary>Whether a call belongs to a test, or a block, that has ended.</summary>
    public bool HasPassed(JsonElement call)
    {
        long number = call.GetProperty("number").GetInt64();
        return _passed.Exists(range => number > range.After && number <= range.Last);
    }

    private TestScope? Current => _open.TryPeek(out TestScope? scope) ? scope : null;

    private void Undo(TestScope scope)
    {
        foreach (string path in scope.Rules.Select(id => $"/v1/rules/{Uri.EscapeDataString(id)}").Concat(scope.Methods.Select(id => $"/v1/methods/{Uri.EscapeDataString(id)}")))
        {
            try
            {
                Ask(HttpMethod.Delete, path);
            }
            catch (ControlException error) when (error.Status == 404)
            {
                // The test took it away itself.
            }
        }

        Ask(HttpMethod.Post, "/v1/restore", scope.Checkpoint);
        _current = scope.Checkpoint;
        long last = LastCall();
        if (last > scope.LastCall)
        {
            _passed.RemoveAll(range => range.After >= scope.LastCall);
            _passed.Add((scope.LastCall, last));
        }
    }

    private IEnumerable<ErrorRecord> ThrownErrors()
    {
        while (MethodStream.Find(_access)?.TakeError() is { } error)
        {
            yield return error;
        }
    }

    private IEnumerable<ErrorRecord> UnknownCalls(long after) =>
        Calls(after, 10_000).Where(IsUnknown).Select(call =>
        {
            string text = $"The endpoint is strict, and has nothing that answers {CallText.Line(call)}";
            InvalidOperationException error = new(CallText.Text(call, "reason") is { } reason ? $"{text}: {reason}" : text);
            return new ErrorRecord(error, "UnknownCall", ErrorCategory.ObjectNotFound, PlainJson.ReadObject(call, "Cimulator.Call"));
        });

    /// <summary>A fault that a rule made is meant to be.</summary>
    private static bool IsUnknown(JsonElement call)
    {
        string? fault = CallText.Text(call, "fault");
        bool isUnknown = s_unknown.Contains(fault) || (fault == "ActionNotSupported" && CallText.Text(call, "operation") == "Invoke");
        return isUnknown && CallText.Text(call, "rule") is null;
    }

    private long LastCall() => Calls(0, 1).Select(call => call.GetProperty("number").GetInt64()).LastOrDefault();

    private JsonElement.ArrayEnumerator Calls(long after, int limit) => Ask(HttpMethod.Post, "/v1/requests/find", PlainJson.Bytes(writer =>
    {
        if (after > 0)
        {
            writer.WriteNumber("after"u8, after);
        }

        writer.WriteNumber("limit"u8, limit);
    })).GetProperty("requests").EnumerateArray();

    private JsonElement Ask(HttpMethod method, string path, byte[]? body = null) => ControlClient.Of(_access).Send(method, path, body, CancellationToken.None);
}
