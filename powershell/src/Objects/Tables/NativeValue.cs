using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects.Tables;

/// <summary>MI_Value: a scalar at the address itself; an array as a pointer and a 32-bit count.</summary>
internal static unsafe class NativeValue
{
    /// <summary>Writes a value that is not null. Each instance handed out is a new address: the library frees it.</summary>
    internal static void Write(byte* at, CimType type, object value)
    {
        switch (type)
        {
            case CimType.Boolean: *at = (bool)value ? (byte)1 : (byte)0; break;
            case CimType.UInt8: *at = (byte)value; break;
            case CimType.SInt8: *(sbyte*)at = (sbyte)value; break;
            case CimType.UInt16: *(ushort*)at = (ushort)value; break;
            case CimType.SInt16: *(short*)at = (short)value; break;
            case CimType.UInt32: *(uint*)at = (uint)value; break;
            case CimType.SInt32: *(int*)at = (int)value; break;
            case CimType.UInt64: *(ulong*)at = (ulong)value; break;
            case CimType.SInt64: *(long*)at = (long)value; break;
            case CimType.Real32: *(float*)at = (float)value; break;
            case CimType.Real64: *(double*)at = (double)value; break;
            case CimType.Char16: *(char*)at = (char)value; break;
            case CimType.DateTime: NativeDateTime.Write(at, value); break;
            case CimType.String: *(nint*)at = HandedOut.Text((string)value); break;
            case CimType.Instance or CimType.Reference: *(nint*)at = Live.Add(Copies.Of((InstanceData)value)); break;
            default: WriteArray(at, CimTypes.Element(type), value); break;
        }
    }

    /// <summary>A copy in the form of <see cref="PropertyData.Value"/>.</summary>
    internal static object? Read(byte* at, CimType type) => type switch
    {
        CimType.Boolean => *at != 0,
        CimType.UInt8 => *at,
        CimType.SInt8 => *(sbyte*)at,
        CimType.UInt16 => *(ushort*)at,
        CimType.SInt16 => *(short*)at,
        CimType.UInt32 => *(uint*)at,
        CimType.SInt32 => *(int*)at,
        CimType.UInt64 => *(ulong*)at,
        CimType.SInt64 => *(long*)at,
        CimType.Real32 => *(float*)at,
        CimType.Real64 => *(double*)at,
        CimType.Char16 => *(char*)at,
        CimType.DateTime => NativeDateTime.Read(at),
        CimType.String => Marshal.PtrToStringUTF8(*(nint*)at),
        CimType.Instance or CimType.Reference => Instance(*(nint*)at),
        _ => *(nint*)at == 0 ? null : ReadArray(*(byte**)at, *(int*)(at + sizeof(nint)), CimTypes.Element(type)),
    };

    private static void WriteArray(byte* at, CimType element, object value)
    {
        switch (element)
        {
            case CimType.Boolean: Copy(at, Elements<bool>(value)); break;
            case CimType.UInt8: Copy(at, Elements<byte>(value)); break;
            case CimType.SInt8: Copy(at, Elements<sbyte>(value)); break;
            case CimType.UInt16: Copy(at, Elements<ushort>(value)); break;
            case CimType.SInt16: Copy(at, Elements<short>(value)); break;
            case CimType.UInt32: Copy(at, Elements<uint>(value)); break;
            case CimType.SInt32: Copy(at, Elements<int>(value)); break;
            case CimType.UInt64: Copy(at, Elements<ulong>(value)); break;
            case CimType.SInt64: Copy(at, Elements<long>(value)); break;
            case CimType.Real32: Copy(at, Elements<float>(value)); break;
            case CimType.Real64: Copy(at, Elements<double>(value)); break;
            case CimType.Char16: Copy(at, Elements<char>(value)); break;
            case CimType.DateTime: WriteTimes(at, Elements<object>(value)); break;
            case CimType.String:
                string?[] texts = Elements<string?>(value);
                Set(at, HandedOut.Texts(texts), texts.Length);
                break;
            default: Copy(at, Elements<InstanceData?>(value).Select(each => each is null ? 0 : Live.Add(Copies.Of(each))).ToArray()); break;
        }
    }

    private static object ReadArray(byte* data, int count, CimType element) => element switch
    {
        CimType.Boolean => new ReadOnlySpan<byte>(data, count).ToArray().Select(each => each != 0).ToArray(),
        CimType.UInt8 => new ReadOnlySpan<byte>(data, count).ToArray(),
        CimType.SInt8 => new ReadOnlySpan<sbyte>(data, count).ToArray(),
        CimType.UInt16 => new ReadOnlySpan<ushort>(data, count).ToArray(),
        CimType.SInt16 => new ReadOnlySpan<short>(data, count).ToArray(),
        CimType.UInt32 => new ReadOnlySpan<uint>(data, count).ToArray(),
        CimType.SInt32 => new ReadOnlySpan<int>(data, count).ToArray(),
        CimType.UInt64 => new ReadOnlySpan<ulong>(data, count).ToArray(),
        CimType.SInt64 => new ReadOnlySpan<long>(data, count).ToArray(),
        CimType.Real32 => new ReadOnlySpan<float>(data, count).ToArray(),
        CimType.Real64 => new ReadOnlySpan<double>(data, count).ToArray(),
        CimType.Char16 => new ReadOnlySpan<char>(data, count).ToArray(),
        CimType.DateTime => Enumerable.Range(0, count).Select(index => NativeDateTime.Read(data + (index * NativeDateTime.Size))).ToArray(),
        CimType.String => new ReadOnlySpan<nint>(data, count).ToArray().Select(each => Marshal.PtrToStringUTF8(each)).ToArray(),
        CimType.Instance or CimType.Reference => new ReadOnlySpan<nint>(data, count).ToArray().Select(Instance).ToArray(),
        _ => throw new InvalidCastException(string.Format(CultureInfo.InvariantCulture, "no CIM type: {0}", element)),
    };

    private static void WriteTimes(byte* at, object[] times)
    {
        byte* data = HandedOut.Bytes(times.Length * NativeDateTime.Size);
        for (int index = 0; index < times.Length; index++)
        {
            NativeDateTime.Write(data + (index * NativeDateTime.Size), times[index]);
        }

        Set(at, (nint)data, times.Length);
    }

    private static void Copy<T>(byte* at, T[] elements)
        where T : unmanaged
    {
        byte* data = HandedOut.Bytes(elements.Length * sizeof(T));
        elements.CopyTo(new Span<T>(data, elements.Length));
        Set(at, (nint)data, elements.Length);
    }

    private static void Set(byte* at, nint data, int count)
    {
        *(nint*)at = data;
        *(int*)(at + sizeof(nint)) = count;
    }

    private static T[] Elements<T>(object value) => value as T[] ?? ((IEnumerable)value).Cast<T>().ToArray();

    private static InstanceData? Instance(nint address) => address == 0 ? null
        : Live.TryGet(address, out InstanceData? data) ? Copies.Of(data)
        : throw new ArgumentException("an instance that another library made");
}
