using System;
using System.Management.Automation;
using Cimulator.PowerShell.Model;

namespace Cimulator.PowerShell.Objects;

/// <summary>Runs when the module is imported: the maker is ready before the first `[CimInstance]::new`. Nothing is changed on Windows.</summary>
public sealed class ObjectsImport : IModuleAssemblyInitializer
{
    public void OnImport()
    {
        if (!OperatingSystem.IsWindows())
        {
            Services.Objects = CimObjects.Current;
        }
    }
}
