# The built assembly with its types and formats, in one import: two cost a tenth of PowerShell's start. Not loaded on Windows, whose types stay.
@{
    RootModule        = 'bin/Cimulator.PowerShell.dll'
    ModuleVersion     = '0.1.0'
    GUID              = '0d3c5a52-3f0f-4b53-8a5e-6f0a9c1f7e36'
    Author            = 'The Cimulator maintainers'
    TypesToProcess    = 'Cimulator.types.ps1xml'
    FormatsToProcess  = 'Cimulator.format.ps1xml'
    FunctionsToExport = @()
    VariablesToExport = @()
}
