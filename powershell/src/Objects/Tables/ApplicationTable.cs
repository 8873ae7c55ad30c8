using System;
using System.Linq;
using System.Runtime.InteropServices;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects.Tables;

/// <summary>MI_ApplicationFT: the ten slots that the Unix library uses. Sessions, options and serializers are refused.</summary>
internal static unsafe class ApplicationTable
{
    internal static readonly string[] Names =
    [
        "Close", "NewSession", "NewHostedProvider", "NewInstance", "NewDestinationOptions", "NewOperationOptions",
        "NewSubscriptionDeliveryOptions", "NewSerializer", "NewDeserializer", "NewInstanceFromClass",
    ];

    private static readonly nint s_refused = Live.Add(new InstanceData { ClassName = "MSFT_WmiError" });

    private static readonly nint s_address = Slot.Table(
        (nint)(delegate* unmanaged<nint, MiResult>)&Close,
        (nint)(delegate* unmanaged<nint, byte*, byte*, nint, nint, nint*, nint, MiResult>)&NewSession,
        (nint)(delegate* unmanaged<nint, byte*, byte*, nint, nint*, nint, MiResult>)&NewHostedProvider,
        (nint)(delegate* unmanaged<nint, byte*, nint, nint*, MiResult>)&NewInstance,
        (nint)(delegate* unmanaged<nint, nint, MiResult>)&NewOptions,
        (nint)(delegate* unmanaged<nint, byte, nint, MiResult>)&NewOperationOptions,
        (nint)(delegate* unmanaged<nint, int, nint, MiResult>)&NewDeliveryOptions,
        (nint)(delegate* unmanaged<nint, uint, byte*, nint, MiResult>)&NewSerializer,
        (nint)(delegate* unmanaged<nint, uint, byte*, nint, MiResult>)&NewSerializer,
        (nint)(delegate* unmanaged<nint, byte*, nint, nint*, MiResult>)&NewInstanceFromClass);

    /// <summary>An MI_Application of 24 bytes with this table at offset 16; never freed.</summary>
    internal static nint NewApplication()
    {
        nint* application = (nint*)NativeMemory.AllocZeroed(3, (nuint)sizeof(nint));
        application[2] = s_address;
        return (nint)application;
    }

    /// <summary>An identifier of DSP0004 5.2.2: letters, digits, underscores and what lies above ASCII, no digit first.</summary>
    internal static bool IsIdentifier(string? name) => name is { Length: > 0 } && !char.IsAsciiDigit(name[0])
        && name.All(each => char.IsAsciiLetterOrDigit(each) || each == '_' || each > '\u007F');

    [UnmanagedCallersOnly]
    private static MiResult Close(nint self) => MiResult.Ok;

    /// <summary>Not found, with an error instance that is there for good: the library clones it, and takes its text from the resources.</summary>
    [UnmanagedCallersOnly]
    private static MiResult NewSession(nint self, byte* protocol, byte* destination, nint options, nint callbacks, nint* error, nint session)
    {
        *error = s_refused;
        return MiResult.NotFound;
    }

    [UnmanagedCallersOnly]
    private static MiResult NewHostedProvider(nint self, byte* space, byte* name, nint main, nint* error, nint provider) => MiResult.NotSupported;

    [UnmanagedCallersOnly]
    private static MiResult NewInstance(nint self, byte* className, nint declaration, nint* instance)
    {
        try
        {
            string? name = Slot.Text(className);
            if (!IsIdentifier(name))
            {
                return MiResult.InvalidParameter;
            }

            *instance = Live.Add(new InstanceData { ClassName = name! });
            return MiResult.Ok;
        }
        catch (Exception fault)
        {
            return Slot.Failed(fault);
        }
    }

    [UnmanagedCallersOnly]
    private static MiResult NewOptions(nint self, nint options) => MiResult.NotSupported;

    [UnmanagedCallersOnly]
    private static MiResult NewOperationOptions(nint self, byte mustUnderstand, nint options) => MiResult.NotSupported;

    [UnmanagedCallersOnly]
    private static MiResult NewDeliveryOptions(nint self, int kind, nint options) => MiResult.NotSupported;

    /// <summary>A code and no exception: PowerShell's reader of CLIXML then gives a property bag.</summary>
    [UnmanagedCallersOnly]
    private static MiResult NewSerializer(nint self, uint flags, byte* format, nint serializer) => MiResult.NotSupported;

    [UnmanagedCallersOnly]
    private static MiResult NewInstanceFromClass(nint self, byte* className, nint declaration, nint* instance)
    {
        try
        {
            if (!Live.TryGet(declaration, out ClassData? data))
            {
                return MiResult.InvalidParameter;
            }

            *instance = Live.Add(ClassInstances.New(data));
            return MiResult.Ok;
        }
        catch (Exception fault)
        {
            return Slot.Failed(fault);
        }
    }
}
