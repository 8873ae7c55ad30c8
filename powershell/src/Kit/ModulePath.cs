using System;
using System.IO;
using System.Linq;

namespace Cimulator.PowerShell.Kit;

/// <summary>
/// Where PowerShell looks for a command that it does not know. A module that was imported by its path is added, so that thread jobs, the
/// runspaces of ForEach-Object -Parallel and jobs find the CIM cmdlets by themselves, as they do on Windows.
/// </summary>
internal static class ModulePath
{
    private const string Variable = "PSModulePath";

    private static readonly object s_gate = new();
    private static string? s_added;

    /// <param name="moduleFolder">where the module lies</param>
    public static void Add(string moduleFolder)
    {
        string name = Path.GetFileName(moduleFolder);
        lock (s_gate)
        {
            string[] folders = Folders();
            if (OperatingSystem.IsWindows() || folders.Any(folder => Directory.Exists(Path.Combine(folder, name))))
            {
                return;
            }

            s_added = Path.GetDirectoryName(moduleFolder);
            Set([.. folders, s_added!]);
        }
    }

    /// <summary>As it was; what others have added since stays.</summary>
    public static void Restore()
    {
        lock (s_gate)
        {
            if (s_added is not null)
            {
                Set(Folders().Where(folder => folder != s_added).ToArray());
                s_added = null;
            }
        }
    }

    private static string[] Folders() => (Environment.GetEnvironmentVariable(Variable) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static void Set(string[] folders) => Environment.SetEnvironmentVariable(Variable, string.Join(Path.PathSeparator, folders));
}
