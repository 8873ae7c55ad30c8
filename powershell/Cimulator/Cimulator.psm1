Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# The built assembly; in a checkout that was not built, one compiled from the sources.
$assembly = Join-Path $PSScriptRoot 'bin/Cimulator.PowerShell.dll'
if (-not [System.IO.File]::Exists($assembly)) {
    . (Join-Path $PSScriptRoot 'Compile.ps1')
    $assembly = Get-CompiledAssembly $PSScriptRoot
}
Import-Module ([System.Reflection.Assembly]::LoadFrom($assembly))
[Cimulator.PowerShell.Kit.ModuleLife]::Imported($PSScriptRoot)

$kit = 'Get-Cimulator', 'Start-Cimulator', 'Stop-Cimulator'
if ($IsWindows) {
    Export-ModuleMember -Cmdlet $kit
}
else {
    Export-ModuleMember -Cmdlet * -Alias *
}

$ExecutionContext.SessionState.Module.OnRemove = { [Cimulator.PowerShell.Kit.ModuleLife]::Removed() }
