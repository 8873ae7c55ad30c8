using System;
using System.IO;

namespace Cimulator.PowerShell.Bridge;

/// <summary>The npm package that the module belongs to: the bridge and the server are its programs.</summary>
public static class Package
{
    /// <summary>The file that `cimulator powershell-module --install` writes beside the module: the package's folder.</summary>
    private const string Note = "package-path.txt";

    private static string? s_root;

    /// <summary>Says where the module lies; called by Cimulator.psm1.</summary>
    public static void SetModuleFolder(string folder)
    {
        string note = Path.Combine(folder, Note);
        s_root = File.Exists(note) ? File.ReadAllText(note).Trim() : Path.GetFullPath(Path.Combine(folder, "..", ".."));
    }

    /// <summary>A program of the package.</summary>
    /// <param name="path">from the package's root, as `dist/cli/main.js`</param>
    /// <exception cref="InvalidOperationException">One line that says what to do.</exception>
    internal static string Program(string path)
    {
        string root = s_root ?? throw new InvalidOperationException("the module Cimulator was not imported");
        string file = Path.Combine(root, path);
        if (File.Exists(file))
        {
            return file;
        }

        throw new InvalidOperationException(
            File.Exists(Path.Combine(root, "package.json"))
                ? $"{root} is not built, {path} is missing: run 'npm run build' there"
                : $"the package of this module is not at {root} any more: run 'npx cimulator powershell-module --install' again");
    }
}
