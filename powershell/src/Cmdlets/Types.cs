using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>CIM types and the .NET types of their values.</summary>
internal static class Types
{
    private const int ArrayOffset = CimType.BooleanArray - CimType.Boolean;

    private static readonly Dictionary<Type, CimType> s_cimTypes = new()
    {
        [typeof(bool)] = CimType.Boolean,
        [typeof(byte)] = CimType.UInt8,
        [typeof(sbyte)] = CimType.SInt8,
        [typeof(ushort)] = CimType.UInt16,
        [typeof(short)] = CimType.SInt16,
        [typeof(uint)] = CimType.UInt32,
        [typeof(int)] = CimType.SInt32,
        [typeof(ulong)] = CimType.UInt64,
        [typeof(long)] = CimType.SInt64,
        [typeof(float)] = CimType.Real32,
        [typeof(double)] = CimType.Real64,
        [typeof(char)] = CimType.Char16,
        [typeof(DateTime)] = CimType.DateTime,
        [typeof(TimeSpan)] = CimType.DateTime,
        [typeof(string)] = CimType.String,
    };

    private static readonly Dictionary<CimType, Type> s_dotNetTypes = s_cimTypes
        .Where(pair => pair.Value != CimType.DateTime)
        .Append(new(typeof(object), CimType.DateTime))
        .Append(new(typeof(InstanceData), CimType.Instance))
        .Append(new(typeof(InstanceData), CimType.Reference))
        .ToDictionary(pair => pair.Value, pair => pair.Key);

    public static bool IsArray(CimType type) => type >= CimType.BooleanArray;

    public static bool IsInstance(CimType type) => type is CimType.Instance or CimType.Reference;

    public static CimType ElementOf(CimType array) => array - ArrayOffset;

    public static CimType ArrayOf(CimType element) => element + ArrayOffset;

    public static Type DotNetOf(CimType scalar) => s_dotNetTypes[scalar];

    /// <summary>The type of a value or of a list of values of one type, or of an empty list of one type.</summary>
    /// <exception cref="ArgumentException">CIM has no type for it.</exception>
    public static CimType Of(object value)
    {
        if (Scalar(value) is { } scalar)
        {
            return scalar;
        }

        if (value is not IList list || list.Cast<object?>().Any(element => element is null))
        {
            throw new ArgumentException(Texts.NoCimType);
        }

        List<CimType?> elements = list.Cast<object>().Select(element => Scalar(Typing.Unwrapped(element)!)).Distinct().ToList();
        return elements switch
        {
            [] when Declared(list) is { } declared => ArrayOf(declared),
            [CimType one] when one != CimType.Instance || value is not object[] or CimInstance[] => ArrayOf(one),
            _ => throw new ArgumentException(Texts.NoCimType),
        };
    }

    private static CimType? Scalar(object value) =>
        value is CimInstance ? CimType.Instance : s_cimTypes.TryGetValue(value.GetType(), out CimType type) ? type : null;

    private static CimType? Declared(IList empty)
    {
        Type? element = empty.GetType().GetElementType() ?? empty.GetType().GetGenericArguments().FirstOrDefault();
        return element is null ? null : element == typeof(CimInstance) ? CimType.Instance : s_cimTypes.TryGetValue(element, out CimType type) ? type : null;
    }
}
