using System;
using System.Linq;
using Cimulator.PowerShell.Model;
using Cimulator.PowerShell.Objects.Tables;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects;

/// <summary>Makes objects and reads back what they were given, through the library's own surface.</summary>
internal static class SelfTest
{
    private const string ClassName = "Cimulator_SelfTest";

    /// <summary>What of an instance over the function tables went wrong; null for nothing.</summary>
    internal static string? Run(Library library, bool hooked)
    {
        using CimInstance instance = hooked
            ? new CimInstance(ClassName, "root/é")
            : library.InstanceOver(Live.Add(new InstanceData { ClassName = ClassName, Namespace = "root/é" }));
        try
        {
            return Read(library, instance) is { } wrong ? $"{wrong} came back otherwise than it went" : null;
        }
        finally
        {
            library.Free(instance);
        }
    }

    /// <summary>What of a maker's sessions, exceptions and of what instances remember went wrong; null for nothing.</summary>
    internal static string? Run(ObjectMaker maker)
    {
        if (PrivateNames.Missing() is { } missing)
        {
            return $"the library has no {missing}";
        }

        Guid id = Guid.NewGuid();
        CimInstance instance = maker.Instance(new InstanceData { ClassName = ClassName });
        maker.Remember(instance, "é", id);
        CimSession session = maker.Session("é", id);
        bool wasOpen = !maker.IsClosed(session);
        string name = session.ComputerName;
        session.Dispose();
        CimException exception = maker.Exception(new CimErrorData("é") { NativeErrorCode = NativeErrorCode.NotFound, MessageId = "é" });
        string? wrong = instance.GetCimSessionComputerName() != "é" || instance.GetCimSessionInstanceId() != id ? "the session of an instance"
            : name != "é" || session.InstanceId != id || !wasOpen || !maker.IsClosed(session) ? "a session"
            : exception.Message != "é" || exception.NativeErrorCode != NativeErrorCode.NotFound
                || (maker.ErrorOf(exception)?.MessageId ?? exception.MessageId) != "é" ? "an exception"
            : null;
        maker.Dispose(instance);
        return wrong is null ? null : $"{wrong} came back otherwise than it went";
    }

    private static string? Read(Library library, CimInstance instance)
    {
        DateTime time = new(2026, 11, 29, 20, 0, 0, DateTimeKind.Utc);
        string[] texts = ["é", "", "\U0001F600"];
        Add(instance, "Text", "é", CimType.String, CimFlags.Key);
        Add(instance, "Number", ulong.MaxValue, CimType.UInt64, CimFlags.None);
        Add(instance, "Texts", texts, CimType.StringArray, CimFlags.None);
        Add(instance, "Time", time, CimType.DateTime, CimFlags.None);
        Add(instance, "Nothing", null, CimType.SInt32, CimFlags.None);
        Add(instance, "Inner", instance, CimType.Instance, CimFlags.None);
        instance.CimInstanceProperties["NUMBER"].Value = 7UL;
        return instance.CimSystemProperties.ClassName != ClassName || instance.CimSystemProperties.Namespace != "root/é" ? "the name"
            : instance.CimInstanceProperties["text"] is not { Value: "é" } key || !key.Flags.HasFlag(CimFlags.Key) ? "a text"
            : instance.CimInstanceProperties["Number"].Value is not 7UL ? "a number"
            : instance.CimInstanceProperties["Texts"].Value is not string[] read || !read.SequenceEqual(texts) ? "an array"
            : instance.CimInstanceProperties["Time"].Value is not DateTime when || when.ToUniversalTime() != time ? "a time"
            : instance.CimInstanceProperties["Nothing"].Value is not null ? "a null"
            : instance.CimInstanceProperties["Inner"].Value is not CimInstance[] { Length: 1 } ? "an embedded instance"
            : !Live.TryGet(library.AddressOf(instance), out InstanceData? data) || data.Properties.Count != 6 ? "the state"
            : null;
    }

    private static void Add(CimInstance instance, string name, object? value, CimType type, CimFlags flags) =>
        instance.CimInstanceProperties.Add(CimProperty.Create(name, value, type, flags));
}
