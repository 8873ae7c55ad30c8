# A module of its own because a manifest has no conditions, and on Windows nothing of it is loaded.
@{
    ModuleVersion     = '0.1.0'
    GUID              = 'b7b9f8a4-63c1-4d0c-8a55-3c2f3c9a0d11'
    Author            = 'The Cimulator maintainers'
    TypesToProcess    = 'Cimulator.types.ps1xml'
    FormatsToProcess  = 'Cimulator.format.ps1xml'
    FunctionsToExport = @()
    CmdletsToExport   = @()
    AliasesToExport   = @()
}
