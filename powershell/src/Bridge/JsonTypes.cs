using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Bridge;

/// <summary>The names that types have in JSON (docs/json.md).</summary>
internal static class JsonTypes
{
    private static readonly (byte[] Utf8, string Name, CimType Type)[] s_types =
        new (string Name, CimType Type)[]
        {
            ("string", CimType.String),
            ("uint16", CimType.UInt16),
            ("uint32", CimType.UInt32),
            ("boolean", CimType.Boolean),
            ("datetime", CimType.DateTime),
            ("uint64", CimType.UInt64),
            ("uint8", CimType.UInt8),
            ("reference", CimType.Reference),
            ("instance", CimType.Instance),
            ("sint32", CimType.SInt32),
            ("sint16", CimType.SInt16),
            ("sint64", CimType.SInt64),
            ("sint8", CimType.SInt8),
            ("real32", CimType.Real32),
            ("real64", CimType.Real64),
            ("char16", CimType.Char16),
        }.Select(row => (System.Text.Encoding.UTF8.GetBytes(row.Name), row.Name, row.Type)).ToArray();

    private static readonly Dictionary<CimType, string> s_names = s_types.ToDictionary(row => row.Type, row => row.Name);

    /// <summary>The type that a string of JSON names.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public static CimType Read(ref Utf8JsonReader reader)
    {
        foreach ((byte[] utf8, _, CimType type) in s_types)
        {
            if (reader.ValueTextEquals(utf8))
            {
                return type;
            }
        }

        throw new InvalidDataException($"there is no type {reader.GetString()}");
    }

    public static string NameOf(CimType type) => s_names[ElementOf(type)];

    public static bool IsArray(CimType type) => type >= CimType.BooleanArray;

    public static CimType ElementOf(CimType type) => IsArray(type) ? type - (CimType.BooleanArray - CimType.Boolean) : type;

    public static CimType ArrayOf(CimType type) => IsArray(type) ? type : type + (CimType.BooleanArray - CimType.Boolean);
}
