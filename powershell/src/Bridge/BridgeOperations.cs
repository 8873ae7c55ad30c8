using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;
using static Cimulator.PowerShell.Bridge.OptionalMembers;

namespace Cimulator.PowerShell.Bridge;

/// <summary>The operations of one target, each a call of the bridge.</summary>
internal sealed class BridgeOperations : ICimOperations
{
    private readonly BridgeConnection _connection;
    private readonly ClassCache _classes;

    /// <param name="computerName">the name that was asked for</param>
    /// <param name="serverName">what instances say that they come from</param>
    public BridgeOperations(string computerName, string serverName, BridgeConnection connection)
    {
        ComputerName = computerName;
        ServerName = serverName;
        _connection = connection;
        _classes = new ClassCache((@namespace, className) => GetClassAsync(@namespace, className, amended: false, new OperationOptions(), CancellationToken.None));
    }

    public string ComputerName { get; }

    public string ServerName { get; }

    public BridgeTarget Target => _connection.Target;

    private delegate T ResultReader<T>(ref Utf8JsonReader reader);

    public void Close() => _connection.Close();

    public Task IdentifyAsync(OperationOptions options, CancellationToken cancellation) =>
        CallAsync("identify", null, options, static _ => { }, Nothing, cancellation);

    public Task<InstanceData> GetInstanceAsync(string @namespace, InstanceData path, OperationOptions options, CancellationToken cancellation) =>
        CallAsync("getInstance", @namespace, options, WithPath(@namespace, path), ReadInstance, cancellation);

    public IAsyncEnumerable<InstanceData> EnumerateInstancesAsync(string @namespace, EnumerateOptions what, OperationOptions options, CancellationToken cancellation) =>
        StreamAsync(
            "enumerateInstances",
            @namespace,
            options,
            writer =>
            {
                writer.WriteString("class"u8, what.ClassName);
                Text(writer, "filter", what.Filter);
                Text(writer, "dialect", what.Dialect);
                if (what.Properties is not null)
                {
                    writer.WriteStartArray("properties"u8);
                    foreach (string property in what.Properties)
                    {
                        writer.WriteStringValue(property);
                    }

                    writer.WriteEndArray();
                }

                Flag(writer, "shallow", what.Shallow);
                Flag(writer, "keyOnly", what.KeyOnly);
            },
            NewInstanceReader().ReadObject,
            cancellation);

    public IAsyncEnumerable<InstanceData> QueryInstancesAsync(string @namespace, string query, string? dialect, bool shallow, OperationOptions options, CancellationToken cancellation) =>
        StreamAsync(
            "queryInstances",
            @namespace,
            options,
            writer =>
            {
                writer.WriteString("query"u8, query);
                Text(writer, "dialect", dialect);
                Flag(writer, "shallow", shallow);
            },
            NewInstanceReader().ReadObject,
            cancellation);

    public IAsyncEnumerable<InstanceData> AssociatorsAsync(string @namespace, AssociatorOptions what, OperationOptions options, CancellationToken cancellation) =>
        StreamAsync(
            "associatorInstances",
            @namespace,
            options,
            WithPath(@namespace, what.Source) + (writer =>
            {
                Text(writer, "associationClass", what.AssociationClass);
                Text(writer, "resultClass", what.ResultClass);
                Text(writer, "role", what.Role);
                Text(writer, "resultRole", what.ResultRole);
                Flag(writer, "keyOnly", what.KeyOnly);
            }),
            NewInstanceReader().ReadObject,
            cancellation);

    public async Task<InstanceData> CreateInstanceAsync(string @namespace, InstanceData instance, OperationOptions options, CancellationToken cancellation)
    {
        InstanceData path = await CallAsync(
            "createInstance",
            @namespace,
            options,
            writer =>
            {
                writer.WriteString("class"u8, instance.ClassName);
                ValueWriter.Elements(writer, "properties", instance.Properties);
            },
            (ref Utf8JsonReader reader) => Member(ref reader, "path", NewInstanceReader().ReadObject),
            cancellation).ConfigureAwait(false);
        return await GetInstanceAsync(path.Namespace ?? @namespace, path, options, cancellation).ConfigureAwait(false);
    }

    public Task<InstanceData> ModifyInstanceAsync(string @namespace, InstanceData path, IReadOnlyList<PropertyData> changes, OperationOptions options, CancellationToken cancellation) =>
        CallAsync(
            "modifyInstance",
            @namespace,
            options,
            WithPath(@namespace, path) + (writer => ValueWriter.Elements(writer, "properties", changes)),
            ReadInstance,
            cancellation);

    public Task DeleteInstanceAsync(string @namespace, InstanceData path, OperationOptions options, CancellationToken cancellation) =>
        CallAsync("deleteInstance", @namespace, options, WithPath(@namespace, path), Nothing, cancellation);

    public Task<MethodResult> InvokeMethodAsync(string @namespace, string className, InstanceData? path, string methodName, IReadOnlyList<PropertyData> parameters, OperationOptions options, CancellationToken cancellation) =>
        CallAsync(
            "invokeMethod",
            @namespace,
            options,
            (path is null ? writer => writer.WriteString("class"u8, className) : WithPath(@namespace, path)) + (writer =>
            {
                writer.WriteString("method"u8, methodName);
                ValueWriter.Elements(writer, "parameters", parameters);
            }),
            (ref Utf8JsonReader reader) => MethodResultReader.Read(ref reader, NewInstanceReader()),
            cancellation);

    public Task<ClassData> GetClassAsync(string @namespace, string className, bool amended, OperationOptions options, CancellationToken cancellation) =>
        CallAsync(
            "getClass",
            @namespace,
            options,
            writer =>
            {
                writer.WriteString("class"u8, className);
                Flag(writer, "amended", amended);
            },
            (ref Utf8JsonReader reader) => Member(ref reader, "class", NewClassReader().Read),
            cancellation);

    public IAsyncEnumerable<ClassData> EnumerateClassesAsync(string @namespace, string? className, bool deep, OperationOptions options, CancellationToken cancellation) =>
        StreamAsync(
            "enumerateClasses",
            @namespace,
            options,
            writer =>
            {
                Text(writer, "class", className);
                Flag(writer, "deep", deep);
            },
            NewClassReader().Read,
            cancellation);

    /// <summary>The member `path`; the class is asked first for the keys of an instance that does not know its own. On no thread of the bridge.</summary>
    private Action<Utf8JsonWriter> WithPath(string @namespace, InstanceData path)
    {
        if (path.KeysUnknown && _classes.Of(path.Namespace ?? @namespace, path.ClassName).Fetch() is { } declaration)
        {
            IEnumerable<string> keys = declaration.Properties.Where(property => property.Flags.HasFlag(CimFlags.Key)).Select(property => property.Name);
            lock (path.Properties)
            {
                foreach (PropertyData property in path.Properties.Where(property => keys.Contains(property.Name, StringComparer.OrdinalIgnoreCase)))
                {
                    property.Flags |= CimFlags.Key;
                }
            }

            path.KeysUnknown = false;
        }

        return writer => ValueWriter.Path(writer, "path", path);
    }

    private async Task<T> CallAsync<T>(string operation, string? @namespace, OperationOptions options, Action<Utf8JsonWriter> members, ResultReader<T> read, CancellationToken cancellation)
    {
        try
        {
            await using BridgeCall call = await OpenAsync(operation, @namespace, options, members, cancellation).ConfigureAwait(false);
            while (true)
            {
                BridgeLine line = WaitingThread.IsCurrent ? call.Wait(cancellation) : await call.NextAsync(cancellation).ConfigureAwait(false);
                if (line.Kind == LineKind.Result)
                {
                    return Read(line, read);
                }

                Tell(line, options);
            }
        }
        catch (Exception error) when (IsOurs(error))
        {
            throw Services.Objects.Exception(CimErrors.Of(error));
        }
        finally
        {
            // Its end would end the call.
            GC.KeepAlive(_connection);
        }
    }

    private async IAsyncEnumerable<T> StreamAsync<T>(
        string operation,
        string? @namespace,
        OperationOptions options,
        Action<Utf8JsonWriter> members,
        ResultReader<T> read,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using ItemStream stream = new(() => OpenAsync(operation, @namespace, options, members, cancellation));
        while (true)
        {
            List<T>? items;
            try
            {
                BridgeLine? line = await stream.NextAsync(cancellation).ConfigureAwait(false);
                if (line is null)
                {
                    yield break;
                }

                items = line.Value.Kind == LineKind.Items ? ReadItems(line.Value, read) : null;
                Tell(line.Value, options);
            }
            catch (Exception error) when (IsOurs(error))
            {
                throw Services.Objects.Exception(CimErrors.Of(error));
            }

            foreach (T item in items ?? [])
            {
                yield return item;
                stream.Consumed();
            }
        }
    }

    private Task<BridgeCall> OpenAsync(string operation, string? @namespace, OperationOptions options, Action<Utf8JsonWriter> members, CancellationToken cancellation) =>
        _connection.CallAsync(
            operation,
            writer =>
            {
                Text(writer, "namespace", @namespace);
                Text(writer, "resourceUri", options.ResourceUri);
                if (options.OperationTimeoutSec is > 0)
                {
                    writer.WriteNumber("operationTimeoutSec"u8, options.OperationTimeoutSec.Value);
                }

                if (options.CustomOptions is { Count: > 0 })
                {
                    writer.WriteStartObject("options"u8);
                    foreach ((string name, string value) in options.CustomOptions)
                    {
                        writer.WriteString(name, value);
                    }

                    writer.WriteEndObject();
                }

                members(writer);
            },
            cancellation);

    private static bool IsOurs(Exception error) => error is BridgeException or BridgeAnswerException or System.IO.InvalidDataException or JsonException or FormatException;

    /// <exception cref="BridgeAnswerException">It is an error.</exception>
    private static void Tell(BridgeLine line, OperationOptions options)
    {
        if (line.Kind == LineKind.Error)
        {
            throw new BridgeAnswerException(ErrorAnswer.Read(line));
        }

        if (line.Kind == LineKind.Verbose)
        {
            options.Verbose?.Invoke(line.Reader().GetString() ?? "");
        }
    }

    private static T Read<T>(BridgeLine line, ResultReader<T> read)
    {
        Utf8JsonReader reader = line.Reader();
        return read(ref reader);
    }

    private static List<T> ReadItems<T>(BridgeLine line, ResultReader<T> read)
    {
        List<T> items = [];
        Utf8JsonReader reader = line.Reader();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(read(ref reader));
        }

        return items;
    }

    private InstanceReader NewInstanceReader() => new(ServerName, _classes.Of);

    private ClassReader NewClassReader() => new(ServerName, _classes.Of);

    private InstanceData ReadInstance(ref Utf8JsonReader reader) => Member(ref reader, "instance", NewInstanceReader().ReadObject);

    /// <summary>The one member that a result is read for.</summary>
    private static T Member<T>(ref Utf8JsonReader reader, string name, ResultReader<T> read)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt)
            {
                return read(ref reader);
            }

            reader.Skip();
        }

        throw new System.IO.InvalidDataException($"a result has no {name}");
    }

    private static bool Nothing(ref Utf8JsonReader reader) => true;
}
