using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Cimulator.PowerShell.Cmdlets;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Completion;

/// <summary>
/// What an endpoint knows, for somebody who types: asked once and kept for ten minutes. Who waits too long gets nothing, and the answer is
/// there for the next time.
/// </summary>
internal static class Schema
{
    private const string NamespaceClass = "__NAMESPACE";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(10);
    private static readonly ConcurrentDictionary<(string Target, string Namespace, string What), (Task<object> Answer, long Since)> s_known = new();

    public static IReadOnlyList<ClassData> Classes(CommandLine command, string @namespace) =>
        Ask<IReadOnlyList<ClassData>>(command, @namespace, "classes", async operations =>
        {
            List<ClassData> classes = [];
            await foreach (ClassData declaration in operations.EnumerateClassesAsync(@namespace, null, deep: true, new OperationOptions(), CancellationToken.None))
            {
                classes.Add(declaration);
            }

            return classes;
        }) ?? [];

    public static ClassData? Class(ClassOnLine named) =>
        Ask<ClassData>(named.Command, named.Namespace, $"class {named.ClassName.ToUpperInvariant()}", async operations =>
            await operations.GetClassAsync(named.Namespace, named.ClassName, false, new OperationOptions(), CancellationToken.None));

    /// <summary>The names of the namespaces right below one.</summary>
    public static IReadOnlyList<string> Namespaces(CommandLine command, string parent) =>
        Ask<IReadOnlyList<string>>(command, parent, "namespaces", async operations =>
        {
            List<string> names = [];
            await foreach (InstanceData child in operations.EnumerateInstancesAsync(parent, new EnumerateOptions(NamespaceClass), new OperationOptions(), CancellationToken.None))
            {
                if (child.Properties.FirstOrDefault(property => property.Name.Equals("Name", StringComparison.OrdinalIgnoreCase))?.Value is string name)
                {
                    names.Add(name);
                }
            }

            return names;
        }) ?? [];

    private static T? Ask<T>(CommandLine command, string @namespace, string what, Func<ICimOperations, Task<object>> question)
        where T : class
    {
        try
        {
            (ICimOperations operations, string target) = TargetOf(command);
            (string, string, string) key = (target, @namespace.Replace('\\', '/').ToUpperInvariant(), what);
            (Task<object> answer, _) = s_known.AddOrUpdate(key, _ => Begin(), (_, known) => IsStale(known) ? Begin() : known);
            return answer.Wait(s_patience) ? answer.Result as T : null;

            (Task<object>, long) Begin() => (Task.Run(() => question(operations)), Environment.TickCount64);
        }
        catch (Exception error) when (error is CimException or AggregateException or ObjectDisposedException)
        {
            return null;
        }
    }

    private static bool IsStale((Task<object> Answer, long Since) known) =>
        known.Answer.IsFaulted || known.Answer.IsCanceled || Environment.TickCount64 - known.Since > s_lifetime.TotalMilliseconds;

    /// <summary>The first session or computer that the line names, else the default endpoint.</summary>
    private static (ICimOperations Operations, string Name) TargetOf(CommandLine command)
    {
        if (command.Value("CimSession") is { } given && First(given) is CimSession session)
        {
            CimTarget target = CimTargets.OfSession(session);
            return (target.Operations, $"session {session.InstanceId}");
        }

        ICimOperations operations = command.Text("ComputerName") is { } computerName ? Services.Targets.Named(computerName) : Services.Targets.Default();
        return (operations, $"{operations.GetHashCode()} {command.Text("ComputerName")}");
    }

    private static object? First(object given) => given is object[] many ? Typing.Unwrapped(many.FirstOrDefault()) : Typing.Unwrapped(given);
}
