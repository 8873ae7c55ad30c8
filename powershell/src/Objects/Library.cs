using System;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using Cimulator.PowerShell.Objects.Tables;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects;

/// <summary>
/// What of Microsoft.Management.Infrastructure is not public and is used by the function tables nevertheless; what goes for both makers is
/// in <see cref="PrivateNames"/>. A name that is not there throws MissingMemberException, which leads to the fallback.
/// </summary>
internal sealed class Library
{
    internal const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private const BindingFlags Any = Hidden | BindingFlags.Public;
    private const string Space = "Microsoft.Management.Infrastructure.";

    private readonly Type _nativeObject = Named("Native.MI_NativeObject");
    private readonly Type _nativeInstance = Named("Native.MI_Instance");
    private readonly Type _nativeClass = Named("Native.MI_Class");
    private readonly MethodInfo _pointer;

    internal Library()
    {
        _pointer = Getter(_nativeObject, "Ptr");
        MethodInfo instanceHandle = Getter(typeof(CimInstance), "InstanceHandle");
        MethodInfo classHandle = Getter(typeof(CimClass), "ClassHandle");
        InstanceOver = Make<Func<nint, CimInstance>>([Method(_nativeInstance, "NewFromDirectPtr")], Constructor(typeof(CimInstance), _nativeInstance));
        ClassHandleOver = Make<Func<nint, object>>([Method(_nativeClass, "NewFromDirectPtr")]);
        ClassOver = Make<Func<object, CimClass>>([], Constructor(typeof(CimClass), _nativeClass), _nativeClass);
        AddressOf = Make<Func<CimInstance, nint>>([instanceHandle, _pointer]);
        AddressOfClass = Make<Func<CimClass, nint>>([classHandle, _pointer]);
        Free = Make<Action<CimInstance>>([instanceHandle, Method(_nativeInstance, "Delete")], drop: true);
        PropertyOfInstance = Named("Internal.Data.CimPropertyOfInstance");
        OwnerOfProperty = Read<CimProperty, CimInstance>(Field(PropertyOfInstance, "_instance"));
        PropertiesOfInstance = Named("Internal.Data.CimPropertiesCollection");
        OwnerOfProperties = Read<object, CimInstance>(Field(PropertiesOfInstance, "_instance"));
    }

    /// <summary>A genuine instance over an address of <see cref="Live"/>, without constructor of the library's native part.</summary>
    internal Func<nint, CimInstance> InstanceOver { get; }

    internal Func<nint, object> ClassHandleOver { get; }

    internal Func<object, CimClass> ClassOver { get; }

    /// <summary>The address of an instance; ObjectDisposedException after Dispose.</summary>
    internal Func<CimInstance, nint> AddressOf { get; }

    internal Func<CimClass, nint> AddressOfClass { get; }

    /// <summary>Gives the address back and forgets it: the library's Dispose does not.</summary>
    internal Action<CimInstance> Free { get; }

    internal Type PropertyOfInstance { get; }

    internal Func<CimProperty, CimInstance> OwnerOfProperty { get; }

    internal Type PropertiesOfInstance { get; }

    internal Func<object, CimInstance> OwnerOfProperties { get; }

    internal static Type Named(string name) =>
        typeof(CimInstance).Assembly.GetType(Space + name) ?? throw new MissingMemberException(Space, name);

    internal static FieldInfo Field(Type type, string name) => type.GetField(name, Any) ?? throw new MissingMemberException(type.FullName, name);

    internal static MethodInfo Method(Type type, string name) => type.GetMethod(name, Any) ?? throw new MissingMemberException(type.FullName, name);

    internal static void SetProperty(object of, Type type, string name, object? value)
    {
        PropertyInfo property = type.GetProperty(name, Any) ?? throw new MissingMemberException(type.FullName, name);
        property.SetValue(of, value);
    }

    /// <summary>Why the function tables of this library are not the ones that ours were written for; null where they are.</summary>
    internal static string? Difference() =>
        Named("Native.MI_PlatformSpecific").GetField("MI", Any)?.GetRawConstantValue() as string != "libmi" ? "its native library is not libmi"
        : Differs("Native.MI_Application", "MI_ApplicationFT", ApplicationTable.Names)
            ?? Differs("Native.MI_Instance", "MI_InstanceFT", InstanceTable.Names)
            ?? Differs("Native.MI_Class", "MI_ClassFT", ClassTable.Names)
            ?? Differs("Native.MI_QualifierSet", "MI_QualifierSetFT", QualifierSetTable.Names)
            ?? Differs("Native.MI_ParameterSet", "MI_ParameterSetFT", ParameterSetTable.Names);

    private static string? Differs(string owner, string table, string[] slots)
    {
        Type type = Named(owner + "+" + table);
        string[] names = type.GetFields(Any).OrderBy(field => field.MetadataToken).Select(field => field.Name).ToArray();
        return names.SequenceEqual(slots) ? null : $"{table} has {names.Length} slots or other ones than the {slots.Length} known";
    }

    private static MethodInfo Getter(Type type, string name) =>
        type.GetProperty(name, Any)?.GetMethod ?? throw new MissingMemberException(type.FullName, name);

    private static ConstructorInfo Constructor(Type type, Type parameter) =>
        type.GetConstructor(Any & ~BindingFlags.Static, [parameter]) ?? throw new MissingMemberException(type.FullName, ".ctor");

    /// <summary>A delegate that passes its argument through the calls, one after the other, and into the constructor.</summary>
    private static T Make<T>(MethodInfo[] calls, ConstructorInfo? constructor = null, Type? cast = null, bool drop = false)
        where T : Delegate
    {
        (DynamicMethod method, ILGenerator code) = Start<T>();
        if (cast is not null)
        {
            code.Emit(OpCodes.Castclass, cast);
        }

        foreach (MethodInfo call in calls)
        {
            code.Emit(call.IsStatic ? OpCodes.Call : OpCodes.Callvirt, call);
        }

        if (constructor is not null)
        {
            code.Emit(OpCodes.Newobj, constructor);
        }

        if (drop)
        {
            code.Emit(OpCodes.Pop);
        }

        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<T>();
    }

    private static Func<TOwner, TValue> Read<TOwner, TValue>(FieldInfo field)
    {
        (DynamicMethod method, ILGenerator code) = Start<Func<TOwner, TValue>>();
        code.Emit(OpCodes.Castclass, field.DeclaringType!);
        code.Emit(OpCodes.Ldfld, field);
        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<TOwner, TValue>>();
    }

    private static (DynamicMethod Method, ILGenerator Code) Start<T>()
    {
        MethodInfo shape = typeof(T).GetMethod("Invoke")!;
        DynamicMethod method = new("cimulator", shape.ReturnType, [shape.GetParameters()[0].ParameterType], typeof(CimInstance).Module, true);
        ILGenerator code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        return (method, code);
    }
}
