using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text;

namespace Cimulator.PowerShell.Bridge;

/// <summary>How the programs of the package are started: all three pipes are ours, and no variable of the user's changes what they do.</summary>
internal static class ChildProgram
{
    /// <param name="node">the program of Node</param>
    /// <param name="arguments">the first is a file of the package</param>
    /// <exception cref="InvalidOperationException">The package or its build is missing.</exception>
    public static ProcessStartInfo StartInfo(string node, IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(node)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            CreateNoWindow = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Package.Program(arguments[0]));
        foreach (string argument in arguments.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("CIMULATOR_", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        return start;
    }
}
