using System;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;
using Cimulator.PowerShell.Objects.Plain;
using Cimulator.PowerShell.Objects.Tables;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects;

/// <summary>
/// Gives the library's one application handle a value, so that `[CimInstance]::new` and the reader of CLIXML need no libmi. A handle that
/// a libmi has opened already stays: its instances and ours live side by side.
/// </summary>
internal static class ApplicationHook
{
    /// <summary>True where the handle is ours now, also when an earlier try without libmi had left its exception there.</summary>
    internal static bool Install() =>
        Put(() => Library.Method(Library.Named("Native.MI_Application"), "NewFromDirectPtr").Invoke(null, [ApplicationTable.NewApplication()])!);

    /// <summary>
    /// For the fallback: an application that supports nothing, so that PowerShell reads the CLIXML that Windows wrote as it does where an
    /// instance cannot be had, instead of failing without libmi. A libmi that can be loaded is left to those who use it.
    /// </summary>
    internal static void TryInstallEmpty()
    {
        if (NativeLibrary.TryLoad("libmi", typeof(CimInstance).Assembly, null, out _))
        {
            return;
        }

        try
        {
            if (EmptyHandle.New("Native.MI_Application") is { } application)
            {
                Put(() => application);
            }
        }
        catch (Exception other) when (other is MemberAccessException or ArgumentException or InvalidCastException)
        {
        }
    }

    private static bool Put(Func<object> create)
    {
        FieldInfo holder = Library.Field(Library.Named("Internal.CimApplication"), "LazyHandle");
        object lazy = holder.GetValue(null)!;
        if ((bool)lazy.GetType().GetProperty("IsValueCreated")!.GetValue(lazy)!)
        {
            return false;
        }

        object application = create();
        if (!Finish(lazy, application))
        {
            Replace(holder, Activator.CreateInstance(lazy.GetType(), application)!);
        }

        return true;
    }

    /// <summary>Turns the unfinished Lazy into a finished one, by the two fields that it has in every .NET from 8 on.</summary>
    private static bool Finish(object lazy, object value)
    {
        FieldInfo? held = lazy.GetType().GetField("_value", Library.Hidden);
        FieldInfo? state = lazy.GetType().GetField("_state", Library.Hidden);
        if (held is null || state is null)
        {
            return false;
        }

        held.SetValue(lazy, value);
        state.SetValue(lazy, null);
        return (bool)lazy.GetType().GetProperty("IsValueCreated")!.GetValue(lazy)!;
    }

    /// <summary>Stores into the readonly static field itself.</summary>
    private static void Replace(FieldInfo holder, object lazy)
    {
        DynamicMethod store = new("cimulator", null, [typeof(object)], holder.Module, true);
        ILGenerator code = store.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Castclass, holder.FieldType);
        code.Emit(OpCodes.Stsfld, holder);
        code.Emit(OpCodes.Ret);
        store.CreateDelegate<Action<object>>()(lazy);
    }
}
