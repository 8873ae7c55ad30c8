using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Cimulator.PowerShell.Bridge;

/// <summary>
/// Node, found where the user said in CIMULATOR_NODE, else in PATH. Its version is looked at only after a start failed: our own programs
/// refuse an old Node themselves, and a question to it would cost every start as much as bare Node does.
/// </summary>
internal static class NodeProgram
{
    private static readonly Version s_oldest = new(20, 19);

    /// <exception cref="InvalidOperationException">One line that says what is missing and what to do.</exception>
    public static string Find()
    {
        string? named = Environment.GetEnvironmentVariable("CIMULATOR_NODE");
        if (!string.IsNullOrEmpty(named))
        {
            return IsProgram(named)
                ? named
                : throw new InvalidOperationException($"$env:CIMULATOR_NODE is {named}, and there is no program: let it name the node program, or unset it to have PATH searched");
        }

        string file = OperatingSystem.IsWindows() ? "node.exe" : "node";
        string path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, file)).FirstOrDefault(IsProgram)
            ?? throw new InvalidOperationException($"Cimulator needs Node {s_oldest} or newer, and PATH has none: install it from https://nodejs.org, or let $env:CIMULATOR_NODE name the node program");
    }

    /// <summary>What is wrong with a Node whose program ended before its first line; null if it is not the version.</summary>
    public static string? VersionProblem(string node)
    {
        string found = Ask(node);
        Match version = Regex.Match(found, @"^v(\d+\.\d+(?:\.\d+)?)");
        if (!version.Success)
        {
            return $"{node} is no Node ({(found.Length > 0 ? found : "it says nothing")} to --version): let $env:CIMULATOR_NODE name Node {s_oldest} or newer, or unset it";
        }

        return Version.Parse(version.Groups[1].Value) >= s_oldest
            ? null
            : $"{node} is Node {version.Groups[1].Value}, and Cimulator needs {s_oldest} or newer: install it from https://nodejs.org, or let $env:CIMULATOR_NODE name another";
    }

    private static bool IsProgram(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);

    private static string Ask(string node)
    {
        try
        {
            ProcessStartInfo start = new(node, "--version") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            if (!process.WaitForExit(5_000))
            {
                process.Kill();
                return "";
            }

            return process.StandardOutput.ReadLine()?.Trim() ?? "";
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return error.Message;
        }
    }
}
