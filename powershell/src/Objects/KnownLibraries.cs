using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;

namespace Cimulator.PowerShell.Objects;

/// <summary>The files of Microsoft.Management.Infrastructure that the function tables were tested with.</summary>
internal static class KnownLibraries
{
    private static readonly HashSet<string> s_sha256 = new(StringComparer.OrdinalIgnoreCase)
    {
        // Microsoft.Management.Infrastructure.Runtime.Unix 3.0.0: PowerShell 7.4 to 7.7, every Unix.
        "e600e2473e2404859789c76529671c5ea12b66dca552cb3f43e960bda13b9434",
    };

    /// <summary>Why a file is not one of them; null where it is.</summary>
    internal static string? Difference(string path)
    {
        if (path.Length == 0)
        {
            return "it was not loaded from a file";
        }

        using FileStream file = File.OpenRead(path);
        string sum = Convert.ToHexString(SHA256.HashData(file));
        return s_sha256.Contains(sum) ? null : $"its SHA-256 is {sum.ToLowerInvariant()}, which was not tested";
    }
}
