# The types and formats beside an assembly that lies elsewhere, as that of a checkout without build does. Not loaded on Windows.
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
