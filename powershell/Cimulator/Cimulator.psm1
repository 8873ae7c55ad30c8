# The built assembly; in a checkout that was not built, or changed since, one compiled from the sources.
$assembly = Join-Path $PSScriptRoot 'bin/Cimulator.PowerShell.dll'
$sources = Join-Path $PSScriptRoot '../src'
if (-not [System.IO.File]::Exists($assembly) -or [System.IO.Directory]::Exists($sources)) {
    . (Join-Path $PSScriptRoot 'Compile.ps1')
    if (-not (Test-AssemblyIsCurrent $assembly $sources)) { $assembly = Get-CompiledAssembly $PSScriptRoot }
}
Import-Module ([System.Reflection.Assembly]::LoadFrom($assembly))
[Cimulator.PowerShell.Kit.ModuleLife]::Imported($PSScriptRoot)

# The types stay when the module is removed, as instances do that a script has kept.
if (-not $IsWindows -and -not (Get-TypeData -TypeName Microsoft.Management.Infrastructure.Internal.Data.CimPropertyOfInstance)) {
    Update-TypeData -PrependPath (Join-Path $PSScriptRoot 'Cimulator.types.ps1xml')
    if ([Cimulator.PowerShell.Objects.CimObjects]::IsFallback) { Update-TypeData -PrependPath (Join-Path $PSScriptRoot 'Cimulator.plain.types.ps1xml') }
}

if ($IsWindows) {
    # Microsoft's cmdlets stay.
    . (Join-Path $PSScriptRoot 'TakeOver.ps1')
    Export-ModuleMember -Cmdlet 'Get-Cimulator', 'Start-Cimulator', 'Stop-Cimulator'
}
else {
    Export-ModuleMember -Cmdlet * -Alias *
}

$ExecutionContext.SessionState.Module.OnRemove = {
    [Cimulator.PowerShell.Kit.ModuleLife]::Removed()
    if ($IsWindows) { Disable-TakeOver }
}
