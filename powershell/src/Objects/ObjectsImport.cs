using System;
using System.Management.Automation;
using System.Threading.Tasks;
using Cimulator.PowerShell.Model;

namespace Cimulator.PowerShell.Objects;

/// <summary>
/// Runs when the module is imported: the maker is made beside what else the import does, and Cimulator.psm1 waits for it, so that it is ready
/// before the first `[CimInstance]::new`. Nothing is changed on Windows.
/// </summary>
public sealed class ObjectsImport : IModuleAssemblyInitializer
{
    public void OnImport()
    {
        if (!OperatingSystem.IsWindows())
        {
            Services.MakeObjects = static () => CimObjects.Current;
            _ = Task.Run(static () => CimObjects.Current);
        }
    }
}
