using System.Collections.Generic;

namespace Cimulator.PowerShell.Cdxml;

/// <summary>The class that a cdxml file is about: its ClassName attribute is a namespace and a name, `ROOT\cimv2\Win32_Process`.</summary>
internal sealed class CdxmlClass
{
    internal CdxmlClass(string className, IDictionary<string, string> privateData)
    {
        string path = className.Replace('\\', '/').Trim('/');
        int slash = path.LastIndexOf('/');
        Name = path[(slash + 1)..];
        Namespace = privateData.TryGetValue("CimNamespace", out string? given) && given.Length > 0
            ? given.Replace('\\', '/')
            : slash < 0 ? "root/cimv2" : path[..slash];
    }

    internal string Name { get; }

    internal string Namespace { get; }
}
