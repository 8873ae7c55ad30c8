using System;
using System.Reflection;
using System.Reflection.Emit;
using Cimulator.PowerShell.Objects.Tables;

namespace Cimulator.PowerShell.Objects;

/// <summary>
/// Gives the library's one application handle a value, so that `[CimInstance]::new` and the reader of CLIXML need no libmi. A handle that
/// a libmi has opened already stays: its instances and ours live side by side.
/// </summary>
internal static class ApplicationHook
{
    /// <summary>True where the handle is ours now, also when an earlier try without libmi had left its exception there.</summary>
    internal static bool Install()
    {
        FieldInfo holder = Library.Field(Library.Named("Internal.CimApplication"), "LazyHandle");
        object lazy = holder.GetValue(null)!;
        if ((bool)lazy.GetType().GetProperty("IsValueCreated")!.GetValue(lazy)!)
        {
            return false;
        }

        object application = Library.Method(Library.Named("Native.MI_Application"), "NewFromDirectPtr").Invoke(null, [ApplicationTable.NewApplication()])!;
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
