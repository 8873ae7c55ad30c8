using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;
using Cimulator.PowerShell.Objects.Tables;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects.Plain;

/// <summary>
/// Native handles of the fallback. Their functions are managed, of whatever signature the library wants, and touch no memory: there are no
/// properties and no class, and all else is not supported. So the library's own ToString gives the name of the class and its lists are empty,
/// where without a handle they throw, and with them "$instance", ConvertTo-Json and PowerShell's parameter binder.
/// </summary>
internal static class EmptyHandle
{
    private static readonly Dictionary<string, MiResult> s_answers = new()
    {
        ["GetElementCount"] = MiResult.Ok,
        ["GetElement"] = MiResult.NoSuchProperty,
        ["GetElementAt"] = MiResult.NoSuchProperty,
        ["GetClass"] = MiResult.NotFound,
        ["Destruct"] = MiResult.Ok,
        ["Delete"] = MiResult.Ok,
    };

    private static readonly FieldInfo? s_held = typeof(CimInstance).GetField("nativeInstance", Library.Hidden);

    /// <summary>All instances share one; their Dispose does not touch it, and their finalizers do not run.</summary>
    private static readonly object? s_ofInstances = s_held is null ? null : New("Native.MI_Instance");

    /// <summary>Gives an instance the handle, once it has its system properties; where this library has no such handle nothing is done.</summary>
    internal static void Attach(CimInstance instance)
    {
        if (s_ofInstances is not null)
        {
            s_held!.SetValue(instance, s_ofInstances);
        }
    }

    /// <summary>A handle of a type of the library; null where that type is another than was known.</summary>
    internal static object? New(string name)
    {
        try
        {
            Type type = Library.Named(name);
            FieldInfo lazy = Library.Field(type.BaseType!, "mft");
            object handle = Library.Method(type, "NewFromDirectPtr").Invoke(null, [Marshal.AllocHGlobal(nint.Size)])!;
            lazy.SetValue(handle, Activator.CreateInstance(lazy.FieldType, Functions(lazy.FieldType.GetGenericArguments()[0])));
            return handle;
        }
        catch (Exception other) when (other is MemberAccessException or TargetInvocationException or ArgumentException
            or InvalidOperationException or IndexOutOfRangeException or AmbiguousMatchException)
        {
            return null;
        }
    }

    private static object Functions(Type type)
    {
        object functions = Activator.CreateInstance(type, true)!;
        foreach (FieldInfo slot in type.GetFields(Library.Hidden | BindingFlags.Public))
        {
            slot.SetValue(functions, Answering(slot.FieldType, s_answers.GetValueOrDefault(slot.Name, MiResult.NotSupported)));
        }

        return functions;
    }

    /// <summary>A delegate that clears what it gets by reference and returns the code.</summary>
    private static Delegate Answering(Type shape, MiResult code)
    {
        MethodInfo invoke = shape.GetMethod("Invoke") ?? throw new MissingMemberException(shape.FullName, "Invoke");
        Type[] parameters = invoke.GetParameters().Select(parameter => parameter.ParameterType).ToArray();
        DynamicMethod method = new("cimulator", invoke.ReturnType, parameters, typeof(CimInstance).Module, true);
        ILGenerator il = method.GetILGenerator();
        for (int index = 0; index < parameters.Length; index++)
        {
            if (parameters[index].IsByRef)
            {
                il.Emit(OpCodes.Ldarg, (short)index);
                il.Emit(OpCodes.Initobj, parameters[index].GetElementType()!);
            }
        }

        il.Emit(OpCodes.Ldc_I4, (int)code);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate(shape);
    }
}
